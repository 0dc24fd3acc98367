/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread read-write locks: a word that waiters sleep for. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>

#include "deadline.h"
#include "park.h"
#include "thread_self.h"

/*
 * Word of a lock:
 *   15:0  readers that have it
 *   23:16 number of the thread that writes + 1; 0: none
 *   all ones: PTHREAD_RWLOCK_INITIALIZER, a free one
 */
#define READERS_MASK UINT32_C(0xffff)
#define WRITER_SHIFT 16

static uint32_t
own_mark(void)
{
	return (thread_self()->number + 1) << WRITER_SHIFT;
}

static uint32_t
word_of(const pthread_rwlock_t *lock)
{
	uint32_t word = __atomic_load_n(lock, __ATOMIC_ACQUIRE);

	return word;
}

static uint32_t
meaning(uint32_t word)
{
	return word == PTHREAD_RWLOCK_INITIALIZER ? 0 : word;
}

/* One try. Returns 0, EBUSY, or an error that waiting does not cure. *seen: the word that was not
 * as wanted. */
static int
try_lock(pthread_rwlock_t *lock, bool writes, uint32_t *seen)
{
	uint32_t word = word_of(lock);

	for (;;) {
		uint32_t now = meaning(word);

		*seen = word;
		if ((now & ~READERS_MASK) == own_mark()) {
			return EDEADLK;
		}
		if (now > READERS_MASK || (writes && now != 0)) {
			return EBUSY;
		}
		if (now == READERS_MASK) {
			return EAGAIN;
		}
		if (__atomic_compare_exchange_n(lock, &word, writes ? own_mark() : now + 1, false,
			    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
			return 0;
		}
	}
}

static int
lock_until(pthread_rwlock_t *lock, bool writes, uint64_t deadline_ns)
{
	for (;;) {
		uint32_t seen;
		int error = try_lock(lock, writes, &seen);

		if (error != EBUSY) {
			return error;
		}
		if (!glue_park_while(lock, seen, deadline_ns)) {
			return glue_timed_out();
		}
	}
}

static int
lock_timed(pthread_rwlock_t *lock, bool writes, const struct timespec *until)
{
	uint64_t deadline_ns;

	return glue_deadline_at(CLOCK_REALTIME, until, &deadline_ns)
		       ? lock_until(lock, writes, deadline_ns)
		       : EINVAL;
}

int
pthread_rwlock_init(pthread_rwlock_t *lock, const pthread_rwlockattr_t *attributes)
{
	(void)attributes; /* nothing varies */
	*lock = 0;
	return 0;
}

int
pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
	return meaning(word_of(lock)) == 0 ? 0 : EBUSY;
}

int
pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
	return lock_until(lock, false, PARK_FOREVER);
}

int
pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
	return lock_until(lock, true, PARK_FOREVER);
}

static int
lock_now(pthread_rwlock_t *lock, bool writes)
{
	uint32_t seen;
	int error = try_lock(lock, writes, &seen);

	return error == EDEADLK ? EBUSY : error;
}

int
pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
	return lock_now(lock, false);
}

int
pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
	return lock_now(lock, true);
}

int
pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	return lock_timed(lock, false, until);
}

int
pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *until)
{
	return lock_timed(lock, true, until);
}

int
pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
	uint32_t word = word_of(lock);
	uint32_t left;

	do {
		uint32_t now = meaning(word);

		if (now == 0 || (now > READERS_MASK && now != own_mark())) {
			return EPERM;
		}
		left = now > READERS_MASK ? 0 : now - 1;
	} while (!__atomic_compare_exchange_n(
		lock, &word, left, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
	glue_park_wake(lock);
	return 0;
}

int
pthread_rwlockattr_init(pthread_rwlockattr_t *attributes)
{
	attributes->is_initialized = 1;
	return 0;
}

int
pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes)
{
	attributes->is_initialized = 0;
	return 0;
}
