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

_Static_assert(sizeof(struct thread) + ARCH_FP_BYTES + MESSAGE_BYTES_MAX + 2 * OBJECT_ALIGN <=
		       SYSTEM_THREAD_BYTES,
	"`gate` reserves this much");
_Static_assert(sizeof(struct thread) + MESSAGE_BYTES_MAX >= SYSTEM_THREAD_LEAST,
	"`gate` says how many an account has room for");
_Static_assert(ARCH_PAYLOAD_BYTES <= STAGE_BRIEF_BYTES, "the short way stages registers");

void
thread_init(struct thread *thread, struct untyped *untyped)
{
	thread->untyped = untyped;
	thread->stage = thread->brief;
	thread->state = THREAD_INACTIVE;
}

void *
kernel_fp_take(struct arch_context *context)
{
	struct thread *thread = container_of(context, struct thread, context);

	return untyped_take(thread->untyped, ARCH_FP_BYTES);
}

bool
thread_stage_fits(struct thread *thread, uint32_t length)
{
	uint8_t *stage;

	if (length <= STAGE_BRIEF_BYTES || thread->stage != thread->brief) {
		return true;
	}
	/* As it is: nothing of it is read that was not written. */
	stage = untyped_take_dirty(thread->untyped, MESSAGE_BYTES_MAX);
	if (stage != NULL) {
		thread->stage = stage;
	}
	return stage != NULL;
}

/* A thread of the process with its buffer in the page of an address, the one whose buffer stands
 * there if one does; or NULL. */
static const struct thread *
neighbour(const struct process *process, vaddr_t address)
{
	const struct thread *found = NULL;

	for (const struct thread *thread = process->threads; thread != NULL;
		thread = thread->sibling) {
		if (thread->buffer_address == address) {
			return thread;
		}
		if (thread->buffer_address / PAGE_BYTES == address / PAGE_BYTES) {
			found = thread;
		}
	}
	return found;
}

/* Whether a page can be mapped for the buffer: out of the thread's memory, its tables out of the
 * process's. */
static enum status
page_check(const struct thread *thread, const struct process *process, vaddr_t page)
{
	size_t tables;

	if (!arch_space_is_free(&process->space, page, 1)) {
		return E_STATE;
	}
	tables = arch_space_tables(&process->space, page, 1);
	if (process->account == thread->untyped) {
		tables++;
	}
	return tables > untyped_free_pages(process->account) ||
			       untyped_free_pages(thread->untyped) == 0
		       ? E_MEMORY
		       : E_OK;
}

static enum status
configure_check(const struct thread *thread, const struct process *process, vaddr_t buffer,
	uint8_t priority)
{
	if (thread->process != NULL || process->is_stopped || process->label == LABEL_NONE) {
		return E_STATE;
	}
	if (priority > process->priority_max || buffer < PAGE_BYTES ||
		buffer % MESSAGE_BYTES_MAX != 0 || buffer >= ARCH_USER_TOP) {
		return E_ARGUMENT;
	}
	if (process->thread_count == THREADS_MAX) {
		return E_LIMIT;
	}
	const struct thread *mate = neighbour(process, buffer);
	if (mate == NULL) {
		return page_check(thread, process, buffer - buffer % PAGE_BYTES);
	}
	return mate->buffer_address != buffer && mate->untyped == thread->untyped ? E_OK : E_STATE;
}

/* Its part of the page, which is mapped if none was. */
static uint8_t *
buffer_place(const struct thread *thread, struct process *process, vaddr_t buffer)
{
	vaddr_t offset = buffer % PAGE_BYTES;
	const struct thread *mate = neighbour(process, buffer);
	uint8_t *page;

	if (mate != NULL) {
		return mate->buffer - mate->buffer_address % PAGE_BYTES + offset;
	}
	page = untyped_take_page(thread->untyped);
	arch_space_map(&process->space, buffer - offset, arch_address(page), 1, ARCH_READ_WRITE,
		untyped_take_page, process->account);
	return page + offset;
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
	thread->buffer = buffer_place(thread, process, buffer);
	thread->process = process;
	process->thread_count++;
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
	process->thread_count--;
	if (neighbour(process, thread->buffer_address) == NULL) {
		/* The page is about to be somebody else's. */
		vaddr_t offset = thread->buffer_address % PAGE_BYTES;
		arch_space_unmap(&process->space, thread->buffer_address - offset, 1);
		untyped_give_page(thread->untyped, thread->buffer - offset);
	}
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

uint32_t
thread_stack_page(const struct thread *thread, uint32_t page, uint32_t *clean_bytes)
{
	vaddr_t last = thread->stack_top - 1;
	vaddr_t first = last & ~(vaddr_t)(PAGE_BYTES - 1);
	vaddr_t offset = (vaddr_t)page * PAGE_BYTES;
	uint32_t bytes = page == 0 ? (uint32_t)(last - first) + 1 : PAGE_BYTES;
	const uint64_t *words;
	uint32_t i = 0;

	if (thread->process == NULL || thread->stack_top == 0 || offset > first) {
		return 0;
	}
	words = arch_space_find(&thread->process->space, first - offset, true);
	if (words == NULL) {
		return 0;
	}
	/* Frames are cleared when they are made, so what is not zero was written. */
	while (i * sizeof(*words) < bytes &&
		(words[i] | words[i + 1] | words[i + 2] | words[i + 3]) == 0) {
		i += 4;
	}
	while (i * sizeof(*words) < bytes && words[i] == 0) {
		i++;
	}
	i *= (uint32_t)sizeof(*words);
	*clean_bytes = i < bytes ? i : bytes; /* it may begin in the middle of a word */
	return bytes;
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
