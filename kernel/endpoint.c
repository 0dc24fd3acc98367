/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Endpoints: where requests wait for a receiver, and receivers for a request. */
#include "kernel/endpoint.h"

#include "kernel/assert.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/timer.h"
#include "kernel/trace.h"
#include "kernel/transfer.h"

static struct thread *
first_of(const struct queue *queue)
{
	return queue->first == NULL ? NULL : container_of(queue->first, struct thread, link);
}

/* The capabilities of a request, if it has any. Whatever is refused here, nothing has changed. */
static enum status
hand_on(struct thread *caller, struct thread *receiver)
{
	if (!(caller->slow & SLOW_STAGED)) {
		return E_OK;
	}
	enum status status = transfer_place(caller, receiver->process);
	if (status == E_OK) {
		transfer_land(receiver, caller);
	}
	return status;
}

/* The one copy of a plain request: from the sender's registers or stage to the receiver. Requires
 * hand_on. */
static void
deliver(struct thread *caller, struct thread *receiver)
{
	const struct call *call = &caller->call;
	uint32_t length = info_length(call->info);

	message_store(receiver, thread_message(caller), length);
	caller->slow &= (uint16_t)~SLOW_STAGED; /* nobody looks at it again */
	arch_received(&receiver->context, call->badge, thread_call_label(caller),
		caller->process->instance, call->info, length);
	caller->state = THREAD_CALLING;
	caller->call.endpoint = NULL;
	reply_owe(receiver, caller);
	trace_call(TRACE_RECEIVE, receiver, caller, caller, 0, length);
}

static void
senders_insert(struct endpoint *endpoint, struct thread *caller)
{
	struct queue_link *after = endpoint->senders.last;

	while (after != NULL &&
		container_of(after, struct thread, link)->priority < caller->priority) {
		after = after->previous;
	}
	queue_insert(&endpoint->senders, after, &caller->link);
	caller->state = THREAD_QUEUED;
	caller->call.endpoint = endpoint;
}

void
endpoint_send(struct endpoint *endpoint, struct thread *caller)
{
	struct thread *receiver = first_of(&endpoint->receivers);

	if (endpoint->is_closed) {
		trace_call(TRACE_END, caller, NULL, caller, E_DIED, 0);
		monitor_abort(caller);
		arch_result(&caller->context, E_DIED, 0, 0);
		return;
	}
	if (receiver == NULL) {
		senders_insert(endpoint, caller);
	} else {
		enum status status = hand_on(caller, receiver);
		if (status != E_OK) {
			arch_result(&caller->context, status, 0, 0);
			return;
		}
		endpoint_leave(receiver);
		timer_cancel(receiver);
		deliver(caller, receiver);
		scheduler_ready(receiver);
	}
	timer_start(caller);
}

/* A request that was granted under an older policy is judged again (decisions A1, A5). */
static bool
still_granted(struct thread *caller)
{
	return caller->call.epoch == monitor_epoch() ||
	       monitor_judge_request(caller, thread_message(caller));
}

void
endpoint_receive(struct endpoint *endpoint, struct thread *receiver)
{
	struct thread *caller;

	kernel_assert(receiver->caller == NULL);
	if (endpoint->is_closed || endpoint->is_retired) {
		arch_received(&receiver->context, 0, 0, 0, INFO_FAILED | E_CANCELLED, 0);
		return;
	}
	for (;;) {
		/* Each time: a denial of this turn may have signalled. */
		if (receiver->bound != NULL && receiver->bound->bits != 0) {
			uint32_t bits = notification_take(receiver->bound);
			arch_received(&receiver->context, bits, 0, 0, INFO_NOTIFICATION, 0);
			return;
		}
		caller = first_of(&endpoint->senders);
		if (caller == NULL) {
			break;
		}
		if (!scheduler_pays(caller)) {
			thread_call_again(caller);
			continue;
		}
		enum status status = still_granted(caller) ? hand_on(caller, receiver) : E_DENIED;
		if (status == E_OK) {
			endpoint_leave(caller);
			deliver(caller, receiver);
			return;
		}
		thread_wake(caller, status);
	}
	queue_append(&endpoint->receivers, &receiver->link);
	receiver->state = THREAD_RECEIVING;
	receiver->receiving_at = endpoint;
	timer_start(receiver);
}

void
endpoint_leave(struct thread *thread)
{
	if (thread->state == THREAD_RECEIVING) {
		queue_remove(&thread->receiving_at->receivers, &thread->link);
	} else {
		kernel_assert(thread->state == THREAD_QUEUED);
		queue_remove(&thread->call.endpoint->senders, &thread->link);
		thread->call.endpoint = NULL;
	}
}

bool
endpoint_restart_step(struct slot *slot)
{
	struct endpoint *endpoint = (struct endpoint *)slot->object;

	if (slot_stale_step(slot)) {
		return true;
	}
	if (endpoint->is_closed) {
		endpoint->is_closed = false;
		queue_remove(&endpoint->senders, &endpoint->nobody);
	}
	return false;
}

bool
endpoint_close_step(struct endpoint *endpoint)
{
	if (!endpoint->is_closed) {
		endpoint->is_closed = true;
		queue_append(&endpoint->senders, &endpoint->nobody);
	}
	if (endpoint->senders.first != &endpoint->nobody) {
		thread_wake(first_of(&endpoint->senders), E_DIED);
	} else if (!queue_is_empty(&endpoint->receivers)) {
		thread_wake(first_of(&endpoint->receivers), E_CANCELLED);
	}
	return endpoint->senders.first != &endpoint->nobody ||
	       !queue_is_empty(&endpoint->receivers);
}

bool
endpoint_retire_step(struct endpoint *endpoint)
{
	endpoint->is_retired = true;
	return endpoint_close_step(endpoint) || process_forget_step(endpoint);
}
