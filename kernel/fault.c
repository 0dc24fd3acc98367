/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Faults and exits as messages to the process's supervisor. */
#include "kernel/fault.h"

#include "core_abi.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "kernel/trace.h"

#define PUSH_BYTES_MAX  512u         /* one instruction stores no more below sp */
#define FRAME_BYTES_MAX (64u * 1024) /* further above sp it is no variable of the function */

static void
record(struct thread *thread, const struct fault_report *report)
{
	struct audit_record record = {
		.operand = (int64_t)report->address,
		.handle = (uint32_t)arch_context_pc(&thread->context),
		.badge = report->status,
		.label = thread->process->label,
		.instance = thread->process->instance,
		.method = report->kind,
		.field = UINT16_MAX,
		.event = AUDIT_EVENT_FAULT,
	};

	audit_write(&record, SLOT_NO_EDGE);
	trace_event(TRACE_FAULT, thread, report->kind, report->address);
}

static void
fill(struct thread *thread, const struct fault_report *report)
{
	uint8_t *bytes = thread->stage;

	memory_clear(bytes, FAULT_REPORT_CALL_BYTES);
	put_u64(bytes + FAULT_REPORT_ADDRESS_OFFSET, report->address);
	put_u64(bytes + FAULT_REPORT_PC_OFFSET, arch_context_pc(&thread->context));
	put_u64(bytes + FAULT_REPORT_SP_OFFSET, arch_context_sp(&thread->context));
	put_u64(bytes + FAULT_REPORT_LR_OFFSET, arch_context_lr(&thread->context));
	put_u32(bytes + FAULT_REPORT_STATUS_OFFSET, report->status);
	bytes[FAULT_REPORT_KIND_OFFSET] = report->kind;
}

/* Nobody could go on with it. If that is interrupted, the thread repeats what it did. */
static void
end_unsupervised(struct thread *thread, const struct fault_report *report)
{
	struct process *process = thread->process;

	record(thread, report);
	while (process_stop_step(process) && !arch_irq_pending()) {
	}
	if (thread->process != NULL &&
		(report->kind == FAULT_EXIT || report->kind == FAULT_SYSCALL)) {
		arch_context_restart(&thread->context);
	}
}

static bool
is_mapped(const struct thread *thread, vaddr_t address)
{
	return address < ARCH_USER_TOP && !arch_space_is_free(&thread->process->space,
						  address & ~(vaddr_t)(PAGE_BYTES - 1), 1);
}

/*
 * The kernel knows no stack, but how one ends: nothing is mapped below it. Either a push goes below
 * sp, or sp was moved there before and something is accessed above it.
 */
static bool
is_stack_full(const struct thread *thread, const struct arch_fault *fault)
{
	vaddr_t sp = arch_context_sp(&thread->context);
	vaddr_t address = fault->address;

	if ((fault->kind != FAULT_READ && fault->kind != FAULT_WRITE) ||
		is_mapped(thread, address)) {
		return false;
	}
	return address < sp ? sp - address <= PUSH_BYTES_MAX
			    : address - sp < FRAME_BYTES_MAX && !is_mapped(thread, sp);
}

void
fault_of_machine(struct thread *thread, const struct arch_fault *fault)
{
	struct fault_report report = {
		.kind = is_stack_full(thread, fault) ? FAULT_STACK : fault->kind,
		.status = fault->status,
		.address = fault->address,
	};

	fault_raise(thread, &report);
}

void
fault_raise(struct thread *thread, const struct fault_report *report)
{
	struct process *process = thread->process;

	if (process->instance == INSTANCE_INIT && process->label != LABEL_NONE) {
		kernel_panic("init faulted: without its supervisor the system is not safe; address",
			report->address);
	}
	uint32_t edge = monitor_edge(LABEL_KERNEL, LABEL_INIT, INTERFACE_FAULT);
	if (process->supervisor == NULL || edge == SLOT_NO_EDGE) {
		end_unsupervised(thread, report);
		return;
	}
	record(thread, report);
	thread->state = THREAD_INACTIVE;
	fill(thread, report);
	timer_set(thread, 0);
	thread->slow &= (uint16_t)~SLOW_STAGED; /* of a call that was denied: its handles stay */
	thread->slow |= SLOW_FAULT;
	thread->call = (struct call){
		.edge = edge,
		.info = info_make(FAULT_REPORT, FAULT_REPORT_CALL_BYTES),
		.badge = process->supervisor_badge,
		.epoch = monitor_epoch(),
	};
	if (monitor_judge_request(thread, thread->stage)) {
		trace_call(TRACE_CALL, thread, NULL, thread, 0, FAULT_REPORT_CALL_BYTES);
		endpoint_send(process->supervisor, thread);
	}
}
