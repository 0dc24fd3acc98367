/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pthread keys and pthread_once. */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "key.h"
#include "lock.h"
#include "park.h"
#include "thread_self.h"

#define ROUNDS_MAX 4 /* destructors that set keys again are called this often */

enum once_state { ONCE_NEW, ONCE_RUNNING, ONCE_DONE };

static uint32_t keys_lock;

/* A key made again has another generation, so the old values of all threads are gone with the old
 * one. Generation 0 is nobody's. */
static struct {
	bool is_used;
	uint32_t generation;
	void (*destructor)(void *);
} keys[KEYS_MAX];

int
pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int error = EAGAIN;

	glue_lock_acquire(&keys_lock);
	for (uint32_t i = 0; i < KEYS_MAX && error != 0; i++) {
		if (!keys[i].is_used) {
			keys[i].is_used = true;
			keys[i].generation++;
			keys[i].destructor = destructor;
			*key = i;
			error = 0;
		}
	}
	glue_lock_release(&keys_lock);
	return error;
}

int
pthread_key_delete(pthread_key_t key)
{
	if (key >= KEYS_MAX || !keys[key].is_used) {
		return EINVAL;
	}
	glue_lock_acquire(&keys_lock);
	keys[key].is_used = false;
	keys[key].destructor = NULL;
	glue_lock_release(&keys_lock);
	return 0;
}

int
pthread_setspecific(pthread_key_t key, const void *value)
{
	if (key >= KEYS_MAX || !keys[key].is_used) {
		return EINVAL;
	}
	thread_self()->values[key] = (struct thread_value){value, keys[key].generation};
	return 0;
}

void *
pthread_getspecific(pthread_key_t key)
{
	if (key >= KEYS_MAX) {
		return NULL;
	}
	const struct thread_value *at = &thread_self()->values[key];
	return at->generation == keys[key].generation ? (void *)(uintptr_t)at->value : NULL;
}

/* One destructor call; false when the thread has no value for this key. */
static bool
run_destructor(pthread_key_t key)
{
	void *value = pthread_getspecific(key);

	thread_self()->values[key].value = NULL;
	if (value == NULL || keys[key].destructor == NULL) {
		return false;
	}
	keys[key].destructor(value);
	return true;
}

void
glue_key_run_destructors(void)
{
	bool found = true;

	for (int round = 0; round < ROUNDS_MAX && found; round++) {
		found = false;
		for (pthread_key_t key = 0; key < KEYS_MAX; key++) {
			found |= run_destructor(key);
		}
	}
}

int
pthread_once(pthread_once_t *once, void (*routine)(void))
{
	uint32_t *state = (uint32_t *)&once->init_executed;
	uint32_t expected = ONCE_NEW;

	if (__atomic_compare_exchange_n(
		    state, &expected, ONCE_RUNNING, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
		routine();
		__atomic_store_n(state, ONCE_DONE, __ATOMIC_RELEASE);
		glue_park_wake(state);
	} else {
		glue_park_while(state, ONCE_RUNNING, PARK_FOREVER);
	}
	return 0;
}
