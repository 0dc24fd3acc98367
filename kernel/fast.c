/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The short way of the common messages. Its conditions stand in two functions, one a direction;
 * what they exclude (queues, deadlines, programs, audit, equal priorities) takes the long way of
 * message.c, from which these functions must not differ.
 */
#include "kernel/fast.h"

#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"

#define INFO_KNOWN (INFO_METHOD_MASK | INFO_LENGTH_MASK << INFO_LENGTH_SHIFT)

static bool
is_valid(uint32_t info)
{
	return (info & ~INFO_KNOWN) == 0 && info_length(info) <= MESSAGE_BYTES_MAX;
}

/*
 * From registers to registers, and from buffer to buffer what they do not hold: the one copy. A
 * plain grant looks at no byte, so nobody minds that the sender's buffer is its own. Registers are
 * copied whole; what is beyond the length is cleared by arch_result and arch_received.
 */
static void
copy_payload(struct thread *to, struct thread *from, uint32_t length)
{
	uintptr_t *out = (uintptr_t *)(void *)arch_payload(&to->context);
	const uintptr_t *in = (const uintptr_t *)(const void *)arch_payload(&from->context);

	if (length > ARCH_PAYLOAD_BYTES) {
		memory_copy(to->buffer + ARCH_PAYLOAD_BYTES, from->buffer + ARCH_PAYLOAD_BYTES,
			length - ARCH_PAYLOAD_BYTES);
		length = ARCH_PAYLOAD_BYTES;
	}
	for (uint32_t i = 0; i * sizeof(uintptr_t) < length; i++) {
		out[i] = in[i];
	}
}

/* The one that a call can go to at once, or NULL. */
static struct thread *
receiver_for(const struct thread *caller, const struct slot *slot, uint32_t info)
{
	if (slot == NULL || slot->object->kind != KIND_ENDPOINT || slot->rights != RIGHT_SEND ||
		slot->edge == SLOT_NO_EDGE || !is_valid(info) || caller->slow != 0) {
		return NULL;
	}
	const struct endpoint *endpoint = (const struct endpoint *)slot->object;
	if (endpoint->receivers.first == NULL || endpoint->is_closed) {
		return NULL;
	}
	struct thread *receiver = container_of(endpoint->receivers.first, struct thread, link);
	return receiver->slow != 0 || !scheduler_can_hand_to(receiver) ? NULL : receiver;
}

struct arch_context *
fast_call(struct thread *caller, uint32_t handle, uint32_t info)
{
	struct slot *slot = slot_find(&caller->process->table, handle);
	struct thread *receiver = receiver_for(caller, slot, info);

	if (receiver == NULL || !monitor_grant_plain(slot->edge, KSM_CALL, info, info)) {
		return NULL;
	}
	queue_remove(&receiver->receiving_at->receivers, &receiver->link);
	receiver->receiving_at = NULL;
	caller->call = (struct call){
		.server = receiver,
		.edge = slot->edge,
		.info = info,
		.handle = handle,
		.badge = slot->badge,
		.epoch = monitor_epoch(),
	};
	caller->state = THREAD_CALLING;
	receiver->caller = caller;
	copy_payload(receiver, caller, info_length(info));
	arch_received(&receiver->context, slot->badge, caller->process->label,
		caller->process->instance, info, info_length(info));
	return scheduler_hand_to(receiver);
}

/* Whether the server can answer at once and then wait at the endpoint. */
static bool
can_answer(const struct thread *server, const struct slot *slot, uint32_t info)
{
	const struct thread *caller = server->caller;

	if (caller == NULL || caller->slow != 0 || !is_valid(info) || info_method(info) != 0 ||
		server->slow != 0) {
		return false;
	}
	if (slot == NULL || slot->object->kind != KIND_ENDPOINT ||
		!(slot->rights & RIGHT_RECEIVE)) {
		return false;
	}
	return queue_is_empty(&((const struct endpoint *)slot->object)->senders) &&
	       scheduler_can_hand_to(caller);
}

struct arch_context *
fast_reply_recv(struct thread *server, uint32_t handle, uint32_t info)
{
	struct slot *slot = slot_find(&server->process->table, handle);
	struct thread *caller = server->caller;

	if (!can_answer(server, slot, info) ||
		!monitor_grant_plain(caller->call.edge, KSM_REPLY, caller->call.info, info)) {
		return NULL;
	}
	struct endpoint *endpoint = (struct endpoint *)slot->object;
	server->caller = NULL;
	caller->call.server = NULL;
	copy_payload(caller, server, info_length(info));
	arch_result(&caller->context, E_OK, info, info_length(info));
	queue_append(&endpoint->receivers, &server->link);
	server->receiving_at = endpoint;
	server->state = THREAD_RECEIVING;
	caller->state = THREAD_READY;
	return scheduler_hand_to(caller);
}
