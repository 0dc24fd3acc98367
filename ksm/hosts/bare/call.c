/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * gatehouse/ipc.h between tasks. A message is copied into the call record, judged there, and copied
 * on if it is granted: between the judgement and the copy no task can change a byte of it.
 */
#include <string.h>

#include "abi/system.h"
#include "core_abi.h"
#include "gatehouse/ipc.h"
#include "ksm/hosts/bare/judge.h"
#include "ksm/hosts/bare/task.h"
#include "ksm/hosts/system.h"

#define INFO_KNOWN (INFO_METHOD_MASK | INFO_LENGTH_MASK << INFO_LENGTH_SHIFT)

const uint32_t sys_payload_bytes = MESSAGE_BYTES_MAX;

static void
put(struct message *message, uint32_t offset, uint32_t width, uint64_t value)
{
	for (uint32_t i = 0; i < width; i++) {
		message->bytes[offset + i] = (uint8_t)(value >> 8 * i);
	}
}

/* The one method of the monitor that this host has. */
static uint32_t
audit_call(uint32_t method, struct message *message)
{
	struct judge_record record;
	uint32_t lost;

	if (method != AUDIT_NEXT) {
		return E_CALL;
	}
	memset(message->bytes, 0, AUDIT_NEXT_REPLY_BYTES);
	message->info = info_make(0, AUDIT_NEXT_REPLY_BYTES);
	if (!judge_take(&record, &lost)) {
		return E_OK;
	}
	put(message, AUDIT_NEXT_OUT_OPERAND_OFFSET, 8, (uint64_t)record.operand);
	put(message, AUDIT_NEXT_OUT_HANDLE_OFFSET, 4, record.handle);
	put(message, AUDIT_NEXT_OUT_BADGE_OFFSET, 4, record.badge);
	put(message, AUDIT_NEXT_OUT_LABEL_OFFSET, 2, record.label);
	put(message, AUDIT_NEXT_OUT_INSTANCE_OFFSET, 2, record.instance);
	put(message, AUDIT_NEXT_OUT_TARGET_OFFSET, 2, record.target);
	put(message, AUDIT_NEXT_OUT_INTERFACE_OFFSET, 2, record.interface);
	put(message, AUDIT_NEXT_OUT_METHOD_OFFSET, 2, record.method);
	put(message, AUDIT_NEXT_OUT_RULE_OFFSET, 4, record.rule);
	put(message, AUDIT_NEXT_OUT_FIELD_OFFSET, 2, record.field);
	put(message, AUDIT_NEXT_OUT_EVENT_OFFSET, 1, record.event);
	put(message, AUDIT_NEXT_OUT_REASON_OFFSET, 1, record.reason);
	put(message, AUDIT_NEXT_OUT_COUNT_OFFSET, 1, 1);
	put(message, AUDIT_NEXT_OUT_LOST_OFFSET, 4, lost);
	return E_OK;
}

static const struct system_line *
line_find(const struct task *task, uint32_t handle)
{
	uint32_t n = (handle & HANDLE_INDEX_MASK) - HANDLE_FIRST_INDEX;

	if (handle != HANDLE_INITIAL(handle & HANDLE_INDEX_MASK) ||
		n >= task->member->capability_count) {
		return NULL;
	}
	return system_line(task->member->first_capability + n);
}

/* The task gets the caller's message and goes on. */
static void
deliver(struct task *caller, struct task *server)
{
	struct call *call = &caller->call;

	memcpy(server->message->bytes, call->bytes, info_length(call->info));
	server->message->info = call->info;
	*server->received = (struct received){
		.kind = RECEIVED_MESSAGE,
		.caller = {.badge = call->badge,
			.label = caller->member->label,
			.instance = caller->member->number},
	};
	call->is_delivered = true;
	server->caller = caller;
	server->state = TASK_READY;
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	struct task *self = task_now();
	const struct system_line *line = line_find(self, handle);
	struct task *server = NULL;
	struct call *call = &self->call;

	if (line != NULL && line->kind == SYSTEM_CLIENT && line->target != SYSTEM_TARGET_INIT) {
		server = task_of(system_member(line->target));
	}
	if (server == NULL && (line == NULL || line->kind != SYSTEM_AUDIT)) {
		judge_refuse(self, handle, NULL, KSM_CALL, method, KSM_CAPABILITY);
		return E_HANDLE;
	}
	call->edge = judge_edge(self->member->label, line->label, line->interface);
	call->info = info_make(method, info_length(message->info));
	call->badge = line->badge | (server == NULL ? 0 : self->member->number);
	if (call->edge == NULL || (call->info & ~INFO_KNOWN) != 0 ||
		info_length(call->info) > MESSAGE_BYTES_MAX) {
		judge_refuse(self, handle, call->edge, KSM_CALL, method, KSM_SHAPE);
		return E_DENIED;
	}
	memcpy(call->bytes, message->bytes, info_length(call->info));
	if (!judge_request(self, handle)) {
		return E_DENIED;
	}
	if (server == NULL) {
		return audit_call(method, message);
	}
	call->server = server;
	call->is_delivered = false;
	self->message = message;
	if (server->state == TASK_RECEIVING) {
		deliver(self, server);
	}
	task_wait(TASK_CALLING);
	return self->status;
}

static void
receive(struct message *message, struct received *received)
{
	struct task *self = task_now();

	self->message = message;
	self->received = received;
	for (uint32_t i = 0; i < system_members(); i++) {
		struct task *caller = task_of(system_member(i));

		if (caller != NULL && caller->state == TASK_CALLING &&
			caller->call.server == self && !caller->call.is_delivered) {
			deliver(caller, self);
			return;
		}
	}
	task_wait(TASK_RECEIVING);
}

static uint32_t
reply(const struct message *message)
{
	struct task *self = task_now();
	struct task *caller = self->caller;
	uint32_t length = info_length(message->info);

	if (caller == NULL) {
		judge_refuse(self, 0, NULL, KSM_REPLY, info_method(message->info), KSM_CAPABILITY);
		return E_STATE;
	}
	self->caller = NULL;
	caller->state = TASK_READY;
	/* The server runs, and it alone: what is judged is what is copied. */
	if (length <= MESSAGE_BYTES_MAX && judge_reply(self, caller, message)) {
		memcpy(caller->message->bytes, message->bytes, length);
		caller->message->info = message->info;
		caller->status = E_OK;
	} else {
		judge_abort(caller);
		caller->status = E_DENIED;
	}
	caller->call.server = NULL;
	return caller->status;
}

void
ipc_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	(void)endpoint;
	receive(message, received);
}

void
ipc_reply_recv(uint32_t endpoint, struct message *message, struct received *received)
{
	uint32_t status = reply(message);

	(void)endpoint;
	if (status == E_OK) {
		receive(message, received);
	} else {
		*received = (struct received){.kind = RECEIVED_FAILED, .status = status};
	}
}

uint32_t
ipc_reply(uint32_t handle, const struct message *message)
{
	return handle == 0 ? reply(message) : (uint32_t)E_HANDLE;
}
