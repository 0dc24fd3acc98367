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

void
fault_raise(struct thread *thread, const struct fault_report *report)
{
	struct process *process = thread->process;

	if (process->label == LABEL_INIT) {
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
	thread->slow |= SLOW_FAULT;
	thread->call = (struct call){
		.edge = edge,
		.info = info_make(FAULT_REPORT, FAULT_REPORT_CALL_BYTES),
		.badge = process->supervisor_badge,
		.epoch = monitor_epoch(),
	};
	if (monitor_judge_request(thread, thread->stage)) {
		endpoint_send(process->supervisor, thread);
	}
}
