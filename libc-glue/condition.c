/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread condition variables: a counter of signals that waiters watch, above a bit that says which
 * clock times are of. PTHREAD_COND_INITIALIZER has it set. */
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

#include "deadline.h"
#include "park.h"

#define REALTIME UINT32_C(1)
#define SIGNAL   UINT32_C(2)

int
pthread_cond_init(pthread_cond_t *condition, const pthread_condattr_t *attributes)
{
	bool is_monotonic = attributes != NULL && attributes->clock == CLOCK_MONOTONIC;

	*condition = is_monotonic ? 0 : REALTIME;
	return 0;
}

int
pthread_cond_destroy(pthread_cond_t *condition)
{
	(void)condition; /* it holds nothing */
	return 0;
}

/* Whoever looked at the counter before this change wakes up; POSIX lets more than one do so. */
int
pthread_cond_broadcast(pthread_cond_t *condition)
{
	__atomic_add_fetch(condition, SIGNAL, __ATOMIC_ACQ_REL);
	glue_park_wake(condition);
	return 0;
}

int
pthread_cond_signal(pthread_cond_t *condition)
{
	return pthread_cond_broadcast(condition);
}

static int
wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex, uint64_t deadline_ns)
{
	uint32_t seen = __atomic_load_n(condition, __ATOMIC_ACQUIRE);
	int error = pthread_mutex_unlock(mutex);

	if (error != 0) {
		return error;
	}
	bool changed = glue_park_while(condition, seen, deadline_ns);
	error = pthread_mutex_lock(mutex);
	if (error != 0) {
		return error;
	}
	return changed ? 0 : glue_timed_out();
}

int
pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
	return wait_until(condition, mutex, PARK_FOREVER);
}

int
pthread_cond_timedwait(
	pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until)
{
	clockid_t clock = (*condition & REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
	uint64_t deadline_ns;

	if (!glue_deadline_at(clock, until, &deadline_ns)) {
		return EINVAL;
	}
	return wait_until(condition, mutex, deadline_ns);
}

int
pthread_condattr_init(pthread_condattr_t *attributes)
{
	*attributes = (pthread_condattr_t){.is_initialized = 1, .clock = CLOCK_REALTIME};
	return 0;
}

int
pthread_condattr_destroy(pthread_condattr_t *attributes)
{
	attributes->is_initialized = 0;
	return 0;
}

int
pthread_condattr_setclock(pthread_condattr_t *attributes, clockid_t clock)
{
	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) {
		return EINVAL;
	}
	attributes->clock = clock;
	return 0;
}

int
pthread_condattr_getclock(const pthread_condattr_t *restrict attributes, clockid_t *restrict clock)
{
	*clock = (clockid_t)attributes->clock;
	return 0;
}
