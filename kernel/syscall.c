/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where the machine enters the kernel: system calls, faults, interrupts. */
#include "arch/arch.h"
#include "kernel/endpoint.h"
#include "kernel/fault.h"
#include "kernel/irq.h"
#include "kernel/lease.h"
#include "kernel/memory.h"
#include "kernel/message.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/timer.h"
#include "kernel/trace.h"

static void
sys_call(struct thread *thread, uint32_t handle, uint32_t info)
{
	message_call(thread, handle, info);
}

static void
sys_reply_recv(struct thread *thread, uint32_t handle, uint32_t info)
{
	message_reply_receive(thread, handle, info);
}

static void
sys_recv(struct thread *thread, uint32_t handle, uint32_t info)
{
	(void)info;
	message_receive(thread, handle);
}

static void
sys_reply(struct thread *thread, uint32_t handle, uint32_t info)
{
	message_reply(thread, handle, info);
}

/* The notification that the handle names with this right, or NULL with the refusal on record. */
static struct slot *
notification_slot(struct thread *thread, uint32_t handle, uint8_t right)
{
	struct slot *slot = slot_find(&thread->process->table, handle);

	if (slot != NULL && slot->object->kind == KIND_NOTIFICATION && (slot->rights & right)) {
		return slot;
	}
	monitor_refuse(thread, handle, slot, KSM_CALL, 0, KSM_CAPABILITY);
	arch_result(&thread->context, E_HANDLE, 0, 0);
	return NULL;
}

static void
sys_signal(struct thread *thread, uint32_t handle, uint32_t info)
{
	struct slot *slot = notification_slot(thread, handle, RIGHT_SEND);

	(void)info;
	if (slot == NULL) {
		return;
	}
	if (slot->edge == SLOT_NO_EDGE || !monitor_judge_signal(thread, slot)) {
		arch_result(&thread->context, E_DENIED, 0, 0);
		return;
	}
	trace_signal(thread, slot);
	arch_result(&thread->context, E_OK, 0, 0);
	notification_signal((struct notification *)slot->object, slot_signal_bits(slot));
}

static void
sys_wait(struct thread *thread, uint32_t handle, uint32_t info)
{
	(void)info;
	if (handle != 0) {
		struct slot *slot = notification_slot(thread, handle, RIGHT_RECEIVE);
		if (slot != NULL) {
			notification_wait((struct notification *)slot->object, thread);
		}
	} else if (thread->deadline_ns != 0) {
		notification_sleep(thread);
	} else {
		arch_result(&thread->context, E_ARGUMENT, 0, 0); /* it would sleep for ever */
	}
}

static void
sys_poll(struct thread *thread, uint32_t handle, uint32_t info)
{
	struct slot *slot = notification_slot(thread, handle, RIGHT_RECEIVE);

	(void)info;
	if (slot != NULL) {
		uint32_t bits = notification_take((struct notification *)slot->object);
		arch_result(&thread->context, E_OK, bits, 0);
	}
}

static void
sys_yield(struct thread *thread, uint32_t handle, uint32_t info)
{
	(void)handle;
	(void)info;
	arch_result(&thread->context, E_OK, 0, 0);
	scheduler_yield();
}

/* Of a process that is told no time: that it asked is on record. */
static bool
time_refuse(struct thread *thread)
{
	if (thread->process->is_timeless) {
		monitor_refuse(thread, 0, NULL, KSM_CALL, 0, KSM_CAPABILITY);
		arch_result(&thread->context, E_DENIED, 0, 0);
	}
	return thread->process->is_timeless;
}

static void
sys_clock(struct thread *thread, uint32_t handle, uint32_t info)
{
	uint64_t now_ns = arch_clock_ns();

	(void)handle;
	(void)info;
	if (time_refuse(thread)) {
		return;
	}
	put_u64(arch_payload(&thread->context), now_ns);
	arch_result(&thread->context, E_OK, 0, sizeof(now_ns));
}

static void
sys_deadline(struct thread *thread, uint32_t handle, uint32_t info)
{
	/* Whether one has passed tells the time. */
	if ((handle | info) != 0 && time_refuse(thread)) {
		return;
	}
	timer_set(thread, (uint64_t)info << 32 | handle);
	arch_result(&thread->context, E_OK, 0, 0);
}

static void
sys_lease_read(struct thread *thread, uint32_t handle, uint32_t info)
{
	lease_copy(thread, handle, info, false);
}

static void
sys_lease_write(struct thread *thread, uint32_t handle, uint32_t info)
{
	lease_copy(thread, handle, info, true);
}

#define MAY_BLOCK (1u << SYS_call | 1u << SYS_reply_recv | 1u << SYS_recv | 1u << SYS_wait)

typedef void (*syscall_function)(struct thread *thread, uint32_t handle, uint32_t info);

static const syscall_function functions[SYSCALL_COUNT] = {
#define X(name, number, in, out, text) [number] = sys_##name,
#include "abi/syscalls.def"
#undef X
};

/* Machine entry gives the context; the thread around it becomes the current one. */
static struct thread *
thread_entered(struct arch_context *context)
{
	struct thread *thread = container_of(context, struct thread, context);

	scheduler_enter(thread);
	return thread;
}

struct arch_context *
kernel_first(void)
{
	arch_boot_end();
	return scheduler_run();
}

struct arch_context *
kernel_syscall(struct arch_context *context, uint32_t number)
{
	struct thread *thread = thread_entered(context);

	if (number >= SYSCALL_COUNT) {
		struct fault_report report = {.kind = FAULT_SYSCALL, .status = number};
		fault_raise(thread, &report);
		return scheduler_run();
	}
	functions[number](thread, arch_argument(context, 0), arch_argument(context, 1));
	/* A deadline is for one that may block: whoever did not has used it up. */
	if (thread->deadline_ns != 0 && thread->state == THREAD_READY &&
		(MAY_BLOCK >> number & 1) != 0) {
		timer_set(thread, 0);
	}
	return scheduler_run();
}

struct arch_context *
kernel_fault(struct arch_context *context, const struct arch_fault *fault)
{
	fault_of_machine(thread_entered(context), fault);
	return scheduler_run();
}

struct arch_context *
kernel_interrupt(struct arch_context *context)
{
	(void)thread_entered(context);
	irq_handle_pending();
	return scheduler_run();
}
