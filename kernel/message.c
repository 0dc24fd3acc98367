/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The message path: from a system call's registers to a judged, delivered request or answer. Judged
 * once, at send, on bytes that no user can change (decisions A1): saved registers as they are,
 * longer messages from the sender's stage.
 */
#include "kernel/message.h"

#include "kernel/endpoint.h"
#include "kernel/invoke.h"
#include "kernel/lease.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/slot.h"
#include "kernel/trace.h"
#include "kernel/transfer.h"
#include "ksm/format_shape.h"

#define INFO_KNOWN (INFO_METHOD_MASK | INFO_LENGTH_MASK << INFO_LENGTH_SHIFT)

static uint32_t
in_registers(uint32_t length)
{
	return length < ARCH_PAYLOAD_BYTES ? length : ARCH_PAYLOAD_BYTES;
}

void
message_store(struct thread *thread, const uint8_t *bytes, uint32_t length)
{
	uint32_t head = in_registers(length);

	memory_copy(arch_payload(&thread->context), bytes, head);
	if (length > head) {
		memory_copy(thread->buffer + head, bytes + head, length - head);
	}
}

const uint8_t *
message_hold(struct thread *thread, uint32_t length)
{
	const uint8_t *registers = arch_payload(&thread->context);
	uint32_t head = in_registers(length);

	if (length == head) {
		return registers;
	}
	memory_copy(thread->stage, registers, head);
	memory_copy(thread->stage + head, thread->buffer + head, length - head);
	return thread->stage;
}

/* The same for a message with handles, in the stage: they are described there. NULL: one names
 * nothing. A message too short for them is judged as it is, and is not granted. */
static const uint8_t *
hold_handles(struct thread *thread, uint32_t length, uint32_t shape, bool is_reply)
{
	const uint8_t *bytes = message_hold(thread, length);

	if (length < format_shape_low(shape)) {
		return bytes;
	}
	if (bytes != thread->stage) {
		memory_copy(thread->stage, bytes, length);
	}
	return transfer_describe(thread, shape, is_reply) ? thread->stage : NULL;
}

static bool
info_is_valid(uint32_t info)
{
	return (info & ~INFO_KNOWN) == 0 && info_length(info) <= MESSAGE_BYTES_MAX;
}

/* A capability through which messages go, not kernel methods. */
static bool
is_client(const struct slot *slot)
{
	return (slot->rights & SLOT_CLIENT) != 0;
}

static void
call_record(struct thread *thread, const struct slot *slot, uint32_t info)
{
	thread->call = (struct call){
		.edge = slot->edge,
		.info = info,
		.handle = slot->handle,
		.badge = slot->badge,
		.epoch = monitor_epoch(),
	};
}

/* A method that was interrupted is the call that was judged: from the same registers and stage. */
static bool
goes_on(const struct call *call, const struct slot *slot, uint32_t info)
{
	return call->handle == slot->handle && call->info == info &&
	       call->epoch == monitor_epoch() && !is_client(slot);
}

/* Fills the call record. Returns the bytes that are judged, or NULL: a bad handle among them. */
static const uint8_t *
request_hold(struct thread *thread, const struct slot *slot, uint32_t info, uint32_t shape)
{
	call_record(thread, slot, info);
	thread->slow &= (uint16_t)~SLOW_STAGED;
	if (format_shape_handles(shape, false) == 0) {
		return message_hold(thread, info_length(info));
	}
	thread->slow |= SLOW_STAGED;
	return hold_handles(thread, info_length(info), shape, false);
}

void
message_call(struct thread *thread, uint32_t handle, uint32_t info)
{
	struct slot *slot = slot_find(&thread->process->table, handle);
	bool is_resumed = (thread->slow & SLOW_RESUMED) != 0;

	thread->slow &= (uint16_t)~SLOW_RESUMED;
	if (slot == NULL || slot->edge == SLOT_NO_EDGE ||
		(!is_client(slot) && !invoke_is_allowed(slot))) {
		monitor_refuse(thread, handle, slot, KSM_CALL, info_method(info), KSM_CAPABILITY);
		arch_result(&thread->context, E_HANDLE, 0, 0);
		return;
	}
	if (!info_is_valid(info)) {
		monitor_refuse(thread, handle, slot, KSM_CALL, info_method(info), KSM_SHAPE);
		arch_result(&thread->context, E_DENIED, 0, 0);
		return;
	}
	if (slot->rights & SLOT_STALE) {
		slot->rights &= (uint8_t)~SLOT_STALE;
		arch_result(&thread->context, E_RESTARTED, 0, 0);
		return;
	}
	if (is_resumed && goes_on(&thread->call, slot, info)) {
		invoke(thread, slot, info_method(info), thread_message(thread), true);
		return;
	}
	if (!thread_stage_fits(thread, info_length(info))) {
		arch_result(&thread->context, E_MEMORY, 0, 0);
		return;
	}
	uint32_t shape = monitor_shape(slot->edge, KSM_CALL, info_method(info));
	const uint8_t *bytes = request_hold(thread, slot, info, shape);
	if (bytes == NULL) {
		arch_result(&thread->context, E_HANDLE, 0, 0);
		return;
	}
	if (!monitor_judge_request(thread, bytes)) {
		arch_result(&thread->context, E_DENIED, 0, 0);
		return;
	}
	trace_call(TRACE_CALL, thread, NULL, thread, 0, info_length(info));
	if (is_client(slot)) {
		lease_lend(thread, shape);
		endpoint_send((struct endpoint *)slot->object, thread);
	} else {
		invoke(thread, slot, info_method(info), bytes, false);
	}
}

/* The caller left meanwhile, which is no fault of the server's: its answer goes nowhere, once. */
static bool
answers_orphan(struct thread *thread, struct reply *reply)
{
	bool was = reply == NULL ? (thread->slow & SLOW_ORPHAN) != 0 : reply->is_orphaned;

	if (reply == NULL) {
		thread->slow &= (uint16_t)~SLOW_ORPHAN;
	} else {
		reply->is_orphaned = false;
	}
	return was;
}

/* An answer that nobody waits for: the intruder's favourite, so it is on record. */
static enum status
reply_to_nobody(struct thread *thread, uint32_t handle, uint32_t info, enum status status)
{
	monitor_refuse(thread, handle, NULL, KSM_REPLY, info_method(info), KSM_CAPABILITY);
	return status;
}

static enum status
reply_with(struct thread *thread, struct thread *caller, uint32_t info)
{
	uint32_t shape =
		monitor_shape(caller->call.edge, KSM_REPLY, info_method(caller->call.info));
	uint32_t length = info_length(info);

	if (!thread_stage_fits(thread, length)) {
		return E_MEMORY;
	}
	thread->sent_count = 0;
	if (info_method(info) != 0 || format_shape_handles(shape, true) == 0) {
		return reply_send(thread, caller, info, message_hold(thread, length));
	}
	const uint8_t *bytes = hold_handles(thread, length, shape, true);
	if (bytes == NULL) {
		reply_end(caller, E_DENIED);
		return E_HANDLE;
	}
	return reply_send(thread, caller, info, bytes);
}

static enum status
reply_to(struct thread *thread, uint32_t handle, uint32_t info)
{
	struct reply_target target;

	if (!reply_find(thread, handle, &target)) {
		return reply_to_nobody(thread, handle, info, E_HANDLE);
	}
	struct thread *caller = target.caller;
	if (caller == NULL && answers_orphan(thread, target.reply)) {
		return E_CANCELLED;
	}
	if (caller == NULL) {
		return reply_to_nobody(thread, handle, info, E_STATE);
	}
	enum status status = E_DENIED;
	if (info == info_make(REPLY_FAULT, 0)) {
		status = reply_fault(thread, caller);
	} else if (info_is_valid(info)) {
		status = reply_with(thread, caller, info);
	} else {
		monitor_refuse_reply(thread, caller, info);
		reply_end(caller, E_DENIED);
	}
	(void)answers_orphan(thread, target.reply); /* the call is over because it was answered */
	return status;
}

void
message_reply(struct thread *thread, uint32_t handle, uint32_t info)
{
	enum status status = reply_to(thread, handle, info);

	arch_result(&thread->context, status, 0, 0);
}

static void
receive_failed(struct thread *thread, enum status status)
{
	arch_received(&thread->context, 0, 0, 0, INFO_FAILED | (uint32_t)status, 0);
}

/* What landed with the last request goes now. Returns false: an interrupt waits, and the thread
 * makes its call again. */
static bool
landing_clear(struct thread *thread)
{
	while ((thread->slow & SLOW_LANDED) && transfer_drop_step(thread)) {
		if (arch_irq_pending()) {
			arch_context_restart(&thread->context);
			return false;
		}
	}
	return true;
}

static void
receive(struct thread *thread, uint32_t handle)
{
	struct slot *slot = slot_find(&thread->process->table, handle);

	if (slot == NULL || slot->object->kind != KIND_ENDPOINT ||
		!(slot->rights & RIGHT_RECEIVE)) {
		monitor_refuse(thread, handle, slot, KSM_CALL, 0, KSM_CAPABILITY);
		receive_failed(thread, E_HANDLE);
	} else if (thread->caller != NULL) {
		receive_failed(thread, E_STATE); /* answer first, or hold the reply */
	} else {
		endpoint_receive((struct endpoint *)slot->object, thread);
	}
}

void
message_receive(struct thread *thread, uint32_t handle)
{
	if (landing_clear(thread)) {
		receive(thread, handle);
	}
}

/* First the landing slots: an answer cannot be given twice. */
void
message_reply_receive(struct thread *thread, uint32_t handle, uint32_t info)
{
	if (!landing_clear(thread)) {
		return;
	}
	enum status status = reply_to(thread, 0, info);
	if (status != E_OK && status != E_CANCELLED) {
		receive_failed(thread, status);
		return;
	}
	receive(thread, handle);
}
