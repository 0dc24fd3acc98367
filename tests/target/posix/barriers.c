/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Barriers and spin locks: between threads. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <time.h>

#include "posix.h"

static const struct timespec moment = {.tv_nsec = 2000000};

static int counter;

/* Runs `function` in another thread while this one does nothing, and waits for it. */
static void
meanwhile(void *(*function)(void *), void *argument)
{
	pthread_t id;

	expect_equal(pthread_create(&id, NULL, function, argument), 0);
	expect_equal(pthread_join(id, NULL), 0);
}

static pthread_barrier_t barrier;
static int serial;
static int arrived;

static void *
arrive(void *argument)
{
	for (int round = 1; round <= 3; round++) {
		__atomic_add_fetch(&arrived, 1, __ATOMIC_ACQ_REL);
		int result = pthread_barrier_wait(&barrier);
		expect(arrived >= 3 * round);
		expect(result == 0 || result == PTHREAD_BARRIER_SERIAL_THREAD);
		__atomic_add_fetch(&serial, result != 0, __ATOMIC_ACQ_REL);
	}
	return argument;
}

void
test_pthread_barrier_init(void)
{
	expect_equal(pthread_barrier_init(&barrier, NULL, 1), 0);
	expect_equal(pthread_barrier_wait(&barrier), PTHREAD_BARRIER_SERIAL_THREAD);
	returns(pthread_barrier_init(&barrier, NULL, 0), EINVAL);
}

void
test_pthread_barrier_wait(void)
{
	pthread_t ids[2];

	arrived = 0;
	serial = 0;
	expect_equal(pthread_barrier_init(&barrier, NULL, 3), 0);
	for (int i = 0; i < 2; i++) {
		expect_equal(pthread_create(&ids[i], NULL, arrive, NULL), 0);
	}
	arrive(NULL);
	for (int i = 0; i < 2; i++) {
		expect_equal(pthread_join(ids[i], NULL), 0);
	}
	expect_equal(serial, 3);
}

static void *
wait_at_barrier(void *argument)
{
	(void)pthread_barrier_wait(&barrier);
	return argument;
}

void
test_pthread_barrier_destroy(void)
{
	pthread_t id;

	expect_equal(pthread_barrier_init(&barrier, NULL, 2), 0);
	expect_equal(pthread_create(&id, NULL, wait_at_barrier, NULL), 0);
	nanosleep(&moment, NULL);
	returns(pthread_barrier_destroy(&barrier), EBUSY);
	(void)pthread_barrier_wait(&barrier);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(pthread_barrier_destroy(&barrier), 0);
}

static pthread_spinlock_t spin;

static void *
try_spin(void *argument)
{
	returns(pthread_spin_trylock(&spin), EBUSY);
	returns(pthread_spin_unlock(&spin), EPERM);
	return argument;
}

void
test_pthread_spin_init(void)
{
	expect_equal(pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE), 0);
	expect_equal(pthread_spin_lock(&spin), 0);
	expect_equal(pthread_spin_destroy(&spin), EBUSY);
	expect_equal(pthread_spin_unlock(&spin), 0);
	expect_equal(pthread_spin_destroy(&spin), 0);
}

static void *
add_spinning(void *argument)
{
	expect_equal(pthread_spin_lock(&spin), 0);
	counter++;
	expect_equal(pthread_spin_unlock(&spin), 0);
	return argument;
}

void
test_pthread_spin_lock(void)
{
	pthread_t id;

	counter = 0;
	expect_equal(pthread_spin_lock(&spin), 0);
	returns(pthread_spin_lock(&spin), EDEADLK);
	expect_equal(pthread_create(&id, NULL, add_spinning, NULL), 0);
	nanosleep(&moment, NULL);
	expect_equal(counter, 0);
	expect_equal(pthread_spin_unlock(&spin), 0);
	expect_equal(pthread_join(id, NULL), 0);
	expect_equal(counter, 1);
}

void
test_pthread_spin_trylock(void)
{
	expect_equal(pthread_spin_trylock(&spin), 0);
	meanwhile(try_spin, NULL);
	expect_equal(pthread_spin_unlock(&spin), 0);
}

void
test_pthread_spin_unlock(void)
{
	expect_equal(pthread_spin_lock(&spin), 0);
	meanwhile(try_spin, NULL);
	expect_equal(pthread_spin_unlock(&spin), 0);
	returns(pthread_spin_unlock(&spin), EPERM);
}
