/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads, and what is each thread's own. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "posix.h"

static const struct timespec moment = {.tv_nsec = 2000000};

static void *
twice(void *argument)
{
	return (void *)(2 * (uintptr_t)argument);
}

static void *
wait_a_moment(void *argument)
{
	nanosleep(&moment, NULL);
	return argument;
}

void
test_pthread_create(void)
{
	pthread_t ids[64];
	void *result;
	int made = 0;
	int error;

	expect_equal(pthread_create(&ids[0], NULL, twice, (void *)21), 0);
	expect_equal(pthread_join(ids[0], &result), 0);
	expect_equal((uintptr_t)result, 42);
	/* Attribute `threads`: 8, the first one and that of the timers among them. */
	while ((error = pthread_create(&ids[made], NULL, wait_a_moment, NULL)) == 0) {
		made++;
	}
	returns(error, EAGAIN);
	expect_equal(made, 6);
	while (made > 0) {
		expect_equal(pthread_join(ids[--made], NULL), 0);
	}
}

void
test_pthread_join(void)
{
	pthread_t id;
	void *result;

	expect_equal(pthread_create(&id, NULL, wait_a_moment, &id), 0);
	expect_equal(pthread_join(id, &result), 0);
	expect(result == &id);
	returns(pthread_join(id, NULL), ESRCH);
	returns(pthread_join(pthread_self(), NULL), EDEADLK);
}

void
test_pthread_detach(void)
{
	pthread_t id;

	expect_equal(pthread_create(&id, NULL, wait_a_moment, NULL), 0);
	expect_equal(pthread_detach(id), 0);
	returns(pthread_join(id, NULL), ESRCH);
	returns(pthread_detach(12345), ESRCH);
	nanosleep(&moment, NULL);
	nanosleep(&moment, NULL);
}

static void *
leave_below(void *argument)
{
	pthread_exit(argument);
}

void
test_pthread_exit(void)
{
	pthread_t id;
	void *result;

	expect_equal(pthread_create(&id, NULL, leave_below, &result), 0);
	expect_equal(pthread_join(id, &result), 0);
	expect(result == &result);
}

static void *
who(void *argument)
{
	*(pthread_t *)argument = pthread_self();
	return NULL;
}

void
test_pthread_self(void)
{
	pthread_t id;
	pthread_t seen;

	expect_equal(pthread_create(&id, NULL, who, &seen), 0);
	expect_equal(pthread_join(id, NULL), 0);
	expect(pthread_equal(id, seen));
	expect(!pthread_equal(id, pthread_self()));
}

static void *
use_stack(void *argument)
{
	volatile char large[60000];

	for (size_t i = 0; i < sizeof(large); i += 1000) {
		large[i] = (char)i;
	}
	return argument;
}

void
test_pthread_attr_setstacksize(void)
{
	pthread_attr_t attributes;
	size_t bytes;
	pthread_t id;

	expect_equal(pthread_attr_init(&attributes), 0);
	expect_equal(pthread_attr_setstacksize(&attributes, 65536), 0);
	expect_equal(pthread_attr_getstacksize(&attributes, &bytes), 0);
	expect_equal(bytes, 65536);
	expect_equal(pthread_create(&id, &attributes, use_stack, NULL), 0);
	expect_equal(pthread_join(id, NULL), 0);
	returns(pthread_attr_setstacksize(&attributes, 10), EINVAL);
	expect_equal(pthread_attr_destroy(&attributes), 0);
}

void
test_pthread_attr_setdetachstate(void)
{
	pthread_attr_t attributes;
	pthread_t id;
	int state;

	expect_equal(pthread_attr_init(&attributes), 0);
	expect_equal(pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED), 0);
	expect_equal(pthread_attr_getdetachstate(&attributes, &state), 0);
	expect_equal(state, PTHREAD_CREATE_DETACHED);
	expect_equal(pthread_create(&id, &attributes, wait_a_moment, NULL), 0);
	returns(pthread_join(id, NULL), ESRCH);
	returns(pthread_attr_setdetachstate(&attributes, 77), EINVAL);
	nanosleep(&moment, NULL);
	nanosleep(&moment, NULL);
}

/* --- once, keys ------------------------------------------------------------------------------ */

static int called;

static void
call_once(void)
{
	called++;
}

void
test_pthread_once(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	expect_equal(pthread_once(&once, call_once), 0);
	expect_equal(pthread_once(&once, call_once), 0);
	expect_equal(called, 1);
}

static pthread_key_t key;
static void *destroyed;

static void
destroy(void *value)
{
	destroyed = value;
}

static void *
set_key(void *argument)
{
	expect(pthread_getspecific(key) == NULL);
	expect_equal(pthread_setspecific(key, argument), 0);
	return pthread_getspecific(key);
}

void
test_pthread_key_create(void)
{
	pthread_key_t keys[64];
	int made = 0;
	int error;

	while ((error = pthread_key_create(&keys[made], NULL)) == 0) {
		made++;
	}
	returns(error, EAGAIN);
	expect_equal(made, 16);
	while (made > 0) {
		expect_equal(pthread_key_delete(keys[--made]), 0);
	}
}

void
test_pthread_key_delete(void)
{
	expect_equal(pthread_key_create(&key, NULL), 0);
	expect_equal(pthread_key_delete(key), 0);
	returns(pthread_key_delete(key), EINVAL);
	returns(pthread_key_delete(1000), EINVAL);
}

void
test_pthread_setspecific(void)
{
	pthread_t id;
	void *result;

	expect_equal(pthread_key_create(&key, destroy), 0);
	expect_equal(pthread_create(&id, NULL, set_key, &id), 0);
	expect_equal(pthread_join(id, &result), 0);
	expect(result == &id);
	expect(destroyed == &id);
	expect_equal(pthread_key_delete(key), 0);
	returns(pthread_setspecific(key, &id), EINVAL);
}

void
test_pthread_getspecific(void)
{
	expect_equal(pthread_key_create(&key, NULL), 0);
	expect(pthread_getspecific(key) == NULL);
	expect_equal(pthread_setspecific(key, &key), 0);
	expect(pthread_getspecific(key) == &key);
	expect_equal(pthread_key_delete(key), 0);
}
