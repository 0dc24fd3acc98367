/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread barriers and spin locks. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "park.h"
#include "thread_self.h"

/*
 * Word of a barrier:
 *    7:0  threads that it is for
 *   15:8  threads that wait
 *   31:16 how often it has opened
 */
#define COUNT_MASK   UINT32_C(0xff)
#define WAITING_ONE  UINT32_C(0x100)
#define WAITING_MASK UINT32_C(0xff00)
#define TURN_ONE     UINT32_C(0x10000)

int
pthread_barrier_init(
	pthread_barrier_t *barrier, const pthread_barrierattr_t *attributes, unsigned count)
{
	(void)attributes; /* nothing varies */
	if (count == 0) {
		return EINVAL;
	}
	if (count > THREADS_MAX) {
		return EAGAIN;
	}
	*barrier = count;
	return 0;
}

int
pthread_barrier_destroy(pthread_barrier_t *barrier)
{
	return (__atomic_load_n(barrier, __ATOMIC_ACQUIRE) & WAITING_MASK) == 0 ? 0 : EBUSY;
}

int
pthread_barrier_wait(pthread_barrier_t *barrier)
{
	uint32_t word = __atomic_load_n(barrier, __ATOMIC_ACQUIRE);
	uint32_t next;
	bool is_last;

	do {
		uint32_t count = word & COUNT_MASK;

		is_last = (word & WAITING_MASK) / WAITING_ONE + 1 == count;
		next = is_last ? (word & ~WAITING_MASK) + TURN_ONE : word + WAITING_ONE;
	} while (!__atomic_compare_exchange_n(
		barrier, &word, next, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	if (is_last) {
		glue_park_wake(barrier);
		return PTHREAD_BARRIER_SERIAL_THREAD;
	}
	/* It also changes when others come; only the next turn opens it. */
	for (uint32_t now = next; now / TURN_ONE == next / TURN_ONE;
		now = __atomic_load_n(barrier, __ATOMIC_ACQUIRE)) {
		glue_park_while(barrier, now, PARK_FOREVER);
	}
	return 0;
}

int
pthread_barrierattr_init(pthread_barrierattr_t *attributes)
{
	attributes->is_initialized = 1;
	return 0;
}

int
pthread_barrierattr_destroy(pthread_barrierattr_t *attributes)
{
	attributes->is_initialized = 0;
	return 0;
}

/* --- spin locks: with one core, spinning is letting others run ------------------------------- */

int
pthread_spin_init(pthread_spinlock_t *lock, int shared)
{
	(void)shared; /* no memory is shared with another process */
	*lock = 0;
	return 0;
}

int
pthread_spin_destroy(pthread_spinlock_t *lock)
{
	return __atomic_load_n(lock, __ATOMIC_ACQUIRE) == 0 ? 0 : EBUSY;
}

int
pthread_spin_trylock(pthread_spinlock_t *lock)
{
	uint32_t free = 0;

	return __atomic_compare_exchange_n(lock, &free, thread_self()->number + 1, false,
		       __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
		       ? 0
		       : EBUSY;
}

int
pthread_spin_lock(pthread_spinlock_t *lock)
{
	while (pthread_spin_trylock(lock) != 0) {
		if (__atomic_load_n(lock, __ATOMIC_ACQUIRE) == thread_self()->number + 1) {
			return EDEADLK;
		}
		sched_yield();
	}
	return 0;
}

int
pthread_spin_unlock(pthread_spinlock_t *lock)
{
	if (__atomic_load_n(lock, __ATOMIC_ACQUIRE) != thread_self()->number + 1) {
		return EPERM;
	}
	__atomic_store_n(lock, 0, __ATOMIC_RELEASE);
	return 0;
}
