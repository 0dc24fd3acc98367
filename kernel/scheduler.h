/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Fixed priorities, first in first out among equals, with a turn of SLICE_NS; budgets say for how
 * long. */
#ifndef KERNEL_SCHEDULER_H
#define KERNEL_SCHEDULER_H

#include "kernel/thread.h"

extern uint32_t scheduler_ready_map; /* bit p: somebody of priority p stands in a ready queue */

/* The machine came from this thread. Called before anything else is asked or done, because the
 * short way of messages changes who runs without telling. */
void scheduler_enter(struct thread *thread);

/* The thread that entered the kernel; NULL while the machine was idle or before the first. */
struct thread *scheduler_current(void);

/* The thread may run: it becomes READY and stands at the end of its queue, unless it is current. */
void scheduler_ready(struct thread *thread);

/* The current thread goes behind its equals. */
void scheduler_yield(void);

/* A READY thread runs no more. */
void scheduler_remove(struct thread *thread);

/* Ends the turn and the run of the current thread that are over, and brings back who waited for a
 * refill. */
void scheduler_expire(uint64_t now_ns);

/* When scheduler_expire has something to do; UINT64_MAX: never. */
uint64_t scheduler_due_ns(void);

/* Whether a caller that waits at an endpoint may be served now. One whose own budget is used up may
 * not: a server goes on at its own cost, but does not begin so. */
bool scheduler_pays(const struct thread *caller);

/* Whether a thread that becomes ready now would run at once if the current one blocked: nobody of
 * its priority or above is ready. */
static inline bool
scheduler_can_hand_to(const struct thread *thread)
{
	return scheduler_ready_map >> thread->priority == 0;
}

/* The thread that entered has blocked and `thread` runs, without a look at the queues. Requires
 * scheduler_can_hand_to, and that both are in one call, so that the same budget goes on to be used.
 */
static inline void
scheduler_hand_to(struct thread *thread)
{
	thread->state = THREAD_READY;
}

/* Chooses who runs, waits for an interrupt if nobody can, and switches to it. */
struct arch_context *scheduler_run(void);

#endif
