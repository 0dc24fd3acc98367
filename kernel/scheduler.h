/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Fixed priorities, first in first out among equals, with a turn of SLICE_NS; budgets say for how
 * long. */
#ifndef KERNEL_SCHEDULER_H
#define KERNEL_SCHEDULER_H

#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/thread.h"

/* State of the one CPU; with more of them this is the one accessor to change. For scheduler.c and
 * the inline functions below alone. */
struct scheduler {
	uint32_t ready_map;     /* bit p: somebody of priority p stands in a ready queue */
	struct thread *current; /* READY, but in no queue; or about to be replaced */
	uint64_t slice_end_ns;  /* 0: no turn is being counted */
	uint8_t slice_priority; /* whose turn it is */
	struct budget *budget;  /* whose run it is; NULL: nobody's */
	bool is_endless;        /* and it is unlimited */
	uint64_t run_start_ticks;
	uint64_t run_start_ns;  /* of a limited one */
	struct thread *debtor;  /* the thread that runs on credit, or NULL */
	uint64_t run_wanted_ns; /* when it could have begun, but for others */
	uint64_t run_end_ns;    /* UINT64_MAX: only when the budget changes */
	struct queue awaited;   /* budgets whose refill threads wait for, by time */
	struct queue ready[PRIORITIES];
};

extern struct scheduler scheduler;

/* The machine came from this thread. Called before anything else is asked or done, because the
 * short way of messages changes who runs without telling. */
void scheduler_enter(struct thread *thread);

/* The thread that entered the kernel; NULL while the machine was idle or before the first. */
struct thread *scheduler_current(void);

/* The thread may run: it becomes READY and stands at the end of its queue, unless it is current. */
void scheduler_ready(struct thread *thread);

/* A READY thread needs its own budget from now on: it serves nobody any more. */
void scheduler_want(const struct thread *thread);

/* The current thread goes behind its equals. */
void scheduler_yield(void);

/* A READY thread runs no more. */
void scheduler_remove(struct thread *thread);

/* Ends the turn and the run of the current thread that are over. */
void scheduler_expire(uint64_t now_ns);

/* Brings back one who waited for a refill that is due; false: there is none. */
bool scheduler_refill_step(uint64_t now_ns);

/* When one of both has something to do; UINT64_MAX: never. */
uint64_t scheduler_due_ns(void);

/* Whether a caller that waits at an endpoint may be served now. One whose own budget is used up may
 * not: a server goes on at its own cost, but does not begin so. */
bool scheduler_pays(const struct thread *caller);

/* Whether a thread that becomes ready now would run at once if the current one blocked: nobody of
 * its priority or above is ready. */
static inline bool
scheduler_can_hand_to(const struct thread *thread)
{
	return scheduler.ready_map >> thread->priority == 0;
}

/* The thread that entered has blocked and `thread` runs, without a look at the queues. Requires
 * scheduler_can_hand_to, and that both are in one call, so that the same budget goes on to be used.
 */
static inline void
scheduler_hand_to(struct thread *thread)
{
	thread->state = THREAD_READY;
}

/* The thread goes to the end of its queue. */
static inline void
scheduler_append(struct thread *thread)
{
	queue_append(&scheduler.ready[thread->priority], &thread->link);
	scheduler.ready_map |= UINT32_C(1) << thread->priority;
}

/* Whether scheduler_ready would do no more for `thread` than scheduler_append, and `current` goes
 * on. Requires an
 * unlimited budget. */
static inline bool
scheduler_can_append(const struct thread *thread, const struct thread *current)
{
	uint32_t equals_wait =
		scheduler.slice_end_ns != 0; /* for their turn, which is being counted */

	return thread->priority < current->priority + equals_wait;
}

/* The priority of scheduler_next. */
static inline uint32_t
scheduler_top(void)
{
	return 31 - (uint32_t)__builtin_clz(scheduler.ready_map);
}

/* Who runs if the current thread blocks. Requires that somebody is ready. */
static inline struct thread *
scheduler_next(void)
{
	return container_of(scheduler.ready[scheduler_top()].first, struct thread, link);
}

/* The first of that priority, out of its queue. Requires that there is one. */
static inline struct thread *
scheduler_take(uint32_t priority)
{
	struct queue *queue = &scheduler.ready[priority];
	struct queue_link *link = queue_take(queue);

	if (queue_is_empty(queue)) {
		scheduler.ready_map &= ~(UINT32_C(1) << priority);
	}
	return container_of(link, struct thread, link);
}

/* Whether a switch to that thread, which uses that budget, needs no look at refills, credit, turn
 * or trace: both runs, the one that ends and the one that begins, have no end. */
static inline bool
scheduler_can_switch_to(const struct thread *next, const struct budget *budget)
{
	return next->caller == NULL && scheduler.is_endless && budget->amount_ns == 0 &&
	       (next->link.next == NULL || scheduler.slice_end_ns != 0);
}

/* Another budget is used from now on, and neither run has an end. */
static inline void
scheduler_use(struct budget *budget, uint64_t now_ticks)
{
	scheduler.budget->used_ticks += now_ticks - scheduler.run_start_ticks;
	scheduler.budget = budget;
	scheduler.run_start_ticks = now_ticks;
}

/* The thread that entered has blocked, and scheduler_next runs. Requires scheduler_can_switch_to.
 * ticks: read if another budget is used from now on. */
static inline void
scheduler_switch_to(struct thread *next, struct budget *budget, uint64_t (*ticks)(void))
{
	(void)scheduler_take(next->priority);
	if (budget != scheduler.budget) {
		scheduler_use(budget, ticks());
	}
}

/* Chooses who runs, waits for an interrupt if nobody can, and switches to it. */
struct arch_context *scheduler_run(void);

#endif
