/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sleeping until another thread of this process changes a word. */
#include "park.h"

#include <stddef.h>

#include "account.h"
#include "gatehouse/syscall.h"
#include "thread_self.h"

/*
 * Each thread has a notification of its own. A sleeper says where it sleeps, then looks at the
 * word, then waits; a waker changes the word, then looks who sleeps. With both pairs in order
 * (seq_cst) one of the two sees the other. A signal that comes too late is a reason to look once
 * more.
 */
static struct {
	const uint32_t *word; /* NULL: awake */
	uint32_t notification;
} sleepers[THREADS_MAX];

static uint32_t sleeper_count;

bool
glue_park_prepare(uint32_t number)
{
	return sleepers[number].notification != 0 ||
	       glue_account_notification(&sleepers[number].notification) == E_OK;
}

static bool
wait_for(const uint32_t *word, uint32_t value, uint32_t notification, uint64_t deadline_ns)
{
	uint32_t bits;

	while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == value) {
		if (deadline_ns != PARK_FOREVER) {
			/* Who is told no time would wait for ever. */
			if (sys_clock() >= deadline_ns || sys_deadline(deadline_ns) != E_OK) {
				return false;
			}
		}
		sys_wait(notification, &bits);
	}
	return true;
}

bool
glue_park_while(const uint32_t *word, uint32_t value, uint64_t deadline_ns)
{
	uint32_t self = thread_self()->number;

	__atomic_store_n(&sleepers[self].word, word, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&sleeper_count, 1, __ATOMIC_SEQ_CST);
	bool changed = wait_for(word, value, sleepers[self].notification, deadline_ns);
	__atomic_sub_fetch(&sleeper_count, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&sleepers[self].word, NULL, __ATOMIC_SEQ_CST);
	return changed;
}

void
glue_park_wake(const uint32_t *word)
{
	/* The common case, a lock that nobody waits for, ends here. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (__atomic_load_n(&sleeper_count, __ATOMIC_SEQ_CST) == 0) {
		return;
	}
	for (uint32_t number = 0; number < THREADS_MAX; number++) {
		if (__atomic_load_n(&sleepers[number].word, __ATOMIC_SEQ_CST) == word) {
			sys_signal(sleepers[number].notification);
		}
	}
}
