/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads: their states, and the queues that they stand in. */
#include "tests/check/check_thread.h"

#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/endpoint.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/scheduler.h"
#include "kernel/thread.h"
#include "tests/check/check_that.h"
#include "tests/check/parts.h"

#define QUEUE_MAX 100000u /* more means that it goes round */

static struct thread *
thread_at(struct queue_link *link)
{
	return container_of(link, struct thread, link);
}

/* Whether the queue is linked both ways and holds the link. Bounded, so that a ring is found. */
static bool
queue_holds(const struct queue *queue, const struct queue_link *wanted)
{
	const struct queue_link *before = NULL;
	uint32_t count = 0;
	bool is_found = false;

	for (const struct queue_link *link = queue->first; link != NULL; link = link->next) {
		check_that(link->previous == before, "a queue is not linked both ways", count);
		count++;
		check_that(count < QUEUE_MAX, "a queue goes round", count);
		is_found = is_found || link == wanted;
		before = link;
	}
	check_that(queue->last == before, "a queue ends elsewhere", count);
	return is_found;
}

static bool
is_linked(const struct queue_link *link)
{
	return link->next != NULL || link->previous != NULL;
}

static void
check_ready_thread(const struct thread *thread, const struct thread *current)
{
	struct budget *budget = thread->process->budget;

	check_that(!thread->process->is_stopped || thread == current, "a stopped process runs",
		thread->process->instance);
	if (thread == current) {
		check_that(!thread->is_parked && !is_linked(&thread->link),
			"who runs stands in a queue", thread->process->instance);
	} else if (thread->is_parked) {
		check_that(queue_holds(&budget->parked, &thread->link) && budget->is_awaited,
			"a parked thread waits for nothing", thread->process->instance);
	} else {
		check_that(queue_holds(check_ready(thread->priority), &thread->link),
			"a ready thread is in no queue", thread->process->instance);
	}
	check_that(thread->call.endpoint == NULL && thread->call.kept == NULL,
		"a ready thread has a call", thread->process->instance);
}

static void
check_caller(const struct thread *thread)
{
	const struct call *call = &thread->call;

	check_that((call->server != NULL) != (call->kept != NULL), "an answer is owed once",
		thread->process->instance);
	check_that(call->server == NULL || call->server->caller == thread,
		"a server knows nothing of its caller", thread->process->instance);
	check_that(call->kept == NULL || call->kept->caller == thread,
		"a reply object knows nothing of its caller", thread->process->instance);
	check_that(call->endpoint == NULL, "a received call waits", thread->process->instance);
}

static void
check_state(const struct thread *thread, const struct thread *current)
{
	uint16_t instance = thread->process == NULL ? 0 : thread->process->instance;

	switch (thread->state) {
	case THREAD_READY:
		check_ready_thread(thread, current);
		break;
	case THREAD_INACTIVE:
		check_that(!is_linked(&thread->link) && thread->caller == NULL,
			"a stopped thread does something", instance);
		break;
	case THREAD_QUEUED:
		check_that(thread->call.endpoint != NULL &&
				   queue_holds(&thread->call.endpoint->senders, &thread->link),
			"a queued call is in no queue", instance);
		break;
	case THREAD_CALLING:
		check_caller(thread);
		check_that(!is_linked(&thread->link), "a caller stands in a queue", instance);
		break;
	case THREAD_RECEIVING:
		check_that(queue_holds(&thread->receiving_at->receivers, &thread->link),
			"a receiver is in no queue", instance);
		check_that(thread->caller == NULL, "a receiver owes an answer", instance);
		break;
	case THREAD_WAITING:
		check_that(thread->waiting_for == NULL ||
				   queue_holds(&thread->waiting_for->waiters, &thread->link),
			"a waiter is in no queue", instance);
		break;
	default:
		check_that(false, "a state that no thread has", thread->state);
	}
}

static void
check_slow(const struct thread *thread)
{
	bool has_bits = thread->bound != NULL && thread->bound->bits != 0;

	check_that(((thread->slow & SLOW_DEADLINE) != 0) == (thread->deadline_ns != 0),
		"the reason for the long way: a deadline", thread->slow);
	check_that(((thread->slow & SLOW_SIGNAL) != 0) == has_bits,
		"the reason for the long way: bits", thread->slow);
	check_that(thread->bound == NULL || thread->bound->bound == thread,
		"a notification knows nothing of its thread", thread->slow);
	check_that(!thread->is_timed || (thread->deadline_ns != 0 &&
						queue_holds(check_timers(), &thread->timer_link)),
		"a deadline is awaited by nobody", thread->slow);
	check_that(!thread->is_timed ||
			   (thread->state != THREAD_READY && thread->state != THREAD_INACTIVE),
		"who does not wait has a deadline", thread->state);
}

void
check_thread(const struct thread *thread, const struct thread *current)
{
	const struct process *process = thread->process;
	const struct thread *caller = thread->caller;

	check_state(thread, current);
	check_slow(thread);
	if (process == NULL) {
		check_that(thread->state == THREAD_INACTIVE, "a thread of nobody runs", 0);
		return;
	}
	check_that(thread->sibling_before == NULL ? process->threads == thread
						  : thread->sibling_before->sibling == thread,
		"a process does not know its thread", process->instance);
	check_that(thread->slots == process->table.slots &&
			   thread->slot_mask == process->table.count - 1,
		"a thread has another table", process->instance);
	check_that(caller == NULL ||
			   (caller->state == THREAD_CALLING && caller->call.server == thread),
		"a caller knows nothing of its server", process->instance);
}

/* Who stands in the queue must say so. */
static void
check_ready_queue(uint32_t priority)
{
	struct queue *queue = check_ready(priority);

	check_that(((scheduler.ready_map >> priority & 1) != 0) == !queue_is_empty(queue),
		"the map of ready queues", priority);
	(void)queue_holds(queue, NULL);
	for (struct queue_link *link = queue->first; link != NULL; link = link->next) {
		const struct thread *thread = thread_at(link);
		check_that(thread->state == THREAD_READY && thread->priority == priority &&
				   !thread->is_parked,
			"a ready queue holds another", priority);
	}
}

static void
check_budget(struct queue_link *link)
{
	struct budget *budget = container_of(link, struct budget, link);
	uint64_t sum_ns = 0;

	/* Whoever was parked may have been stopped since: its refill comes all the same. */
	check_that(budget->is_awaited, "a budget is awaited and knows nothing of it",
		budget->amount_ns);
	for (uint32_t i = 0; i < budget->refill_count; i++) {
		sum_ns += budget->refills[i].amount_ns;
	}
	check_that(sum_ns == budget->amount_ns, "a budget lost time", budget->amount_ns - sum_ns);
	(void)queue_holds(&budget->parked, NULL);
	for (struct queue_link *parked = budget->parked.first; parked != NULL;
		parked = parked->next) {
		check_that(thread_at(parked)->is_parked && thread_at(parked)->state == THREAD_READY,
			"a budget holds another", budget->amount_ns);
	}
}

void
check_queues(void)
{
	uint64_t before_ns = 0;

	for (uint32_t priority = 0; priority < PRIORITIES; priority++) {
		check_ready_queue(priority);
	}
	(void)queue_holds(check_timers(), NULL);
	for (struct queue_link *link = check_timers()->first; link != NULL; link = link->next) {
		const struct thread *thread = container_of(link, struct thread, timer_link);
		check_that(thread->is_timed && thread->deadline_ns >= before_ns,
			"deadlines are out of order", thread->deadline_ns);
		before_ns = thread->deadline_ns;
	}
	(void)queue_holds(check_awaited(), NULL);
	for (struct queue_link *link = check_awaited()->first; link != NULL; link = link->next) {
		check_budget(link);
	}
}

void
check_endpoint(const struct endpoint *endpoint)
{
	uint32_t before = PRIORITIES;

	(void)queue_holds(&endpoint->senders, NULL);
	(void)queue_holds(&endpoint->receivers, NULL);
	check_that(endpoint->is_closed == queue_holds(&endpoint->senders, &endpoint->nobody),
		"a closed endpoint has a mark in its queue", endpoint->is_closed);
	for (struct queue_link *link = endpoint->senders.first; link != NULL; link = link->next) {
		if (link == &endpoint->nobody) {
			continue;
		}
		const struct thread *thread = thread_at(link);
		check_that(thread->state == THREAD_QUEUED && thread->call.endpoint == endpoint,
			"an endpoint holds another's call", thread->state);
		check_that(thread->priority <= before, "calls are out of order", thread->priority);
		before = thread->priority;
	}
	for (struct queue_link *link = endpoint->receivers.first; link != NULL; link = link->next) {
		check_that(thread_at(link)->state == THREAD_RECEIVING &&
				   thread_at(link)->receiving_at == endpoint,
			"an endpoint holds another's receiver", thread_at(link)->state);
	}
}

void
check_notification(const struct notification *notification)
{
	const struct thread *bound = notification->bound;

	(void)queue_holds(&notification->waiters, NULL);
	for (struct queue_link *link = notification->waiters.first; link != NULL;
		link = link->next) {
		check_that(thread_at(link)->state == THREAD_WAITING &&
				   thread_at(link)->waiting_for == notification,
			"a notification holds another's waiter", thread_at(link)->state);
	}
	check_that(notification->bits == 0 || queue_is_empty(&notification->waiters),
		"bits are pending and somebody waits for them", notification->bits);
	check_that(bound == NULL || bound->bound == notification,
		"a thread knows nothing of its notification", notification->bits);
	check_that(bound == NULL || notification->bits == 0 || bound->state != THREAD_RECEIVING,
		"bits are pending and the bound thread waits", notification->bits);
}
