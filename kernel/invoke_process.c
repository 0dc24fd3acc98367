/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of processes and threads. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/destroy.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"

/* A frame capability in a process's own table. */
static struct slot *
frame_in(struct process *process, uint32_t handle)
{
	struct slot *slot = slot_find(&process->table, handle);

	return slot != NULL && slot->object->kind == KIND_FRAME ? slot : NULL;
}

static enum status
do_process_grant(const struct invocation *call)
{
	uint32_t granted = 0;
	struct capability wanted = {
		.badge = get_u32(call->in + PROCESS_GRANT_BADGE_OFFSET),
		.label = get_u16(call->in + PROCESS_GRANT_LABEL_OFFSET),
		.interface = get_u16(call->in + PROCESS_GRANT_INTERFACE_OFFSET),
		.rights = call->in[PROCESS_GRANT_RIGHTS_OFFSET],
	};
	enum status status =
		process_grant((struct process *)call->slot->object, call->thread->process,
			get_u32(call->in + PROCESS_GRANT_HANDLE_OFFSET), &wanted, &granted);

	put_u32(call->out + PROCESS_GRANT_OUT_HANDLE_OFFSET, granted);
	return status;
}

static enum status
do_process_map(const struct invocation *call)
{
	struct slot *frame = frame_in((struct process *)call->slot->object,
		get_u32(call->in + PROCESS_MAP_HANDLE_OFFSET));

	return frame == NULL ? E_HANDLE
			     : frame_map(frame, get_u64(call->in + PROCESS_MAP_VADDR_OFFSET),
				       call->in[PROCESS_MAP_RIGHTS_OFFSET]);
}

static enum status
do_process_unmap(const struct invocation *call)
{
	struct slot *frame = frame_in((struct process *)call->slot->object,
		get_u32(call->in + PROCESS_UNMAP_HANDLE_OFFSET));

	if (frame == NULL) {
		return E_HANDLE;
	}
	return frame_unmap_step(frame) ? STATUS_AGAIN : E_OK;
}

static enum status
do_process_configure(const struct invocation *call)
{
	const uint16_t identity[2] = {get_u16(call->in + PROCESS_CONFIGURE_LABEL_OFFSET),
		get_u16(call->in + PROCESS_CONFIGURE_INSTANCE_OFFSET)};
	struct process *process = (struct process *)call->slot->object;
	enum status status = process_configure(process, call->thread->process,
		get_u32(call->in + PROCESS_CONFIGURE_ENDPOINT_OFFSET),
		get_u32(call->in + PROCESS_CONFIGURE_BADGE_OFFSET), identity,
		call->in[PROCESS_CONFIGURE_PRIORITY_MAX_OFFSET]);

	if (status == E_OK && call->in[PROCESS_CONFIGURE_TIMELESS_OFFSET] != 0) {
		process->is_timeless = true;
		arch_counter_close();
	}
	return status;
}

static enum status
do_process_budget(const struct invocation *call)
{
	return process_budget((struct process *)call->slot->object,
		get_u64(call->in + PROCESS_BUDGET_AMOUNT_NS_OFFSET),
		get_u64(call->in + PROCESS_BUDGET_PERIOD_NS_OFFSET),
		get_u64(call->in + PROCESS_BUDGET_RESERVE_NS_OFFSET));
}

/* The monitor has just compared the digest with the policy's: that is the check. */
static enum status
do_process_start(const struct invocation *call)
{
	struct process *process = (struct process *)call->slot->object;

	if (process->label != call->slot->label || process->is_stopped) {
		return E_STATE; /* judged for one label, configured for another */
	}
	process->is_started = true;
	return E_OK;
}

static enum status
do_process_stop(const struct invocation *call)
{
	return process_stop_step((struct process *)call->slot->object) ? STATUS_AGAIN : E_OK;
}

static enum status
do_process_exit(const struct invocation *call)
{
	if ((struct process *)call->slot->object != call->thread->process) {
		return E_STATE;
	}
	process_exit(call->thread, (int32_t)get_u32(call->in + PROCESS_EXIT_CODE_OFFSET));
	return INVOKE_NO_RESULT;
}

/* The capability of the process's own table that a method names at the start of its request. */
static struct slot *
named(const struct invocation *call)
{
	_Static_assert(PROCESS_DELETE_HANDLE_OFFSET == 0 && PROCESS_REVOKE_HANDLE_OFFSET == 0 &&
			       PROCESS_MOVE_HANDLE_OFFSET == 0,
		"the handle stands first");
	return slot_find(&((struct process *)call->slot->object)->table, get_u32(call->in));
}

static enum status
do_process_delete(const struct invocation *call)
{
	struct slot *slot = named(call);

	if (slot == NULL) {
		return E_HANDLE;
	}
	return capability_delete_step(slot) ? STATUS_AGAIN : E_OK;
}

static enum status
do_process_revoke(const struct invocation *call)
{
	struct slot *slot = named(call);

	if (slot == NULL) {
		return E_HANDLE;
	}
	return capability_revoke_step(slot) ? STATUS_AGAIN : E_OK;
}

static enum status
do_process_move(const struct invocation *call)
{
	struct slot *slot = named(call);
	struct slot *moved;

	if (slot == NULL) {
		return E_HANDLE;
	}
	enum status status = slot_move(slot, &moved);
	if (status == E_OK) {
		put_u32(call->out + PROCESS_MOVE_OUT_HANDLE_OFFSET, moved->handle);
	}
	return status;
}

static enum status
do_thread_configure(const struct invocation *call)
{
	return thread_configure((struct thread *)call->slot->object, call->thread->process,
		get_u32(call->in + THREAD_CONFIGURE_PROCESS_OFFSET),
		get_u64(call->in + THREAD_CONFIGURE_BUFFER_OFFSET),
		call->in[THREAD_CONFIGURE_PRIORITY_OFFSET]);
}

static enum status
do_thread_start(const struct invocation *call)
{
	return thread_start((struct thread *)call->slot->object,
		get_u64(call->in + THREAD_START_PC_OFFSET),
		get_u64(call->in + THREAD_START_SP_OFFSET),
		get_u64(call->in + THREAD_START_TP_OFFSET),
		get_u64(call->in + THREAD_START_ARGUMENT_OFFSET));
}

static enum status
do_thread_inform(const struct invocation *call)
{
	struct thread *thread = (struct thread *)call->slot->object;

	if (thread->process == NULL || thread->state != THREAD_INACTIVE) {
		return E_STATE;
	}
	memory_copy(thread->buffer, call->in + THREAD_INFORM_BYTES_OFFSET,
		info_length(call->thread->call.info) - THREAD_INFORM_BYTES_OFFSET);
	return E_OK;
}

static enum status
do_thread_stop(const struct invocation *call)
{
	thread_stop((struct thread *)call->slot->object);
	return E_OK;
}

static enum status
do_thread_bind(const struct invocation *call)
{
	return thread_bind((struct thread *)call->slot->object, call->thread->process,
		get_u32(call->in + THREAD_BIND_NOTIFICATION_OFFSET));
}

static enum status
do_thread_cancel(const struct invocation *call)
{
	return thread_cancel((struct thread *)call->slot->object);
}

static const struct method process_methods[] = {
	[PROCESS_GRANT] = {do_process_grant, PROCESS_GRANT_REPLY_BYTES},
	[PROCESS_MAP] = {do_process_map, PROCESS_MAP_REPLY_BYTES},
	[PROCESS_UNMAP] = {do_process_unmap, PROCESS_UNMAP_REPLY_BYTES},
	[PROCESS_CONFIGURE] = {do_process_configure, PROCESS_CONFIGURE_REPLY_BYTES},
	[PROCESS_BUDGET] = {do_process_budget, PROCESS_BUDGET_REPLY_BYTES},
	[PROCESS_START] = {do_process_start, PROCESS_START_REPLY_BYTES},
	[PROCESS_STOP] = {do_process_stop, PROCESS_STOP_REPLY_BYTES},
	[PROCESS_EXIT] = {do_process_exit, PROCESS_EXIT_REPLY_BYTES},
	[PROCESS_DELETE] = {do_process_delete, PROCESS_DELETE_REPLY_BYTES},
	[PROCESS_REVOKE] = {do_process_revoke, PROCESS_REVOKE_REPLY_BYTES},
	[PROCESS_MOVE] = {do_process_move, PROCESS_MOVE_REPLY_BYTES},
};

const struct method_table invoke_process = {
	process_methods, sizeof(process_methods) / sizeof(process_methods[0])};

static const struct method thread_methods[] = {
	[THREAD_CONFIGURE] = {do_thread_configure, THREAD_CONFIGURE_REPLY_BYTES},
	[THREAD_START] = {do_thread_start, THREAD_START_REPLY_BYTES},
	[THREAD_INFORM] = {do_thread_inform, THREAD_INFORM_REPLY_BYTES},
	[THREAD_STOP] = {do_thread_stop, THREAD_STOP_REPLY_BYTES},
	[THREAD_BIND] = {do_thread_bind, THREAD_BIND_REPLY_BYTES},
	[THREAD_CANCEL] = {do_thread_cancel, THREAD_CANCEL_REPLY_BYTES},
};

const struct method_table invoke_thread = {
	thread_methods, sizeof(thread_methods) / sizeof(thread_methods[0])};
