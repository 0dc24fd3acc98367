/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The short way of plain messages that wait for their turn: a request that finds nobody at the
 * endpoint, an answer while somebody waits there or in front of it, a yield among equals. In
 * ordinary C, since the queues are looked at; what it excludes goes the long way of message.c, from
 * which it must not differ.
 */
#include "kernel/direct.h"

#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "ksm/engine/plain.h"

struct arch_context *
direct_wait(struct arch_context *context, const struct slot *slot, uint32_t info)
{
	struct thread *caller = container_of(context, struct thread, context);
	struct ksm_entry *row = ksm_entry_at(&caller->edges[slot->edge], info_method(info));
	struct call *call = &caller->call;

	if (caller->slow != 0 || !ksm_is_plain(row, KSM_CALL, info >> INFO_LENGTH_SHIFT) ||
		(info_length(info) > ARCH_PAYLOAD_BYTES &&
			!thread_stage_fits(caller, info_length(info)))) {
		return kernel_syscall(context, SYS_call);
	}
	scheduler_enter(caller);
	call->server = NULL;
	call->kept = NULL;
	call->edge = slot->edge;
	call->info = info;
	call->badge = slot->badge;
	call->handle = slot->handle;
	call->row = row;
	call->epoch = monitor_epoch();
	ksm_count_grant(&caller->edges[slot->edge], row, KSM_CALL);
	if (info_length(info) > ARCH_PAYLOAD_BYTES) {
		(void)message_hold(caller, info_length(info));
	}
	endpoint_send((struct endpoint *)slot->object, caller);
	return scheduler_run();
}

/* The first request that waits, if it needs no second look: judged under the policy in force, on a
 * budget without an end. Else NULL. */
static struct thread *
first_ripe(const struct endpoint *endpoint)
{
	struct queue_link *first = endpoint->senders.first;

	if (first == NULL || endpoint->is_closed) {
		return NULL;
	}
	struct thread *caller = container_of(first, struct thread, link);
	return caller->slow == 0 && caller->call.epoch == monitor_epoch() &&
			       caller->process->budget->amount_ns == 0
		       ? caller
		       : NULL;
}

static void
take(struct endpoint *endpoint, struct thread *server)
{
	struct thread *caller = first_ripe(endpoint);

	if (caller == NULL) {
		endpoint_receive(endpoint, server);
		return;
	}
	struct call *call = &caller->call;
	(void)queue_take(&endpoint->senders);
	caller->state = THREAD_CALLING;
	call->endpoint = NULL;
	call->server = server;
	server->caller = caller;
	if (info_length(call->info) != 0) {
		message_store(server, thread_message(caller), info_length(call->info));
	}
	arch_received(&server->context, call->badge, (uint16_t)caller->identity,
		(uint16_t)(caller->identity >> 16), call->info, info_length(call->info));
}

/* From buffer to buffer, like the answers of fast.c: nobody looks at these bytes. */
static void
answer(struct thread *caller, struct thread *server, uint32_t length)
{
	if (length > ARCH_PAYLOAD_BYTES) {
		memory_copy(caller->buffer + ARCH_PAYLOAD_BYTES,
			server->buffer + ARCH_PAYLOAD_BYTES, length - ARCH_PAYLOAD_BYTES);
		length = ARCH_PAYLOAD_BYTES;
	}
	if (length != 0) {
		message_store(caller, arch_payload(&server->context), length);
	}
}

struct arch_context *
direct_turn(struct arch_context *context, const struct slot *slot, uint32_t info)
{
	struct thread *server = container_of(context, struct thread, context);
	struct thread *caller = server->caller;
	uint32_t length = info_length(info);

	scheduler_enter(server);
	ksm_count_grant(&server->edges[caller->call.edge], caller->call.row, KSM_REPLY);
	server->caller = NULL;
	answer(caller, server, length);
	arch_result(&caller->context, E_OK, info, length);
	scheduler_ready(caller);
	take((struct endpoint *)slot->object, server);
	return scheduler_run();
}

struct arch_context *
direct_yield(struct arch_context *context, const struct slot *slot, uint32_t info)
{
	struct thread *thread = container_of(context, struct thread, context);

	(void)slot;
	(void)info;
	if (thread->slow != 0) {
		return kernel_syscall(context, SYS_yield);
	}
	scheduler_enter(thread);
	arch_result(context, E_OK, 0, 0);
	scheduler_yield();
	return scheduler_run();
}
