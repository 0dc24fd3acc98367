/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of the audit object: what the monitor recorded and counted. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/panic.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "ksm/engine/plain.h"

static void
put_record(uint8_t *out, const struct audit_record *record)
{
	put_u64(out + AUDIT_FIRST_OUT_TIME_NS_OFFSET, record->time_ns);
	put_u64(out + AUDIT_FIRST_OUT_OPERAND_OFFSET, (uint64_t)record->operand);
	put_u32(out + AUDIT_FIRST_OUT_SEQUENCE_OFFSET, record->sequence);
	put_u32(out + AUDIT_FIRST_OUT_HANDLE_OFFSET, record->handle);
	put_u32(out + AUDIT_FIRST_OUT_BADGE_OFFSET, record->badge);
	put_u16(out + AUDIT_FIRST_OUT_LABEL_OFFSET, record->label);
	put_u16(out + AUDIT_FIRST_OUT_INSTANCE_OFFSET, record->instance);
	put_u16(out + AUDIT_FIRST_OUT_TARGET_OFFSET, record->target);
	put_u16(out + AUDIT_FIRST_OUT_INTERFACE_OFFSET, record->interface);
	put_u16(out + AUDIT_FIRST_OUT_METHOD_OFFSET, record->method);
	put_u32(out + AUDIT_FIRST_OUT_RULE_OFFSET, record->rule);
	put_u16(out + AUDIT_FIRST_OUT_FIELD_OFFSET, record->field);
	put_u16(out + AUDIT_FIRST_OUT_EPOCH_OFFSET, record->epoch);
	out[AUDIT_FIRST_OUT_EVENT_OFFSET] = record->event;
	out[AUDIT_FIRST_OUT_REASON_OFFSET] = record->reason;
	out[AUDIT_FIRST_OUT_POLICY_OFFSET] = (uint8_t)record->policy;
	out[AUDIT_FIRST_OUT_COUNT_OFFSET] = 1;
}

static enum status
do_audit_next(const struct invocation *call)
{
	struct audit_record record;
	uint32_t lost;

	if (audit_seek_step()) {
		return STATUS_AGAIN;
	}
	if (audit_take(&record, &lost)) {
		put_record(call->out, &record);
		put_u32(call->out + AUDIT_NEXT_OUT_LOST_OFFSET, lost);
	}
	return E_OK;
}

static enum status
do_audit_first(const struct invocation *call)
{
	struct audit_record record;

	if (audit_first(get_u32(call->in + AUDIT_FIRST_EDGE_OFFSET), &record)) {
		put_record(call->out, &record);
	}
	return E_OK;
}

static enum status
do_audit_bind(const struct invocation *call)
{
	struct notification *notification = invoke_own_notification(
		call->thread, get_u32(call->in + AUDIT_BIND_NOTIFICATION_OFFSET));

	if (notification == NULL) {
		return E_HANDLE;
	}
	audit_bind(notification, get_u32(call->in + AUDIT_BIND_BITS_OFFSET));
	return E_OK;
}

/* Adds up what an edge granted, some methods a step. Whoever calls next goes on with what another
 * began, unless it begins itself: then no count is older than its call. */
static struct {
	const struct ksm_edge *edge;
	uint32_t wraps;
	uint32_t method; /* the last that is in it */
	uint64_t granted;
} sum;

static bool
sum_step(const struct ksm_edge *edge, bool goes_on)
{
	uint32_t end;

	if (!goes_on || sum.edge != edge || sum.wraps != edge->granted_wraps) {
		sum.edge = edge;
		sum.wraps = edge->granted_wraps;
		sum.method = 0;
		sum.granted = (uint64_t)sum.wraps << 32;
	}
	end = edge->methods - sum.method < SUM_METHODS ? edge->methods : sum.method + SUM_METHODS;
	while (sum.method < end) {
		const struct ksm_entry *entry = ksm_entry_at(edge, ++sum.method);
		for (uint32_t event = 0; event < KSM_EVENTS; event++) {
			sum.granted += entry->granted[event];
		}
	}
	return end < edge->methods;
}

static enum status
do_audit_edge(const struct invocation *call)
{
	const struct ksm_edge *edge = monitor_edge_at(get_u32(call->in + AUDIT_EDGE_NUMBER_OFFSET));
	uint64_t denied = 0;

	if (edge == NULL) {
		return E_OK; /* found stays false */
	}
	if (sum_step(edge, call->goes_on)) {
		return STATUS_AGAIN;
	}
	for (uint32_t reason = 1; reason < KSM_REASONS; reason++) {
		denied += edge->denied[reason];
	}
	put_u64(call->out + AUDIT_EDGE_OUT_GRANTED_OFFSET, sum.granted);
	put_u64(call->out + AUDIT_EDGE_OUT_DENIED_OFFSET, denied);
	put_u16(call->out + AUDIT_EDGE_OUT_HOLDER_OFFSET, edge->holder);
	put_u16(call->out + AUDIT_EDGE_OUT_TARGET_OFFSET, edge->target);
	put_u16(call->out + AUDIT_EDGE_OUT_INTERFACE_OFFSET, edge->interface);
	call->out[AUDIT_EDGE_OUT_FOUND_OFFSET] = 1;
	return E_OK;
}

static enum status
do_audit_instance(const struct invocation *call)
{
	uint32_t number = get_u32(call->in + AUDIT_INSTANCE_NUMBER_OFFSET);
	struct audit_counts counts;

	if (!audit_counts(number, &counts)) {
		return E_OK; /* found stays false */
	}
	const struct process *process = process_find((uint16_t)number);
	put_u64(call->out + AUDIT_INSTANCE_OUT_CPU_NS_OFFSET,
		arch_ticks_ns(budget_of((uint16_t)number)->used_ticks));
	put_u32(call->out + AUDIT_INSTANCE_OUT_INCARNATION_OFFSET, counts.incarnation);
	put_u32(call->out + AUDIT_INSTANCE_OUT_DENIED_OFFSET, counts.denied);
	put_u32(call->out + AUDIT_INSTANCE_OUT_FAULTS_OFFSET, counts.faults);
	put_u32(call->out + AUDIT_INSTANCE_OUT_LOST_OFFSET, counts.lost);
	put_u16(call->out + AUDIT_INSTANCE_OUT_LABEL_OFFSET, counts.label);
	call->out[AUDIT_INSTANCE_OUT_STATE_OFFSET] =
		process == NULL ? 0 : (process->is_stopped || !process->is_started ? 2 : 1);
	call->out[AUDIT_INSTANCE_OUT_FOUND_OFFSET] = 1;
	return E_OK;
}

static enum status
do_audit_stack(const struct invocation *call)
{
	const struct process *process =
		process_find((uint16_t)get_u32(call->in + AUDIT_STACK_INSTANCE_OFFSET));
	const struct thread *thread = process == NULL ? NULL : process->threads;
	uint32_t clean_bytes;
	uint32_t bytes;

	for (uint32_t n = get_u32(call->in + AUDIT_STACK_THREAD_OFFSET); n > 0 && thread != NULL;
		n--) {
		thread = thread->sibling;
	}
	bytes = thread == NULL ? 0
			       : thread_stack_page(thread,
					 get_u32(call->in + AUDIT_STACK_PAGE_OFFSET), &clean_bytes);
	if (bytes != 0) {
		put_u16(call->out + AUDIT_STACK_OUT_CLEAN_BYTES_OFFSET, (uint16_t)clean_bytes);
		put_u16(call->out + AUDIT_STACK_OUT_BYTES_OFFSET, (uint16_t)bytes);
	}
	return E_OK;
}

static enum status
do_audit_reason(const struct invocation *call)
{
	const struct ksm_edge *edge = monitor_edge_at(get_u32(call->in + AUDIT_REASON_EDGE_OFFSET));
	uint8_t reason = call->in[AUDIT_REASON_REASON_OFFSET];

	if (edge != NULL && reason < KSM_REASONS) {
		put_u32(call->out + AUDIT_REASON_OUT_COUNT_OFFSET, edge->denied[reason]);
	}
	return E_OK;
}

static enum status
do_audit_panic(const struct invocation *call)
{
	const struct panic_record *panic = panic_last();
	uint32_t offset = call->in[AUDIT_PANIC_OFFSET_OFFSET];

	if (panic == NULL) {
		return E_OK; /* found stays false */
	}
	put_u64(call->out + AUDIT_PANIC_OUT_TIME_NS_OFFSET, panic->time_ns);
	put_u64(call->out + AUDIT_PANIC_OUT_VALUE_OFFSET, panic->value);
	put_u64(call->out + AUDIT_PANIC_OUT_PC_OFFSET, panic->pc);
	put_u16(call->out + AUDIT_PANIC_OUT_INSTANCE_OFFSET, panic->instance);
	call->out[AUDIT_PANIC_OUT_FOUND_OFFSET] = 1;
	for (uint32_t i = 0; i < sizeof(uint64_t) && offset + i < sizeof(panic->what); i++) {
		call->out[AUDIT_PANIC_OUT_TEXT_OFFSET + i] = (uint8_t)panic->what[offset + i];
	}
	return E_OK;
}

/* `next` has one field more than `first`, and put_record serves both. */
_Static_assert(AUDIT_NEXT_OUT_TIME_NS_OFFSET == AUDIT_FIRST_OUT_TIME_NS_OFFSET &&
		       AUDIT_NEXT_OUT_OPERAND_OFFSET == AUDIT_FIRST_OUT_OPERAND_OFFSET &&
		       AUDIT_NEXT_OUT_SEQUENCE_OFFSET == AUDIT_FIRST_OUT_SEQUENCE_OFFSET &&
		       AUDIT_NEXT_OUT_HANDLE_OFFSET == AUDIT_FIRST_OUT_HANDLE_OFFSET &&
		       AUDIT_NEXT_OUT_LABEL_OFFSET == AUDIT_FIRST_OUT_LABEL_OFFSET &&
		       AUDIT_NEXT_OUT_EPOCH_OFFSET == AUDIT_FIRST_OUT_EPOCH_OFFSET &&
		       AUDIT_NEXT_OUT_POLICY_OFFSET == AUDIT_FIRST_OUT_POLICY_OFFSET &&
		       AUDIT_NEXT_OUT_COUNT_OFFSET == AUDIT_FIRST_OUT_COUNT_OFFSET,
	"the common fields of next and first are declared in the same order");

static const struct method audit_methods[] = {
	[AUDIT_NEXT] = {do_audit_next, AUDIT_NEXT_REPLY_BYTES},
	[AUDIT_BIND] = {do_audit_bind, AUDIT_BIND_REPLY_BYTES},
	[AUDIT_EDGE] = {do_audit_edge, AUDIT_EDGE_REPLY_BYTES},
	[AUDIT_INSTANCE] = {do_audit_instance, AUDIT_INSTANCE_REPLY_BYTES},
	[AUDIT_STACK] = {do_audit_stack, AUDIT_STACK_REPLY_BYTES},
	[AUDIT_REASON] = {do_audit_reason, AUDIT_REASON_REPLY_BYTES},
	[AUDIT_PANIC] = {do_audit_panic, AUDIT_PANIC_REPLY_BYTES},
	[AUDIT_FIRST] = {do_audit_first, AUDIT_FIRST_REPLY_BYTES},
};

const struct method_table invoke_audit = {
	audit_methods, sizeof(audit_methods) / sizeof(audit_methods[0])};
