/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads: registers, state, and the record of the one call that a thread has under way. */
#include "kernel/thread.h"

#include "abi/system.h"
#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/endpoint.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/scheduler.h"
#include "kernel/timer.h"
#include "kernel/trace.h"
#include "kernel/untyped.h"

_Static_assert(sizeof(struct thread) <= SYSTEM_THREAD_BYTES, "`gate` reserves this much");

void
thread_init(struct thread *thread, uint8_t *buffer)
{
	thread->buffer = buffer;
	thread->state = THREAD_INACTIVE;
}

static enum status
configure_check(const struct thread *thread, const struct process *process, vaddr_t buffer,
	uint8_t priority)
{
	if (thread->process != NULL || process->is_stopped || process->label == LABEL_NONE) {
		return E_STATE;
	}
	if (priority > process->priority_max || buffer == 0 || buffer % PAGE_BYTES != 0 ||
		buffer >= ARCH_USER_TOP) {
		return E_ARGUMENT;
	}
	if (!arch_space_is_free(&process->space, buffer, 1)) {
		return E_STATE;
	}
	if (arch_space_tables(&process->space, buffer, 1) > untyped_free_pages(process->account)) {
		return E_MEMORY;
	}
	return E_OK;
}

enum status
thread_configure(struct thread *thread, struct process *from, uint32_t process_handle,
	vaddr_t buffer, uint8_t priority)
{
	struct slot *slot = slot_find(&from->table, process_handle);

	if (slot == NULL || slot->object->kind != KIND_PROCESS) {
		return E_HANDLE;
	}
	struct process *process = (struct process *)slot->object;
	enum status status = configure_check(thread, process, buffer, priority);
	if (status != E_OK) {
		return status;
	}
	arch_space_map(&process->space, buffer, arch_address(thread->buffer), 1, ARCH_READ_WRITE,
		untyped_take_page, process->account);
	thread->process = process;
	thread->buffer_address = buffer;
	thread->priority = priority;
	thread->identity = process->label | (uint32_t)process->instance << 16;
	thread->slots = process->table.slots;
	thread->slot_mask = process->table.count - 1;
	thread->edges = monitor_table();
	if (process->threads_made < UINT8_MAX) {
		process->threads_made++;
	}
	thread->number = process->threads_made;
	thread->sibling = process->threads;
	if (thread->sibling != NULL) {
		thread->sibling->sibling_before = thread;
	}
	process->threads = thread;
	return E_OK;
}

enum status
thread_start(struct thread *thread, vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument)
{
	if (thread->process == NULL || !thread->process->is_started ||
		thread->process->is_stopped || thread->state != THREAD_INACTIVE) {
		return E_STATE;
	}
	if (pc >= ARCH_USER_TOP || sp > ARCH_USER_TOP || tp >= ARCH_USER_TOP) {
		return E_ARGUMENT;
	}
	/* Nothing of an earlier life: a thread can be stopped and started again. */
	thread->deadline_ns = 0;
	thread->slow = thread->bound != NULL && thread->bound->bits != 0 ? SLOW_SIGNAL : 0;
	thread->credit_ns = 0;
	thread->stack_top = sp;
	thread->call = (struct call){0};
	arch_context_init(
		&thread->context, &thread->process->space, thread->buffer, pc, sp, tp, argument);
	scheduler_ready(thread);
	return E_OK;
}

enum status
thread_bind(struct thread *thread, struct process *from, uint32_t notification_handle)
{
	struct slot *slot = slot_find(&from->table, notification_handle);

	if (slot == NULL || slot->object->kind != KIND_NOTIFICATION ||
		!(slot->rights & RIGHT_RECEIVE)) {
		return E_HANDLE;
	}
	return notification_bind((struct notification *)slot->object, thread);
}

void
thread_unblock(struct thread *thread)
{
	switch (thread->state) {
	case THREAD_QUEUED:
		endpoint_leave(thread);
		monitor_abort(thread);
		break;
	case THREAD_CALLING:
		reply_forget(thread);
		monitor_abort(thread);
		break;
	case THREAD_RECEIVING:
		endpoint_leave(thread);
		break;
	case THREAD_WAITING:
		notification_leave(thread);
		break;
	default:
		kernel_assert(false);
	}
	timer_cancel(thread);
}

/* A call that is under way will have no answer. */
static void
trace_end(const struct thread *thread, enum status status)
{
	if (thread->state == THREAD_QUEUED || thread->state == THREAD_CALLING) {
		trace_call(TRACE_END, thread, thread->call.server, thread, status, 0);
	}
}

void
thread_wake(struct thread *thread, enum status status)
{
	bool receives = thread->state == THREAD_RECEIVING;

	trace_end(thread, status);
	thread_unblock(thread);
	if (thread->slow & SLOW_FAULT) {
		/* Nobody will resume a faulted thread: it stays where it is. */
		thread->state = THREAD_INACTIVE;
		return;
	}
	if (receives) {
		arch_received(&thread->context, 0, 0, 0, INFO_FAILED | (uint32_t)status, 0);
	} else {
		arch_result(&thread->context, status, 0, 0);
	}
	scheduler_ready(thread);
}

enum status
thread_cancel(struct thread *thread)
{
	if (thread->state == THREAD_INACTIVE || thread->state == THREAD_READY ||
		(thread->slow & SLOW_FAULT)) {
		return E_STATE;
	}
	thread_wake(thread, E_CANCELLED);
	return E_OK;
}

void
thread_call_again(struct thread *thread)
{
	uint64_t deadline_ns = thread->deadline_ns;

	kernel_assert(thread->state == THREAD_QUEUED);
	thread_unblock(thread);
	timer_set(thread, deadline_ns);
	arch_context_restart(&thread->context);
	scheduler_ready(thread);
}

void
thread_stop(struct thread *thread)
{
	if (thread->state == THREAD_READY) {
		scheduler_remove(thread);
	} else if (thread->state != THREAD_INACTIVE) {
		trace_end(thread, E_CANCELLED);
		thread_unblock(thread);
	}
	thread->state = THREAD_INACTIVE;
	if (thread->caller != NULL) {
		reply_end(thread->caller, E_DIED);
	}
	if (thread->bound != NULL) {
		notification_unbind(thread->bound);
	}
}

void
thread_unbind(struct thread *thread)
{
	struct process *process = thread->process;

	/* The buffer's page is about to be somebody else's. */
	arch_space_unmap(&process->space, thread->buffer_address, 1);
	if (thread->sibling_before == NULL) {
		process->threads = thread->sibling;
	} else {
		thread->sibling_before->sibling = thread->sibling;
	}
	if (thread->sibling != NULL) {
		thread->sibling->sibling_before = thread->sibling_before;
	}
	thread->sibling = NULL;
	thread->sibling_before = NULL;
	thread->process = NULL;
}

void
thread_destroy(struct thread *thread)
{
	thread_stop(thread);
	if (thread->process != NULL) {
		thread_unbind(thread);
	}
	arch_context_destroy(&thread->context);
}

uint16_t
thread_call_label(const struct thread *thread)
{
	return thread->slow & SLOW_FAULT ? LABEL_KERNEL : thread->process->label;
}

bool
thread_stack_clean(const struct thread *thread, uint32_t page, uint32_t *clean_bytes)
{
	vaddr_t first = (thread->stack_top - 1) & ~(vaddr_t)(PAGE_BYTES - 1);
	vaddr_t offset = (vaddr_t)page * PAGE_BYTES;
	const uint64_t *words;
	uint32_t i = 0;

	if (thread->process == NULL || thread->stack_top == 0 || offset > first) {
		return false;
	}
	words = arch_space_find(&thread->process->space, first - offset, true);
	if (words == NULL) {
		return false;
	}
	/* Frames are cleared when they are made, so what is not zero was written. */
	while (i < PAGE_BYTES / sizeof(*words) &&
		(words[i] | words[i + 1] | words[i + 2] | words[i + 3]) == 0) {
		i += 4;
	}
	while (i < PAGE_BYTES / sizeof(*words) && words[i] == 0) {
		i++;
	}
	*clean_bytes = i * (uint32_t)sizeof(*words);
	return true;
}

const uint8_t *
thread_message(struct thread *thread)
{
	uint32_t length = info_length(thread->call.info);

	if (length <= ARCH_PAYLOAD_BYTES && !(thread->slow & (SLOW_FAULT | SLOW_STAGED))) {
		return arch_payload(&thread->context);
	}
	return thread->stage;
}
