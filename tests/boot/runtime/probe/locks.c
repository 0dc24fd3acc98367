/* SPDX-License-Identifier: 0BSD */
/* Mutexes of each kind, conditions, keys, once. */
#include "probe.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define CROWD 6
#define TURNS 200

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int shared;
static int queue;

/* Gives the processor away in the middle, so that only the lock keeps the others out. */
static void *
add_slowly(void *unused)
{
	(void)unused;
	for (int i = 0; i < TURNS; i++) {
		pthread_mutex_lock(&mutex);
		int seen = shared;
		sched_yield();
		shared = seen + 1;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void
run_crowd(void *(*routine)(void *), int count)
{
	pthread_t threads[CROWD];

	for (int i = 0; i < count; i++) {
		CHECK(pthread_create(&threads[i], NULL, routine, NULL) == 0);
	}
	for (int i = 0; i < count; i++) {
		CHECK(pthread_join(threads[i], NULL) == 0);
	}
}

static void
check_contention(void)
{
	shared = 0;
	run_crowd(add_slowly, CROWD);
	CHECK(shared == CROWD * TURNS);
}

static struct timespec
from_now(long ms)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	time.tv_nsec += ms * 1000000;
	time.tv_sec += time.tv_nsec / 1000000000;
	time.tv_nsec %= 1000000000;
	return time;
}

static void *
try_taken(void *unused)
{
	struct timespec soon = from_now(20);

	(void)unused;
	CHECK(pthread_mutex_trylock(&mutex) == EBUSY);
	CHECK(pthread_mutex_timedlock(&mutex, &soon) == ETIMEDOUT);
	CHECK(pthread_mutex_unlock(&mutex) == EPERM);
	return NULL;
}

static void
check_kinds(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t other;

	pthread_mutex_lock(&mutex);
	run_crowd(try_taken, 2);
	CHECK(pthread_mutex_destroy(&mutex) == EBUSY);
	CHECK(pthread_mutex_unlock(&mutex) == 0);

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE) == 0);
	CHECK(pthread_mutex_init(&other, &attributes) == 0);
	for (int i = 0; i < 3; i++) {
		CHECK(pthread_mutex_lock(&other) == 0);
	}
	for (int i = 0; i < 3; i++) {
		CHECK(pthread_mutex_unlock(&other) == 0);
	}
	CHECK(pthread_mutex_unlock(&other) == EPERM);
	CHECK(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK) == 0);
	CHECK(pthread_mutex_init(&other, &attributes) == 0);
	CHECK(pthread_mutex_lock(&other) == 0);
	CHECK(pthread_mutex_lock(&other) == EDEADLK);
	CHECK(pthread_mutex_unlock(&other) == 0);
	CHECK(pthread_mutex_destroy(&other) == 0);
}

static void *
consume(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&mutex);
	while (queue == 0) {
		pthread_cond_wait(&condition, &mutex);
	}
	queue--;
	shared++;
	pthread_mutex_unlock(&mutex);
	return NULL;
}

static void
check_condition(void)
{
	pthread_t threads[4];
	struct timespec soon = from_now(20);

	shared = 0;
	for (int i = 0; i < 4; i++) {
		CHECK(pthread_create(&threads[i], NULL, consume, NULL) == 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_mutex_lock(&mutex);
		queue++;
		pthread_cond_signal(&condition);
		pthread_mutex_unlock(&mutex);
		sched_yield();
	}
	for (int i = 0; i < 4; i++) {
		CHECK(pthread_join(threads[i], NULL) == 0);
	}
	CHECK(shared == 4 && queue == 0);
	pthread_mutex_lock(&mutex);
	CHECK(pthread_cond_timedwait(&condition, &mutex, &soon) == ETIMEDOUT);
	CHECK(pthread_mutex_unlock(&mutex) == 0);
}

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int destroyed;
static int initialised;

static void
destroy_value(void *value)
{
	destroyed += (int)(intptr_t)value;
}

static void
initialise(void)
{
	sched_yield();
	initialised++;
}

static void *
use_key(void *unused)
{
	(void)unused;
	pthread_once(&once, initialise);
	CHECK(initialised == 1);
	CHECK(pthread_getspecific(key) == NULL);
	CHECK(pthread_setspecific(key, (void *)3) == 0);
	sched_yield();
	CHECK(pthread_getspecific(key) == (void *)3);
	return NULL;
}

static void
check_keys(void)
{
	CHECK(pthread_key_create(&key, destroy_value) == 0);
	CHECK(pthread_setspecific(key, (void *)100) == 0);
	run_crowd(use_key, CROWD);
	CHECK(destroyed == 3 * CROWD);
	CHECK(pthread_getspecific(key) == (void *)100);
	CHECK(pthread_key_delete(key) == 0);
	CHECK(pthread_key_create(&key, NULL) == 0);
	CHECK(pthread_getspecific(key) == NULL);
	CHECK(pthread_key_delete(key) == 0);
	CHECK(pthread_setspecific(key, NULL) == EINVAL);
}

/* Lines of many threads stay whole: a stream has a lock. */
static void *
print_lines(void *unused)
{
	(void)unused;
	for (int i = 0; i < 3; i++) {
		CHECK(printf("0123456789 0123456789 0123456789\n") == 33);
	}
	return NULL;
}

void
check_locks(void)
{
	check_contention();
	check_kinds();
	check_condition();
	check_keys();
	run_crowd(print_lines, CROWD);
}
