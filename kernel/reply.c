/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers: who owes one to whom, and the one end of every call (decisions A6, F1). */
#include "kernel/reply.h"

#include "abi/system.h"
#include "kernel/assert.h"
#include "kernel/fault.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "kernel/trace.h"
#include "kernel/transfer.h"

_Static_assert(sizeof(struct reply) <= SYSTEM_SMALL_BYTES, "`gate` reserves this much");

void
reply_owe(struct thread *server, struct thread *caller)
{
	kernel_assert(server->caller == NULL && caller->state == THREAD_CALLING);
	server->caller = caller;
	server->slow &= (uint16_t)~SLOW_ORPHAN;
	caller->call.server = server;
	caller->call.kept = NULL;
}

enum status
reply_hold(struct reply *reply, struct thread *server)
{
	struct thread *caller = server->caller;

	if (caller == NULL || reply->caller != NULL) {
		return E_STATE;
	}
	server->caller = NULL;
	reply->caller = caller;
	reply->is_orphaned = false;
	caller->call.server = NULL;
	caller->call.kept = reply;
	return E_OK;
}

bool
reply_find(struct thread *thread, uint32_t handle, struct reply_target *target)
{
	*target = (struct reply_target){.caller = thread->caller};
	if (handle == 0) {
		return true;
	}
	struct slot *slot = slot_find(&thread->process->table, handle);
	if (slot == NULL || slot->object->kind != KIND_REPLY) {
		return false;
	}
	target->reply = (struct reply *)slot->object;
	target->caller = target->reply->caller;
	return true;
}

void
reply_forget(struct thread *caller)
{
	kernel_assert(caller->state == THREAD_CALLING);
	if (caller->call.server != NULL) {
		caller->call.server->caller = NULL;
		caller->call.server->slow |= SLOW_ORPHAN;
		scheduler_want(caller->call.server);
	}
	if (caller->call.kept != NULL) {
		caller->call.kept->caller = NULL;
		caller->call.kept->is_orphaned = true;
	}
	caller->call.server = NULL;
	caller->call.kept = NULL;
}

void
reply_end(struct thread *caller, enum status status)
{
	kernel_assert(caller->state == THREAD_CALLING);
	thread_wake(caller, status);
}

enum status
reply_send(struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes)
{
	uint32_t length = info_length(info);
	enum status status = E_DENIED;

	if (monitor_judge_reply(server, caller, info, bytes)) {
		/* Capabilities that the caller asked for: they are its own at once. */
		status = transfer_place(server, caller->process);
	}
	if (status != E_OK) {
		reply_end(caller, status);
		return status;
	}
	if (caller->slow & SLOW_FAULT) {
		reply_end(caller, E_OK);
		return E_OK;
	}
	trace_call(TRACE_REPLY, server, caller, caller, info_method(info), length);
	reply_forget(caller);
	timer_cancel(caller);
	message_store(caller, bytes, length);
	arch_result(&caller->context, E_OK, info, length);
	scheduler_ready(caller);
	return E_OK;
}

enum status
reply_fault(struct thread *server, struct thread *caller)
{
	const struct process *process = caller->process;
	struct fault_report report = {
		.kind = FAULT_PROTOCOL,
		.status = info_method(caller->call.info),
		.address = server->process->label,
	};

	if ((caller->slow & SLOW_FAULT) || process->label == LABEL_INIT ||
		process->supervisor == NULL) {
		monitor_refuse_reply(server, caller, info_make(REPLY_FAULT, 0));
		reply_end(caller, E_DENIED);
		return E_DENIED;
	}
	thread_unblock(caller);
	fault_raise(caller, &report);
	return E_OK;
}

void
reply_destroy(struct reply *reply)
{
	if (reply->caller != NULL) {
		reply_end(reply->caller, E_DIED);
	}
}
