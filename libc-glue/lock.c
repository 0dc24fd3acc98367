/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One lock for newlib and for pthread mutexes: a 32-bit word that a waiter sleeps for. */
#include "lock.h"

#include "park.h"
#include "thread_self.h"

#define OWNER_MASK UINT32_C(0xff)
#define KIND_MASK  UINT32_C(0x300)
#define AGAIN_ONE  UINT32_C(0x400)
#define AGAIN_MASK UINT32_C(0x3ffffc00)

_Static_assert(THREADS_MAX < OWNER_MASK, "a thread's number fits");

static uint32_t
own_mark(void)
{
	return thread_self()->number + 1;
}

static bool
exchange(uint32_t *word, uint32_t *expected, uint32_t wanted)
{
	return __atomic_compare_exchange_n(
		word, expected, wanted, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

static enum lock_result
lock_again(uint32_t *word, uint32_t now)
{
	/* Only its owner changes a word that is owned. */
	switch (now & KIND_MASK) {
	case LOCK_RECURSIVE:
		if ((now & AGAIN_MASK) == AGAIN_MASK) {
			return LOCK_TOO_OFTEN;
		}
		__atomic_store_n(word, now + AGAIN_ONE, __ATOMIC_RELAXED);
		return LOCK_DONE;
	case LOCK_CHECKED:
		return LOCK_MINE;
	default:
		return LOCK_BUSY;
	}
}

enum lock_result
glue_lock_try(uint32_t *word)
{
	uint32_t now = __atomic_load_n(word, __ATOMIC_ACQUIRE);

	for (;;) {
		uint32_t free = now == LOCK_INITIALIZER ? LOCK_NORMAL : now;
		uint32_t owner = free & OWNER_MASK;
		if (owner == own_mark()) {
			return lock_again(word, now);
		}
		if (owner != 0) {
			return LOCK_BUSY;
		}
		/* It fails only when another thread was faster: a turn for each of them at most. */
		if (exchange(word, &now, free | own_mark())) {
			return LOCK_DONE;
		}
	}
}

enum lock_result
glue_lock_until(uint32_t *word, uint64_t deadline_ns)
{
	for (;;) {
		enum lock_result result = glue_lock_try(word);
		uint32_t now = __atomic_load_n(word, __ATOMIC_RELAXED);

		if (result != LOCK_BUSY) {
			return result;
		}
		if ((now & OWNER_MASK) != 0 && !glue_park_while(word, now, deadline_ns)) {
			return LOCK_BUSY;
		}
	}
}

bool
glue_lock_give(uint32_t *word)
{
	uint32_t now = __atomic_load_n(word, __ATOMIC_RELAXED);

	if (now == LOCK_INITIALIZER || (now & OWNER_MASK) != own_mark()) {
		return false;
	}
	if ((now & AGAIN_MASK) != 0) {
		__atomic_store_n(word, now - AGAIN_ONE, __ATOMIC_RELAXED);
	} else {
		__atomic_store_n(word, now & KIND_MASK, __ATOMIC_RELEASE);
		glue_park_wake(word);
	}
	return true;
}

void
glue_lock_acquire(uint32_t *word)
{
	glue_lock_until(word, PARK_FOREVER);
}

void
glue_lock_release(uint32_t *word)
{
	glue_lock_give(word);
}
