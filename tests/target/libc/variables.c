/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What each thread has for itself: errno, its variables, its values of keys. */
#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "libc/tests.h"

#define THREADS 4

static _Thread_local int with_value = 1234;
static _Thread_local int without_value;
static _Thread_local char text[40] = "a text of this thread";
static _Thread_local _Alignas(64) uint64_t aligned = 99;
static __thread void *pointer;

static pthread_key_t key;
static pthread_key_t other_key;
static volatile int destroyed;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* The others run. */
static void
sleep_us(long time_us)
{
	const struct timespec time = {.tv_nsec = time_us * 1000};

	nanosleep(&time, NULL);
}

static uintptr_t
variables_wrong(void)
{
	return (uintptr_t)(with_value != 1234) + (without_value != 0) +
	       (strcmp(text, "a text of this thread") != 0) + (aligned != 99) +
	       ((uintptr_t)&aligned % 64 != 0) + (pointer != NULL);
}

static void *
change_variables(void *argument)
{
	uintptr_t wrong = variables_wrong();
	int number = (int)(intptr_t)argument;

	with_value = number;
	without_value = number;
	aligned = (uint64_t)number;
	memset(text, number, sizeof(text));
	pointer = &wrong;
	for (int i = 0; i < 50; i++) {
		sleep_us(100);
		wrong += with_value != number || without_value != number ||
			 aligned != (uint64_t)number || text[39] != (char)number ||
			 pointer != &wrong;
	}
	return (void *)wrong;
}

static void *
change_errno(void *argument)
{
	uintptr_t wrong = errno != 0;
	int number = (int)(intptr_t)argument;

	errno = number;
	for (int i = 0; i < 50; i++) {
		sleep_us(100);
		wrong += errno != number;
	}
	return (void *)wrong;
}

static void
destroy(void *value)
{
	pthread_mutex_lock(&mutex);
	destroyed += (int)(intptr_t)value;
	pthread_mutex_unlock(&mutex);
}

static void *
use_keys(void *argument)
{
	uintptr_t wrong = pthread_getspecific(key) != NULL;

	pthread_setspecific(key, argument);
	pthread_setspecific(other_key, &key);
	for (int i = 0; i < 20; i++) {
		sleep_us(100);
		wrong += pthread_getspecific(key) != argument ||
			 pthread_getspecific(other_key) != &key;
	}
	return (void *)wrong;
}

static void
in_all(void *(*routine)(void *))
{
	pthread_t threads[THREADS];
	void *wrong = NULL;

	for (intptr_t i = 0; i < THREADS; i++) {
		expect_equal(pthread_create(&threads[i], NULL, routine, (void *)(i + 1)), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		expect_equal(pthread_join(threads[i], &wrong), 0);
		expect_equal((uintptr_t)wrong, 0);
	}
}

static void
test_keys(void)
{
	expect_equal(pthread_key_create(&key, destroy), 0);
	expect_equal(pthread_key_create(&other_key, NULL), 0);
	destroyed = 0;
	in_all(use_keys);
	expect_equal(destroyed, 1 + 2 + 3 + 4);
	expect(pthread_getspecific(key) == NULL);
	expect_equal(pthread_key_delete(key), 0);
	/* A key that comes later does not find the values of one that is gone. */
	expect_equal(pthread_setspecific(other_key, &key), 0);
	expect_equal(pthread_key_delete(other_key), 0);
	expect_equal(pthread_key_create(&key, NULL), 0);
	expect_equal(pthread_key_create(&other_key, NULL), 0);
	expect(pthread_getspecific(key) == NULL);
	expect(pthread_getspecific(other_key) == NULL);
	expect_equal(pthread_key_delete(key), 0);
	expect_equal(pthread_key_delete(other_key), 0);
	expect_equal(pthread_setspecific(key, &key), EINVAL);
}

static void
test_jump(void)
{
	static jmp_buf place;
	volatile int count = 0;
	volatile double value = 1.5;

	if (setjmp(place) < 3) {
		count++;
		value *= 2;
		longjmp(place, count);
	}
	expect_equal(count, 3);
	expect(value == 12.0);
}

void
variables_test(void)
{
	check_test("variables of each thread");
	expect_equal(variables_wrong(), 0);
	for (int round = 0; round < 3; round++) {
		in_all(change_variables); /* stacks are used again, values are not */
	}
	expect_equal(variables_wrong(), 0);
	check_test("errno of each thread");
	errno = EXDEV;
	in_all(change_errno);
	expect_equal(errno, EXDEV);
	check_test("keys and their destructors");
	test_keys();
	check_test("setjmp and longjmp");
	test_jump();
}
