/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The short way's second half, for messages that a program judges: the same hand-over from sender
 * to receiver, without a look at the queues, but in ordinary C. What it excludes goes the long way
 * of message.c, from which it must not differ.
 */
#include "kernel/direct.h"

#include "kernel/endpoint.h"
#include "kernel/lease.h"
#include "kernel/memory.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/transfer.h"
#include "ksm/engine/plain.h"

/* Whether the request is granted. One with handles is judged in the stage, and described there. */
static enum status
judge(struct thread *caller, struct ksm_entry *row, uint32_t shape)
{
	const uint8_t *bytes = arch_payload(&caller->context);

	if (format_shape_handles(shape, false) != 0) {
		bytes = message_hold_handles(caller, info_length(caller->call.info), shape, false);
	}
	if (bytes == NULL) {
		return E_HANDLE;
	}
	return monitor_judge_at(caller, row, bytes) ? E_OK : E_DENIED;
}

/* The receiver gets the capabilities, and the payload names them as it knows them. */
static enum status
place(struct thread *caller, struct thread *receiver)
{
	enum status status = transfer_place(caller, receiver->process);

	if (status == E_OK) {
		transfer_land(receiver, caller);
		memory_copy(arch_payload(&caller->context), caller->stage,
			info_length(caller->call.info));
	}
	return status;
}

/* Reserved bits of the info word count as length. */
static bool
can_go(const struct thread *caller, const struct thread *receiver, uint32_t info)
{
	return caller->slow + receiver->slow == 0 &&
	       info >> INFO_LENGTH_SHIFT <= ARCH_PAYLOAD_BYTES;
}

struct arch_context *
direct_call(struct arch_context *context, uint32_t handle, uint32_t info)
{
	struct thread *caller = container_of(context, struct thread, context);
	const struct slot *slot = &caller->slots[handle & caller->slot_mask];
	struct endpoint *endpoint = (struct endpoint *)slot->object;
	struct thread *receiver = container_of(endpoint->receivers.first, struct thread, link);
	struct ksm_entry *row = ksm_entry_at(&caller->edges[slot->edge], info_method(info));
	struct call *call = &caller->call;

	if (!can_go(caller, receiver, info)) {
		return kernel_syscall(context, SYS_call);
	}
	scheduler_enter(caller);
	call->edge = slot->edge;
	call->info = info;
	call->badge = slot->badge;
	call->handle = handle;
	uint32_t shape = ksm_carries(row) ? ksm_entry_shape(row, KSM_CALL) : 0;
	enum status status = judge(caller, row, shape);
	if (status == E_OK) {
		if (shape != 0) {
			lease_lend(caller, shape);
		}
		if (!scheduler_can_hand_to(receiver)) { /* a record woke somebody */
			caller->slow |= format_shape_handles(shape, false) != 0 ? SLOW_STAGED : 0;
			endpoint_send(endpoint, caller);
			return scheduler_run();
		}
		status = format_shape_handles(shape, false) != 0 ? place(caller, receiver) : E_OK;
	}
	if (status != E_OK) {
		arch_result(context, status, 0, 0);
		return scheduler_run();
	}
	(void)queue_take(&endpoint->receivers);
	call->server = receiver;
	caller->state = THREAD_CALLING;
	receiver->caller = caller;
	scheduler_hand_to(receiver);
	return arch_context_give(context, &receiver->context, call->badge, caller->identity, info);
}
