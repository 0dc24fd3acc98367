/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Deadlines of blocking calls, and the one hardware timer. */
#include "kernel/timer.h"

#include "kernel/config.h"
#include "kernel/heartbeat.h"
#include "kernel/irq.h"
#include "kernel/policy.h"
#include "kernel/scheduler.h"

/* Ordered by deadline; insertion is bounded by the number of threads that wait with one. */
static struct queue waiting;

/* What the hardware is set to: never later than what is due. */
static uint64_t armed_ns = UINT64_MAX;

/* Many were due at once, and an interrupt came: the rest follows it. */
static uint64_t rest_ns;

static struct thread *
thread_of(struct queue_link *link)
{
	return container_of(link, struct thread, timer_link);
}

void
timer_program(void)
{
	uint64_t next_ns = scheduler_due_ns();

	if (irq_due_ns() < next_ns) {
		next_ns = irq_due_ns();
	}
	if (!queue_is_empty(&waiting) && thread_of(waiting.first)->deadline_ns < next_ns) {
		next_ns = thread_of(waiting.first)->deadline_ns;
	}
	if (heartbeat_due_ns() < next_ns) {
		next_ns = heartbeat_due_ns();
	}
	if (policy_due_ns() < next_ns) {
		next_ns = policy_due_ns();
	}
	armed_ns = next_ns > rest_ns ? next_ns : rest_ns;
	arch_timer_set(armed_ns);
}

void
timer_arm(uint64_t due_ns)
{
	if (due_ns < armed_ns) {
		timer_program();
	}
}

void
timer_set(struct thread *thread, uint64_t deadline_ns)
{
	thread->deadline_ns = deadline_ns;
	thread->slow &= (uint16_t)~SLOW_DEADLINE;
	if (deadline_ns != 0) {
		thread->slow |= SLOW_DEADLINE;
	}
}

void
timer_start(struct thread *thread)
{
	struct queue_link *after = waiting.last;

	if (thread->deadline_ns == 0) {
		return;
	}
	if (thread->state == THREAD_READY) {
		timer_set(thread, 0);
		return;
	}
	while (after != NULL && thread_of(after)->deadline_ns > thread->deadline_ns) {
		after = after->previous;
	}
	queue_insert(&waiting, after, &thread->timer_link);
	thread->is_timed = true;
	timer_program();
}

void
timer_cancel(struct thread *thread)
{
	if (thread->is_timed) {
		queue_remove(&waiting, &thread->timer_link);
		thread->is_timed = false;
		timer_set(thread, 0);
	}
}

/* One whose deadline is over, and one whose budget has something again; false: there is none. */
static bool
expire_step(uint64_t now_ns)
{
	bool wakes = !queue_is_empty(&waiting) && thread_of(waiting.first)->deadline_ns <= now_ns;

	if (wakes) {
		thread_wake(thread_of(waiting.first), E_TIMEOUT);
	}
	return scheduler_refill_step(now_ns) || wakes;
}

void
timer_expire(void)
{
	uint64_t now_ns = arch_clock_ns();
	bool is_more;

	arch_timer_set(UINT64_MAX); /* this one does not wait any more */
	scheduler_expire(now_ns);
	do {
		is_more = expire_step(now_ns);
	} while (is_more && !arch_irq_pending());
	rest_ns = is_more ? now_ns + EXPIRE_REST_NS : 0;
	heartbeat_expire(now_ns);
	policy_expire(now_ns);
	irq_expire(now_ns);
	timer_program();
}
