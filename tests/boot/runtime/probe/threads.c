/* SPDX-License-Identifier: 0BSD */
/* Threads: results, thread variables, errno, floating point, objects used again. */
#include "probe.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>

#include "abi/abi.h"
#include "gen/core/untyped.h"

#define CROWD  8
#define ROUNDS 100

static _Thread_local int counted = 5;
static _Thread_local int unset;
static _Thread_local _Alignas(64) char wide[64];

static void *
own_variables(void *argument)
{
	bool fresh = counted == 5 && unset == 0 && (uintptr_t)wide % 64 == 0 && wide[63] == 0;

	counted = (int)(intptr_t)argument;
	wide[63] = 1;
	errno = counted;
	for (int i = 0; i < 10; i++) {
		sched_yield();
	}
	return (void *)(intptr_t)(fresh && counted == (int)(intptr_t)argument && errno == counted);
}

static void
check_variables(void)
{
	pthread_t threads[CROWD];

	counted = 77;
	errno = 99;
	for (intptr_t i = 0; i < CROWD; i++) {
		CHECK(pthread_create(&threads[i], NULL, own_variables, (void *)i) == 0);
	}
	for (int i = 0; i < CROWD; i++) {
		void *result;
		CHECK(pthread_join(threads[i], &result) == 0 && result == (void *)1);
	}
	CHECK(counted == 77 && errno == 99);
	CHECK((uintptr_t)wide % 64 == 0);
}

static uint64_t
account_free(void)
{
	uint64_t free_bytes = 0;
	uint64_t size_bytes = 0;

	CHECK(untyped_info(HANDLE_ACCOUNT, &free_bytes, &size_bytes) == E_OK);
	return free_bytes;
}

static void *
give_back(void *argument)
{
	return argument;
}

/* A hundred threads one after the other cost no more than one. */
static void
check_reuse(void)
{
	uint64_t before = account_free();

	for (intptr_t i = 0; i < ROUNDS; i++) {
		pthread_t thread;
		void *result;
		CHECK(pthread_create(&thread, NULL, give_back, (void *)i) == 0);
		CHECK(pthread_join(thread, &result) == 0 && result == (void *)i);
		CHECK(pthread_join(thread, &result) == ESRCH);
	}
	CHECK(account_free() == before);
}

static void *
add_up(void *argument)
{
	double sum = 0;

	for (int i = 1; i <= 2000; i++) {
		sum += (double)(intptr_t)argument / i;
		if (i % 100 == 0) {
			sched_yield();
		}
	}
	double *result = malloc(sizeof(*result));
	*result = sum;
	return result;
}

/* Registers of floating point belong to the thread. */
static void
check_floating(void)
{
	pthread_t threads[4];

	for (intptr_t i = 0; i < 4; i++) {
		CHECK(pthread_create(&threads[i], NULL, add_up, (void *)(i + 1)) == 0);
	}
	for (int i = 0; i < 4; i++) {
		double expected = 0;
		void *result;
		for (int k = 1; k <= 2000; k++) {
			expected += (double)(i + 1) / k;
		}
		CHECK(pthread_join(threads[i], &result) == 0 && *(double *)result == expected);
		free(result);
	}
}

static volatile int detached_ran;

static void *
run_detached(void *unused)
{
	(void)unused;
	detached_ran++;
	pthread_exit(NULL);
}

static void
check_detached(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, 8192) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, 1) == EINVAL);
	for (int i = 0; i < 50; i++) {
		CHECK(pthread_create(&thread, &attributes, run_detached, NULL) == 0);
		sched_yield();
		sched_yield();
		CHECK(pthread_join(thread, NULL) == ESRCH);
	}
	CHECK(detached_ran == 50);
	CHECK(pthread_create(&thread, NULL, run_detached, NULL) == 0);
	CHECK(pthread_detach(thread) == 0);
	CHECK(pthread_detach(thread) == ESRCH);
	sched_yield();
	CHECK(detached_ran == 51);
	CHECK(pthread_join(pthread_self(), NULL) == EDEADLK);
}

void
check_threads(void)
{
	check_variables();
	check_reuse();
	check_floating();
	check_detached();
}
