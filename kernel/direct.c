/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The short way's second half, for messages that a program judges: the same hand-over from sender
 * to receiver, without a look at the queues, but in ordinary C. What it excludes goes the long way
 * of message.c, from which it must not differ.
 */
#include "kernel/direct.h"

#include "kernel/derivation.h"
#include "kernel/endpoint.h"
#include "kernel/lease.h"
#include "kernel/memory.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "ksm/engine/plain.h"
#include "ksm/format_shape.h"

/* In what ksm_carries returns. */
#define HANDLES(count) ((uint32_t)(count) << (FORMAT_SHAPE_CALL_HANDLES - FORMAT_SHAPE_MORE_SHIFT))

/* Reserved bits of the info word count as length. */
static bool
can_go(const struct thread *caller, const struct thread *receiver, uint32_t info)
{
	return caller->slow + receiver->slow == 0 &&
	       info >> INFO_LENGTH_SHIFT <= ARCH_PAYLOAD_BYTES;
}

/* All conditions under which the capability of a request lands in one step: it is the only one, a
 * client's, of an object that nobody freezes, for a receiver that runs at once, has room, and may
 * have it. Then the payload begins with what is judged of it. Else NULL, and nothing has changed.
 */
static struct slot *
describe(struct thread *caller, const struct thread *receiver, uint32_t carried, uint32_t *edge)
{
	const struct process *holder = receiver->process;
	uint8_t *payload = arch_payload(&caller->context);
	uint32_t handle = get_u32(payload);
	struct slot *given = &caller->slots[handle & caller->slot_mask];

	if (carried != HANDLES(1) || !scheduler_can_hand_to(receiver) || given->handle != handle ||
		!slot_is_client(given) || given->object->frozen != 0 || given->depth == DEPTH_MAX ||
		slot_table_is_full(&holder->table) || slot_lists.are_counted) {
		return NULL;
	}
	uint32_t interface = caller->edges[given->edge].interface;
	*edge = monitor_edge(holder->label, given->label, interface);
	if (*edge == SLOT_NO_EDGE) {
		return NULL;
	}
	put_u32(payload, interface << 16 | given->label);
	return given;
}

/* It is the receiver's until that receives again, and the payload begins with its handle. */
static void
land(struct thread *caller, struct thread *receiver, struct slot *given, uint32_t edge)
{
	const struct slot *copy = slot_copy_client(&receiver->process->table, given, edge);

	receiver->landed[0] = copy->handle;
	receiver->landed_count = 1;
	receiver->slow = SLOW_LANDED;
	put_u32(arch_payload(&caller->context), copy->handle);
}

struct arch_context *
direct_call(struct arch_context *context, const struct slot *slot, uint32_t info)
{
	struct thread *caller = container_of(context, struct thread, context);
	struct endpoint *endpoint = (struct endpoint *)slot->object;
	struct thread *receiver = container_of(endpoint->receivers.first, struct thread, link);
	struct ksm_entry *row = ksm_entry_at(&caller->edges[slot->edge], info_method(info));
	uint32_t carried = ksm_carries(row);
	struct call *call = &caller->call;
	struct slot *given = NULL;
	uint32_t edge = SLOT_NO_EDGE;

	if (!can_go(caller, receiver, info)) {
		return kernel_syscall(context, SYS_call);
	}
	if ((carried & HANDLES(FORMAT_SHAPE_HANDLES_MASK)) != 0) {
		given = describe(caller, receiver, carried, &edge);
		if (given == NULL) {
			return kernel_syscall(context, SYS_call);
		}
	}
	scheduler_enter(caller);
	call->edge = slot->edge;
	call->info = info;
	call->badge = slot->badge;
	call->handle = slot->handle;
	if (!monitor_grants_at(caller, row, arch_payload(context))) {
		if (given != NULL) {
			put_u32(arch_payload(context), given->handle);
			return kernel_syscall(context, SYS_call);
		}
		if (!monitor_judge_request(caller, arch_payload(context))) {
			arch_result(context, E_DENIED, 0, 0);
			return scheduler_run();
		}
	}
	if (given != NULL) {
		land(caller, receiver, given, edge);
	} else {
		if (ksm_carries(row) != 0) { /* read again, not kept over calls */
			lease_lend(caller, ksm_entry_shape(row, KSM_CALL));
		}
		if (!scheduler_can_hand_to(receiver)) { /* a record woke somebody */
			endpoint_send(endpoint, caller);
			return scheduler_run();
		}
	}
	(void)queue_take(&endpoint->receivers);
	call->server = receiver;
	caller->state = THREAD_CALLING;
	receiver->caller = caller;
	scheduler_hand_to(receiver);
	return arch_context_give(context, &receiver->context, call->badge, caller->identity, info);
}
