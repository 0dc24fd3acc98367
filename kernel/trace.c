/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Trace: what the kernel does, as it does it, in a ring that the reader pays for. The kernel writes
 * to the frame and never reads it, so its owner can spoil its own view and nothing else. While a
 * trace goes on no message takes the short way, so that has nothing to record.
 */
#include "kernel/trace.h"

#include "abi/abi.h"
#include "arch/arch.h"
#include "core_abi.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"

_Static_assert(TRACE_LEFT_STOPPED == (int)THREAD_INACTIVE &&
		       TRACE_LEFT_READY == (int)THREAD_READY &&
		       TRACE_LEFT_QUEUED == (int)THREAD_QUEUED &&
		       TRACE_LEFT_CALLING == (int)THREAD_CALLING &&
		       TRACE_LEFT_RECEIVING == (int)THREAD_RECEIVING &&
		       TRACE_LEFT_WAITING == (int)THREAD_WAITING,
	"a switch records the state as it is");

static struct {
	struct object object;
	const struct frame *frame; /* NULL: off */
	struct trace_header *header;
	struct trace_record *records;
	uint32_t kinds;
	uint32_t capacity;
	uint32_t written;
	uint32_t index; /* of the next record */
} trace = {.object = {.kind = KIND_TRACE, .label = LABEL_INIT}};

struct object *
trace_object(void)
{
	return &trace.object;
}

enum status
trace_start(struct frame *frame, uint32_t kinds)
{
	kernel_assert(frame->kind == FRAME_DATA);
	if (kinds == 0 || (kinds & ~TRACE_EVERYTHING) != 0) {
		return E_ARGUMENT;
	}
	if (trace.frame != NULL) {
		return E_STATE;
	}
	trace.frame = frame;
	trace.header = arch_pointer(frame->address);
	trace.records = (struct trace_record *)(trace.header + 1);
	trace.kinds = kinds;
	trace.capacity = frame->pages * (uint32_t)(PAGE_BYTES / sizeof(struct trace_record)) - 1;
	trace.written = 0;
	trace.index = 0;
	*trace.header = (struct trace_header){
		.magic = TRACE_MAGIC,
		.version = 1,
		.record_bytes = sizeof(struct trace_record),
		.capacity = trace.capacity,
	};
	return E_OK;
}

enum status
trace_stop(void)
{
	if (trace.frame == NULL) {
		return E_STATE;
	}
	trace_forget(trace.frame);
	return E_OK;
}

bool
trace_is_on(void)
{
	return trace.kinds != 0;
}

/* Whoever runs came through scheduler_run since the start, or runs because somebody did whose bit
 * was set; a bit that is left over costs its thread the short way once. */
void
trace_mark(struct thread *thread)
{
	thread->slow &= (uint16_t)~SLOW_TRACE;
	thread->slow |= trace_is_on() || monitor_is_stale() ? SLOW_TRACE : 0;
}

bool
trace_uses(const struct frame *frame)
{
	return trace.frame == frame;
}

void
trace_forget(const struct frame *frame)
{
	if (trace.frame == frame) {
		trace.frame = NULL;
		trace.kinds = 0;
	}
}

static bool
is_wanted(enum trace_kind kind)
{
	return (trace.kinds >> kind & 1) != 0;
}

/* The count goes up behind the record: a reader that sees it sees the record. */
static void
write(struct trace_record *record)
{
	record->time_ns = arch_clock_ns();
	trace.records[trace.index] = *record;
	trace.index = trace.index + 1 == trace.capacity ? 0 : trace.index + 1;
	trace.written++;
	__atomic_store_n(&trace.header->written, trace.written, __ATOMIC_RELEASE);
}

static void
put_who(struct trace_record *record, const struct thread *thread)
{
	bool is_somebody = thread != NULL && thread->process != NULL;

	record->instance = is_somebody ? thread->process->instance : TRACE_NOBODY;
	record->thread = is_somebody ? thread->number : 0;
}

static void
put_peer(struct trace_record *record, const struct thread *thread)
{
	bool is_somebody = thread != NULL && thread->process != NULL;

	record->peer_instance = is_somebody ? thread->process->instance : TRACE_NOBODY;
	record->peer_thread = is_somebody ? thread->number : 0;
}

static void
put_message(struct trace_record *record, uint32_t edge, uint32_t method, uint32_t length)
{
	const struct ksm_edge *found = monitor_edge_at(edge);

	kernel_assert(found != NULL);
	record->target = found->target;
	record->interface = found->interface;
	record->method = (uint16_t)method;
	record->length_bytes = (uint16_t)length;
}

void
trace_switch(const struct thread *before, const struct thread *next)
{
	if (!is_wanted(TRACE_SWITCH)) {
		return;
	}
	struct trace_record record = {.kind = TRACE_SWITCH};

	put_who(&record, next);
	put_peer(&record, before);
	record.code = before == NULL ? TRACE_LEFT_STOPPED : before->state;
	write(&record);
}

void
trace_call(enum trace_kind kind, const struct thread *who, const struct thread *peer,
	const struct thread *caller, uint32_t code, uint32_t length)
{
	if (!is_wanted(kind)) {
		return;
	}
	struct trace_record record = {.kind = (uint8_t)kind, .code = (uint8_t)code};

	put_who(&record, who);
	put_peer(&record, peer);
	put_message(&record, caller->call.edge, info_method(caller->call.info), length);
	write(&record);
}

void
trace_signal(const struct thread *thread, const struct slot *slot)
{
	if (!is_wanted(TRACE_SIGNAL)) {
		return;
	}
	struct trace_record record = {.kind = TRACE_SIGNAL, .operand = slot_signal_bits(slot)};

	put_who(&record, thread);
	put_peer(&record, NULL);
	put_message(&record, slot->edge, SIGNAL_SIGNAL, 0);
	write(&record);
}

void
trace_event(enum trace_kind kind, const struct thread *thread, uint32_t code, uint64_t operand)
{
	if (!is_wanted(kind)) {
		return;
	}
	struct trace_record record = {
		.kind = (uint8_t)kind, .code = (uint8_t)code, .operand = operand};

	put_who(&record, thread);
	put_peer(&record, NULL);
	write(&record);
}

/* The value of the failing field stays in the audit record: it may be secret. */
void
trace_verdict(const struct audit_record *denied)
{
	if (!is_wanted(TRACE_VERDICT)) {
		return;
	}
	struct trace_record record = {
		.kind = TRACE_VERDICT,
		.instance = denied->instance,
		.operand = denied->rule,
		.code = denied->reason,
		.target = denied->target,
		.interface = denied->interface,
		.method = denied->method,
	};

	put_peer(&record, NULL);
	write(&record);
}
