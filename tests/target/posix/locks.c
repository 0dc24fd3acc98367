/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mutexes, conditions, read-write locks: between threads. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <time.h>

#include "posix.h"

static const struct timespec moment = {.tv_nsec = 2000000};

/* A time that is over. */
static struct timespec
past(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now;
}

/* Runs `function` in another thread while this one does nothing, and waits for it. */
static void
meanwhile(void *(*function)(void *), void *argument)
{
	pthread_t id;

	expect_equal(pthread_create(&id, NULL, function, argument), 0);
	expect_equal(pthread_join(id, NULL), 0);
}

/* --- mutexes -------------------------------------------------------------------------------- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int counter;

static void *
add_slowly(void *argument)
{
	for (int i = 0; i < 20; i++) {
		expect_equal(pthread_mutex_lock(&mutex), 0);
		int seen = counter;
		sched_yield();
		counter = seen + 1;
		expect_equal(pthread_mutex_unlock(&mutex), 0);
	}
	return argument;
}

static void
make(int type)
{
	pthread_mutexattr_t attributes;

	expect_equal(pthread_mutexattr_init(&attributes), 0);
	expect_equal(pthread_mutexattr_settype(&attributes, type), 0);
	expect_equal(pthread_mutex_init(&mutex, &attributes), 0);
	expect_equal(pthread_mutexattr_destroy(&attributes), 0);
}

void
test_pthread_mutex_init(void)
{
	make(PTHREAD_MUTEX_RECURSIVE);
	expect_equal(pthread_mutex_lock(&mutex), 0);
	expect_equal(pthread_mutex_lock(&mutex), 0);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	expect_equal(pthread_mutex_init(&mutex, NULL), 0);
}

void
test_pthread_mutex_destroy(void)
{
	expect_equal(pthread_mutex_lock(&mutex), 0);
	returns(pthread_mutex_destroy(&mutex), EBUSY);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	expect_equal(pthread_mutex_destroy(&mutex), 0);
}

void
test_pthread_mutex_lock(void)
{
	pthread_t ids[3];

	counter = 0;
	expect_equal(pthread_mutex_init(&mutex, NULL), 0);
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_create(&ids[i], NULL, add_slowly, NULL), 0);
	}
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_join(ids[i], NULL), 0);
	}
	expect_equal(counter, 60);
	make(PTHREAD_MUTEX_ERRORCHECK);
	expect_equal(pthread_mutex_lock(&mutex), 0);
	returns(pthread_mutex_lock(&mutex), EDEADLK);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	expect_equal(pthread_mutex_init(&mutex, NULL), 0);
}

static void *
try_mutex(void *argument)
{
	struct timespec until = past();

	returns(pthread_mutex_trylock(&mutex), EBUSY);
	returns(pthread_mutex_timedlock(&mutex, &until), ETIMEDOUT);
	returns(pthread_mutex_unlock(&mutex), EPERM);
	return argument;
}

void
test_pthread_mutex_trylock(void)
{
	expect_equal(pthread_mutex_trylock(&mutex), 0);
	meanwhile(try_mutex, NULL);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
}

void
test_pthread_mutex_timedlock(void)
{
	struct timespec until = past();

	expect_equal(pthread_mutex_timedlock(&mutex, &until), 0);
	meanwhile(try_mutex, NULL);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	until.tv_nsec = -1;
	returns(pthread_mutex_timedlock(&mutex, &until), EINVAL);
}

void
test_pthread_mutex_unlock(void)
{
	expect_equal(pthread_mutex_lock(&mutex), 0);
	meanwhile(try_mutex, NULL);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	returns(pthread_mutex_unlock(&mutex), EPERM);
}

void
test_pthread_mutexattr_settype(void)
{
	pthread_mutexattr_t attributes;
	int type;

	expect_equal(pthread_mutexattr_init(&attributes), 0);
	expect_equal(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK), 0);
	expect_equal(pthread_mutexattr_gettype(&attributes, &type), 0);
	expect_equal(type, PTHREAD_MUTEX_ERRORCHECK);
	returns(pthread_mutexattr_settype(&attributes, 77), EINVAL);
}

/* --- conditions ----------------------------------------------------------------------------- */

static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int items;
static int eaten;

static void *
eat(void *argument)
{
	expect_equal(pthread_mutex_lock(&mutex), 0);
	while (items == 0) {
		expect_equal(pthread_cond_wait(&condition, &mutex), 0);
	}
	items--;
	eaten++;
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	return argument;
}

static void
feed(int count, int (*wake)(pthread_cond_t *))
{
	pthread_t ids[3];

	eaten = 0;
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_create(&ids[i], NULL, eat, NULL), 0);
	}
	nanosleep(&moment, NULL);
	for (int given = 0; given < 3; given += count) {
		expect_equal(pthread_mutex_lock(&mutex), 0);
		items += count;
		expect_equal(wake(&condition), 0);
		expect_equal(pthread_mutex_unlock(&mutex), 0);
	}
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_join(ids[i], NULL), 0);
	}
	expect_equal(eaten, 3);
}

void
test_pthread_cond_init(void)
{
	pthread_condattr_t attributes;

	expect_equal(pthread_condattr_init(&attributes), 0);
	expect_equal(pthread_cond_init(&condition, &attributes), 0);
	expect_equal(pthread_condattr_destroy(&attributes), 0);
	feed(3, pthread_cond_broadcast);
}

void
test_pthread_cond_destroy(void)
{
	expect_equal(pthread_cond_destroy(&condition), 0);
	expect_equal(pthread_cond_init(&condition, NULL), 0);
}

void
test_pthread_cond_wait(void)
{
	feed(1, pthread_cond_signal);
	returns(pthread_cond_wait(&condition, &mutex), EPERM); /* it is not locked */
}

void
test_pthread_cond_timedwait(void)
{
	struct timespec until = past();

	expect_equal(pthread_mutex_lock(&mutex), 0);
	returns(pthread_cond_timedwait(&condition, &mutex, &until), ETIMEDOUT);
	/* It has the mutex again. */
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	until.tv_nsec = -1;
	returns(pthread_cond_timedwait(&condition, &mutex, &until), EINVAL);
}

void
test_pthread_cond_signal(void)
{
	feed(1, pthread_cond_signal);
}

void
test_pthread_cond_broadcast(void)
{
	feed(3, pthread_cond_broadcast);
}

void
test_pthread_condattr_setclock(void)
{
	pthread_condattr_t attributes;
	clockid_t clock;

	expect_equal(pthread_condattr_init(&attributes), 0);
	expect_equal(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC), 0);
	expect_equal(pthread_condattr_getclock(&attributes, &clock), 0);
	expect_equal(clock, CLOCK_MONOTONIC);
	returns(pthread_condattr_setclock(&attributes, (clockid_t)77), EINVAL);
	/* A second from now, of its own clock, which the other one has long been at, or never will.
	 */
	for (int i = 0; i < 2; i++) {
		struct timespec until;
		struct timespec then;

		clock = i == 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
		expect_equal(pthread_condattr_setclock(&attributes, clock), 0);
		expect_equal(pthread_cond_init(&condition, &attributes), 0);
		expect_equal(clock_gettime(clock, &until), 0);
		until.tv_sec++;
		expect_equal(pthread_mutex_lock(&mutex), 0);
		returns(pthread_cond_timedwait(&condition, &mutex, &until), ETIMEDOUT);
		expect_equal(pthread_mutex_unlock(&mutex), 0);
		expect_equal(clock_gettime(clock, &then), 0);
		expect(then.tv_sec == until.tv_sec || then.tv_sec == until.tv_sec + 1);
		expect_equal(pthread_cond_destroy(&condition), 0);
	}
	expect_equal(pthread_cond_init(&condition, NULL), 0);
}

/* --- read-write locks ----------------------------------------------------------------------- */

static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

static void *
read_too(void *argument)
{
	expect_equal(pthread_rwlock_rdlock(&rwlock), 0);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	expect_equal(pthread_rwlock_tryrdlock(&rwlock), 0);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	returns(pthread_rwlock_trywrlock(&rwlock), EBUSY);
	return argument;
}

static void *
read_in_vain(void *argument)
{
	struct timespec until = past();

	returns(pthread_rwlock_tryrdlock(&rwlock), EBUSY);
	returns(pthread_rwlock_trywrlock(&rwlock), EBUSY);
	returns(pthread_rwlock_timedrdlock(&rwlock, &until), ETIMEDOUT);
	returns(pthread_rwlock_timedwrlock(&rwlock, &until), ETIMEDOUT);
	returns(pthread_rwlock_unlock(&rwlock), EPERM);
	return argument;
}

static void *
add_one(void *argument)
{
	expect_equal(pthread_rwlock_wrlock(&rwlock), 0);
	counter++;
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	return argument;
}

static void
write_while_others_try(void)
{
	expect_equal(pthread_rwlock_wrlock(&rwlock), 0);
	meanwhile(read_in_vain, NULL);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
}

static void
read_while_others_try(void)
{
	expect_equal(pthread_rwlock_rdlock(&rwlock), 0);
	meanwhile(read_too, NULL);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
}

void
test_pthread_rwlock_init(void)
{
	expect_equal(pthread_rwlock_init(&rwlock, NULL), 0);
	write_while_others_try();
}

void
test_pthread_rwlock_destroy(void)
{
	expect_equal(pthread_rwlock_rdlock(&rwlock), 0);
	returns(pthread_rwlock_destroy(&rwlock), EBUSY);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	expect_equal(pthread_rwlock_destroy(&rwlock), 0);
}

void
test_pthread_rwlock_rdlock(void)
{
	read_while_others_try();
	expect_equal(pthread_rwlock_wrlock(&rwlock), 0);
	returns(pthread_rwlock_rdlock(&rwlock), EDEADLK);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
}

void
test_pthread_rwlock_wrlock(void)
{
	pthread_t id;

	counter = 0;
	expect_equal(pthread_rwlock_wrlock(&rwlock), 0);
	returns(pthread_rwlock_wrlock(&rwlock), EDEADLK);
	expect_equal(pthread_create(&id, NULL, add_one, NULL), 0);
	nanosleep(&moment, NULL);
	expect_equal(counter, 0);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(counter, 1);
}

void
test_pthread_rwlock_tryrdlock(void)
{
	read_while_others_try();
	write_while_others_try();
}

void
test_pthread_rwlock_trywrlock(void)
{
	expect_equal(pthread_rwlock_trywrlock(&rwlock), 0);
	returns(pthread_rwlock_trywrlock(&rwlock), EBUSY);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	read_while_others_try();
}

void
test_pthread_rwlock_timedrdlock(void)
{
	struct timespec until = past();

	expect_equal(pthread_rwlock_timedrdlock(&rwlock, &until), 0);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
	write_while_others_try();
}

void
test_pthread_rwlock_timedwrlock(void)
{
	struct timespec until = past();

	expect_equal(pthread_rwlock_timedwrlock(&rwlock, &until), 0);
	meanwhile(read_in_vain, NULL);
	expect_equal(pthread_rwlock_unlock(&rwlock), 0);
}

void
test_pthread_rwlock_unlock(void)
{
	write_while_others_try();
	returns(pthread_rwlock_unlock(&rwlock), EPERM);
}
