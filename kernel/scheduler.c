/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Fixed priorities, first in first out among equals, with a turn of SLICE_NS; budgets say for how
 * long. A run is a time in which one budget is used, by whatever threads: a call and its answer
 * change nothing in it, because the caller's budget is used on both sides. So messages charge
 * nothing, and one clock reading a change of budget is all that accounting costs (decisions C1,
 * C3).
 */
#include "kernel/scheduler.h"

#include "kernel/assert.h"
#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/fault.h"
#include "kernel/irq.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/timer.h"
#include "kernel/trace.h"

struct scheduler scheduler = {.run_end_ns = UINT64_MAX};

void
scheduler_enter(struct thread *thread)
{
	kernel_assert(thread->state == THREAD_READY);
	scheduler.current = thread;
}

struct thread *
scheduler_current(void)
{
	return scheduler.current;
}

static struct thread *
thread_of(struct queue_link *link)
{
	return container_of(link, struct thread, link);
}

/* Whoever was interrupted is the next of its queue. */
static void
ready_push(struct thread *thread)
{
	queue_insert(&scheduler.ready[thread->priority], NULL, &thread->link);
	scheduler.ready_map |= UINT32_C(1) << thread->priority;
}

static void
ready_remove(struct thread *thread)
{
	struct queue *queue = &scheduler.ready[thread->priority];

	queue_remove(queue, &thread->link);
	if (queue_is_empty(queue)) {
		scheduler.ready_map &= ~(UINT32_C(1) << thread->priority);
	}
}

void
scheduler_want(const struct thread *thread)
{
	struct budget *budget = thread->process->budget;

	if (budget != scheduler.budget && budget->amount_ns != 0 && thread->caller == NULL &&
		thread != scheduler.current) {
		budget->wanted_ns = arch_clock_ns();
	}
}

void
scheduler_ready(struct thread *thread)
{
	thread->state = THREAD_READY;
	if (thread == scheduler.current) {
		return;
	}
	scheduler_want(thread);
	scheduler_append(thread);
}

void
scheduler_yield(void)
{
	struct thread *thread = scheduler.current;

	kernel_assert(thread != NULL && thread->state == THREAD_READY);
	scheduler.current = NULL;
	if (thread->priority == scheduler.slice_priority &&
		!queue_is_empty(&scheduler.ready[thread->priority])) {
		scheduler.slice_end_ns = 0; /* the next of them has a whole turn */
	}
	scheduler_append(thread);
}

void
scheduler_remove(struct thread *thread)
{
	kernel_assert(thread->state == THREAD_READY);
	if (thread->is_parked) {
		queue_remove(&thread->process->budget->parked, &thread->link);
		thread->is_parked = false;
	} else if (thread != scheduler.current) {
		ready_remove(thread);
	}
}

static struct budget *
budget_of_link(struct queue_link *link)
{
	return container_of(link, struct budget, link);
}

uint64_t
scheduler_due_ns(void)
{
	uint64_t due_ns = scheduler.slice_end_ns == 0 ? UINT64_MAX : scheduler.slice_end_ns;

	if (scheduler.run_end_ns < due_ns) {
		due_ns = scheduler.run_end_ns;
	}
	if (!queue_is_empty(&scheduler.awaited) &&
		budget_of_link(scheduler.awaited.first)->awaited_ns < due_ns) {
		due_ns = budget_of_link(scheduler.awaited.first)->awaited_ns;
	}
	return due_ns;
}

/* Its thread waits, READY but in no ready queue, until the budget's next refill. The queue is
 * bounded by the number of declared budgets. */
static void
park(struct thread *thread, struct budget *budget)
{
	struct queue_link *after = scheduler.awaited.last;

	thread->is_parked = true;
	queue_append(&budget->parked, &thread->link);
	if (budget->is_awaited) {
		return;
	}
	budget->is_awaited = true;
	budget->awaited_ns = budget_due_ns(budget);
	while (after != NULL && budget_of_link(after)->awaited_ns > budget->awaited_ns) {
		after = after->previous;
	}
	queue_insert(&scheduler.awaited, after, &budget->link);
	timer_program();
}

/* They go behind their equals, whoever they are: a refill moves nobody forward (seL4 #1365). */
bool
scheduler_refill_step(uint64_t now_ns)
{
	if (queue_is_empty(&scheduler.awaited) ||
		budget_of_link(scheduler.awaited.first)->awaited_ns > now_ns) {
		return false;
	}
	struct budget *budget = budget_of_link(scheduler.awaited.first);
	if (queue_is_empty(&budget->parked)) {
		queue_remove(&scheduler.awaited, &budget->link);
		budget->is_awaited = false;
	} else {
		struct thread *thread = thread_of(budget->parked.first);
		queue_remove(&budget->parked, &thread->link);
		thread->is_parked = false;
		scheduler_append(thread);
	}
	return true;
}

static void
debtor_charge(struct thread *debtor, uint64_t used_ns)
{
	debtor->slow &= (uint16_t)~SLOW_CREDIT;
	debtor->credit_ns = debtor->caller == NULL ? 0 : debtor->credit_ns + used_ns;
	scheduler.debtor = NULL;
}

/* Charges what the run used. */
static inline void
run_end(uint64_t now_ns)
{
	struct budget *budget = scheduler.budget;
	uint64_t used_ns = now_ns - scheduler.run_start_ns;

	if (budget == NULL) {
		return;
	}
	scheduler.budget = NULL;
	scheduler.is_endless = false;
	budget->used_ticks += arch_ticks() - scheduler.run_start_ticks;
	if (budget->amount_ns != 0) {
		budget_charge(budget, scheduler.run_wanted_ns, used_ns);
		budget->wanted_ns = now_ns;
	}
	if (scheduler.debtor != NULL) {
		debtor_charge(scheduler.debtor, used_ns);
	}
}

/* Somebody more important may run just now, and again whenever a turn ends: whoever it interrupted
 * stands first in its queue, and its turn is over. */
static void
slice_end(void)
{
	const struct queue *equals = &scheduler.ready[scheduler.slice_priority];
	const struct thread *current = scheduler.current;

	scheduler.slice_end_ns = 0;
	if (current != NULL && current->priority == scheduler.slice_priority) {
		if (current->state == THREAD_READY) {
			scheduler_yield();
		}
	} else if (!queue_is_empty(equals)) {
		struct thread *first = thread_of(equals->first);
		ready_remove(first);
		scheduler_append(first);
	}
}

void
scheduler_expire(uint64_t now_ns)
{
	if (scheduler.slice_end_ns != 0 && now_ns >= scheduler.slice_end_ns) {
		slice_end();
	}
	if (now_ns >= scheduler.run_end_ns) {
		scheduler.run_end_ns = UINT64_MAX;
		run_end(now_ns);
	}
}

/* The current thread keeps the CPU unless somebody of higher priority is ready. Whoever is returned
 * stands in no queue, and nobody is current. */
static struct thread *
take_highest(void)
{
	struct thread *current = scheduler.current;
	bool runs = current != NULL && current->state == THREAD_READY;

	scheduler.current = NULL;
	if (runs) {
		scheduler_want(current); /* it may have run on a caller's until now */
		if (scheduler.ready_map >> current->priority <= 1) {
			return current;
		}
		ready_push(current);
	}
	if (scheduler.ready_map == 0) {
		return NULL;
	}
	return scheduler_take(scheduler_top());
}

/* Who pays for what a thread does: the one whose call it serves, or whose call that one serves.
 * What the kernel itself reports for a faulted thread is not paid by it. */
static inline const struct thread *
payer_of(const struct thread *thread)
{
	while (thread->caller != NULL && (thread->caller->slow & SLOW_FAULT) == 0) {
		thread = thread->caller;
	}
	return thread;
}

bool
scheduler_pays(const struct thread *caller)
{
	struct budget *budget = caller->process->budget;

	return (caller->slow & SLOW_FAULT) != 0 || payer_of(caller) != caller ||
	       budget->amount_ns == 0 || budget_left_ns(budget, arch_clock_ns()) != 0;
}

/* How long a server may go on for a caller whose budget is used up: the rest of its reserve, or
 * until the caller has something again. 0: it has overrun its reserve, which is its fault. */
static uint64_t
credit_left_ns(const struct thread *thread, const struct budget *budget, uint64_t now_ns)
{
	uint64_t reserve_ns = thread->process->budget->reserve_ns;
	uint64_t left_ns = budget_due_ns(budget) - now_ns;

	if (reserve_ns != 0 && thread->credit_ns >= reserve_ns) {
		return 0;
	}
	if (reserve_ns != 0 && reserve_ns - thread->credit_ns < left_ns) {
		left_ns = reserve_ns - thread->credit_ns;
	}
	return left_ns;
}

/* A run begins: of `budget`, until end_ns, on the credit of `debtor` or of nobody. */
static void
run_start(struct budget *budget, struct thread *debtor, uint64_t now_ns, uint64_t end_ns)
{
	scheduler.budget = budget;
	scheduler.debtor = debtor;
	scheduler.is_endless = budget != NULL && end_ns == UINT64_MAX;
	scheduler.run_start_ticks = arch_ticks();
	scheduler.run_start_ns = now_ns;
	if (scheduler.run_end_ns != end_ns) {
		scheduler.run_end_ns = end_ns;
		timer_program();
	}
}

/* A server that its callers cannot stop has stopped itself: its supervisor learns it. Without one
 * the process ends; if that is interrupted it is still READY, and the next try goes on. */
static void
overrun(struct thread *thread)
{
	struct fault_report report = {.kind = FAULT_RESERVE, .address = thread->credit_ns};

	fault_raise(thread, &report);
	if (thread->state == THREAD_READY) {
		ready_push(thread);
	}
}

/* A run on a budget that has an end. False: nobody pays for the thread, and it stands where it will
 * not be chosen. */
static __attribute__((noinline)) bool
run_limited(struct thread *thread, struct budget *budget, bool is_lent, uint64_t now_ns)
{
	uint64_t left_ns = budget_left_ns(budget, now_ns);

	/* A server may have waited with the call, not for the CPU. */
	scheduler.run_wanted_ns = is_lent ? now_ns : budget->wanted_ns;
	if (left_ns != 0) {
		thread->credit_ns = 0;
		run_start(budget, NULL, now_ns, now_ns + left_ns);
		return true;
	}
	if (!is_lent) {
		park(thread, budget);
		return false;
	}
	left_ns = credit_left_ns(thread, budget, now_ns);
	if (left_ns == 0) {
		overrun(thread);
		return false;
	}
	thread->slow |= SLOW_CREDIT;
	run_start(budget, thread, now_ns, now_ns + left_ns);
	return true;
}

/* A run begins that is not as endless as the one that ends. False: as run_limited. */
static __attribute__((noinline)) bool
run_begin(struct thread *thread, struct budget *budget, bool is_lent)
{
	uint64_t now_ns = arch_clock_ns();

	run_end(now_ns);
	if (budget->amount_ns != 0) {
		return run_limited(thread, budget, is_lent, now_ns);
	}
	run_start(budget, NULL, now_ns, UINT64_MAX);
	return true;
}

/* The run that has to go on or begin for this thread to run. False: as run_limited. */
static inline bool
run_for(struct thread *thread)
{
	const struct thread *payer = payer_of(thread);
	struct budget *budget = payer->process->budget;

	if (budget == scheduler.budget && scheduler.debtor == NULL) {
		return true;
	}
	if (scheduler.is_endless && budget->amount_ns == 0) {
		scheduler_use(budget, arch_ticks());
		return true;
	}
	return run_begin(thread, budget, payer != thread);
}

/* Who runs next, with a budget to run on; NULL: nobody can. */
static struct thread *
choose(void)
{
	struct thread *next;

	do {
		next = take_highest();
	} while (next != NULL && !run_for(next));
	return next;
}

/* Nobody is charged for it. */
static void
idle(void)
{
	run_end(arch_clock_ns());
	run_start(NULL, NULL, 0, UINT64_MAX);
	arch_wait_for_interrupt();
	irq_handle_pending();
}

/* Equals take turns; who has none beside it is never interrupted for it. */
static void
slice_start(const struct thread *next)
{
	if (scheduler.slice_end_ns == 0 && !queue_is_empty(&scheduler.ready[next->priority])) {
		scheduler.slice_end_ns = arch_clock_ns() + SLICE_NS;
		scheduler.slice_priority = next->priority;
		timer_arm(scheduler.slice_end_ns);
	}
}

/* The thread that entered is the only one of its priority or above that is ready, and the run that
 * goes on is its own: all that choose() and what follows it would find. */
static bool
goes_on(const struct thread *thread)
{
	return thread != NULL && thread->state == THREAD_READY &&
	       scheduler.ready_map >> thread->priority == 0 && scheduler.debtor == NULL &&
	       payer_of(thread)->process->budget == scheduler.budget &&
	       !(thread->slow & SLOW_TRACE) && !trace_is_on() && !monitor_is_stale();
}

/* Whoever entered may block, or yield to others. */
static __attribute__((noinline)) struct arch_context *
run_next(struct thread *left)
{
	struct thread *next;

	for (bool is_idle = false; (next = choose()) == NULL; is_idle = true) {
		if (!is_idle) {
			trace_switch(left, NULL);
			left = NULL;
		}
		idle();
	}
	scheduler.current = next;
	trace_mark(next);
	if (next != left) {
		trace_switch(left, next);
	}
	slice_start(next);
	return &next->context;
}

struct arch_context *
scheduler_run(void)
{
	struct thread *left = scheduler.current;

	return goes_on(left) ? &left->context : run_next(left);
}
