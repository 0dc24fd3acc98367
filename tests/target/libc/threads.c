/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthreads: many at once, one after the other, and what they wait for. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <time.h>

#include "check.h"
#include "gen/core/untyped.h"
#include "libc/tests.h"

#define THREADS    4
#define INCREMENTS 10000
#define ROUNDS     1000

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static volatile long counter;
static volatile int turn;

static void *
increment(void *argument)
{
	for (int i = 0; i < INCREMENTS; i++) {
		pthread_mutex_lock(&mutex);
		long value = counter;
		if (i % 100 == 0) {
			sched_yield(); /* the others try while it is locked */
		}
		counter = value + 1;
		pthread_mutex_unlock(&mutex);
	}
	return argument;
}

static void
test_increments(void)
{
	pthread_t threads[THREADS];
	void *result = NULL;

	counter = 0;
	for (int i = 0; i < THREADS; i++) {
		expect_equal(pthread_create(&threads[i], NULL, increment, &threads[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		expect_equal(pthread_join(threads[i], &result), 0);
		expect(result == &threads[i]);
	}
	expect_equal(counter, THREADS * INCREMENTS);
}

static void *
play(void *argument)
{
	int mine = *(const int *)argument;

	for (int i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&mutex);
		while (turn != mine) {
			pthread_cond_wait(&condition, &mutex);
		}
		turn = (turn + 1) % 3;
		counter++;
		pthread_cond_broadcast(&condition);
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void
test_condition(void)
{
	static const int numbers[] = {0, 1, 2};
	pthread_t threads[3];

	counter = 0;
	turn = 0;
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_create(&threads[i], NULL, play, (void *)&numbers[i]), 0);
	}
	for (int i = 0; i < 3; i++) {
		expect_equal(pthread_join(threads[i], NULL), 0);
	}
	expect_equal(counter, 3 * ROUNDS);
}

static void *
hold_mutex(void *argument)
{
	const struct timespec wait = {.tv_nsec = 50000000};

	pthread_mutex_lock(&mutex);
	turn = 1;
	nanosleep(&wait, NULL);
	pthread_mutex_unlock(&mutex);
	return argument;
}

static struct timespec
after_ms(long ms)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	time.tv_nsec += ms * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_nsec -= 1000000000;
		time.tv_sec++;
	}
	return time;
}

static void
test_timed(void)
{
	pthread_t thread;
	struct timespec until;
	const struct timespec wait = {.tv_nsec = 1000000};

	turn = 0;
	expect_equal(pthread_create(&thread, NULL, hold_mutex, NULL), 0);
	while (turn == 0) {
		nanosleep(&wait, NULL);
	}
	expect_equal(pthread_mutex_trylock(&mutex), EBUSY);
	until = after_ms(5);
	expect_equal(pthread_mutex_timedlock(&mutex, &until), ETIMEDOUT);
	until = after_ms(500);
	expect_equal(pthread_mutex_timedlock(&mutex, &until), 0);
	expect_equal(pthread_mutex_unlock(&mutex), 0);
	expect_equal(pthread_join(thread, NULL), 0);
	expect_equal(pthread_mutex_trylock(&mutex), 0);
	until = after_ms(5);
	expect_equal(pthread_cond_timedwait(&condition, &mutex, &until), ETIMEDOUT);
	expect_equal(pthread_mutex_trylock(&mutex), EBUSY); /* it has it again */
	expect_equal(pthread_mutex_unlock(&mutex), 0);
}

static void
test_kinds(void)
{
	pthread_mutexattr_t attributes;
	pthread_mutex_t recursive;
	pthread_mutex_t checked;

	expect_equal(pthread_mutexattr_init(&attributes), 0);
	expect_equal(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE), 0);
	expect_equal(pthread_mutex_init(&recursive, &attributes), 0);
	expect_equal(pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK), 0);
	expect_equal(pthread_mutex_init(&checked, &attributes), 0);
	for (int i = 0; i < 5; i++) {
		expect_equal(pthread_mutex_lock(&recursive), 0);
	}
	for (int i = 0; i < 5; i++) {
		expect_equal(pthread_mutex_unlock(&recursive), 0);
	}
	expect_equal(pthread_mutex_unlock(&recursive), EPERM);
	expect_equal(pthread_mutex_lock(&checked), 0);
	expect_equal(pthread_mutex_lock(&checked), EDEADLK);
	expect_equal(pthread_mutex_unlock(&checked), 0);
	expect_equal(pthread_mutex_unlock(&checked), EPERM);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static volatile int once_count;

static void
run_once(void)
{
	const struct timespec wait = {.tv_nsec = 3000000};

	nanosleep(&wait, NULL); /* the others come meanwhile */
	once_count++;
}

static void *
call_once(void *argument)
{
	pthread_once(&once, run_once);
	/* Whoever comes back knows that it is done. */
	return (void *)((intptr_t)argument + once_count);
}

static void
test_once(void)
{
	pthread_t threads[THREADS];
	void *result = NULL;

	for (int i = 0; i < THREADS; i++) {
		expect_equal(pthread_create(&threads[i], NULL, call_once, NULL), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		expect_equal(pthread_join(threads[i], &result), 0);
		expect_equal((uintptr_t)result, 1);
	}
	expect_equal(once_count, 1);
}

static void *
return_argument(void *argument)
{
	return argument;
}

static uint64_t
account_free(void)
{
	uint64_t free = 0;

	expect_equal(untyped_info(HANDLE_ACCOUNT, &free, NULL), E_OK);
	return free;
}

/* One after the other: the second needs no more memory than the first. */
static void
test_reuse(void)
{
	uint64_t before = account_free();

	for (intptr_t i = 0; i < 200; i++) {
		pthread_t thread;
		void *result = NULL;
		expect_equal(pthread_create(&thread, NULL, return_argument, (void *)i), 0);
		expect_equal(pthread_join(thread, &result), 0);
		expect_equal((uintptr_t)result, i);
	}
	expect_equal(account_free(), before);
}

static void *
wait_for_turn(void *argument)
{
	const struct timespec wait = {.tv_nsec = 1000000};

	while (turn == 0) {
		nanosleep(&wait, NULL);
	}
	return argument;
}

/* 31 beside the first; the next is refused, and there is room again when they are gone. */
static void
test_limit(void)
{
	pthread_t threads[40];
	int count = 0;
	int error = 0;

	turn = 0;
	for (; count < 40; count++) {
		error = pthread_create(&threads[count], NULL, wait_for_turn, NULL);
		if (error != 0) {
			break;
		}
	}
	expect_equal(count, 31);
	expect_equal(error, EAGAIN);
	turn = 1;
	for (int i = 0; i < count; i++) {
		expect_equal(pthread_join(threads[i], NULL), 0);
	}
	test_reuse();
}

static void
test_join(void)
{
	const struct timespec wait = {.tv_nsec = 2000000};
	pthread_attr_t attributes;
	pthread_t thread;

	expect_equal(pthread_join(pthread_self(), NULL), EDEADLK);
	expect_equal(pthread_join((pthread_t)77, NULL), ESRCH);
	expect_equal(pthread_create(&thread, NULL, return_argument, NULL), 0);
	expect(!pthread_equal(thread, pthread_self()));
	expect_equal(pthread_detach(thread), 0);
	expect_equal(pthread_join(thread, NULL), ESRCH);
	expect_equal(pthread_attr_init(&attributes), 0);
	expect_equal(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED), 0);
	expect_equal(pthread_attr_setstacksize(&attributes, 65536), 0);
	expect_equal(pthread_create(&thread, &attributes, return_argument, NULL), 0);
	expect_equal(pthread_join(thread, NULL), ESRCH);
	nanosleep(&wait, NULL);
}

void
threads_test(void)
{
	check_test("4 threads, 10,000 increments each");
	test_increments();
	check_test("a condition passed around 3,000 times");
	test_condition();
	check_test("locks and conditions with a time limit");
	test_timed();
	check_test("recursive and checked mutexes");
	test_kinds();
	check_test("once");
	test_once();
	check_test("join and detach");
	test_join();
	check_test("31 threads, and 200 one after the other");
	test_limit();
}
