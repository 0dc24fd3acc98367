/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* POSIX semaphores of one process: a count that waiters sleep for. */
#include <errno.h>
#include <semaphore.h>
#include <stdbool.h>

#include "deadline.h"
#include "descriptor.h"
#include "park.h"

int
sem_init(sem_t *semaphore, int shared, unsigned value)
{
	if (shared != 0) {
		return glue_failed(ENOSYS);
	}
	if (value > SEM_VALUE_MAX) {
		return glue_failed(EINVAL);
	}
	semaphore->glue_value = value;
	return 0;
}

int
sem_destroy(sem_t *semaphore)
{
	(void)semaphore; /* it holds nothing */
	return 0;
}

static bool
take(sem_t *semaphore)
{
	uint32_t value = __atomic_load_n(&semaphore->glue_value, __ATOMIC_ACQUIRE);

	while (value > 0) {
		if (__atomic_compare_exchange_n(&semaphore->glue_value, &value, value - 1, false,
			    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
			return true;
		}
	}
	return false;
}

static int
wait_until(sem_t *semaphore, uint64_t deadline_ns)
{
	while (!take(semaphore)) {
		if (!glue_park_while(&semaphore->glue_value, 0, deadline_ns)) {
			return glue_failed(glue_timed_out());
		}
	}
	return 0;
}

int
sem_wait(sem_t *semaphore)
{
	return wait_until(semaphore, PARK_FOREVER);
}

int
sem_trywait(sem_t *semaphore)
{
	return take(semaphore) ? 0 : glue_failed(EAGAIN);
}

int
sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
	uint64_t deadline_ns;

	if (take(semaphore)) {
		return 0;
	}
	return glue_deadline_at(CLOCK_REALTIME, until, &deadline_ns)
		       ? wait_until(semaphore, deadline_ns)
		       : glue_failed(EINVAL);
}

int
sem_post(sem_t *semaphore)
{
	uint32_t value = __atomic_load_n(&semaphore->glue_value, __ATOMIC_ACQUIRE);

	do {
		if (value == SEM_VALUE_MAX) {
			return glue_failed(EOVERFLOW);
		}
	} while (!__atomic_compare_exchange_n(&semaphore->glue_value, &value, value + 1, false,
		__ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	glue_park_wake(&semaphore->glue_value);
	return 0;
}

int
sem_getvalue(sem_t *semaphore, int *value)
{
	*value = (int)__atomic_load_n(&semaphore->glue_value, __ATOMIC_ACQUIRE);
	return 0;
}
