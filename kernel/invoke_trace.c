/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of the trace object. */
#include "kernel/invoke.h"

#include "core_abi.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/trace.h"

static enum status
do_trace_start(const struct invocation *call)
{
	const struct slot *slot = slot_find(
		&call->thread->process->table, get_u32(call->in + TRACE_START_FRAME_OFFSET));

	if (slot == NULL || slot->object->kind != KIND_FRAME || !(slot->rights & RIGHT_WRITE)) {
		return E_HANDLE;
	}
	struct frame *frame = (struct frame *)slot->object;
	if (frame->kind != FRAME_DATA) {
		return E_HANDLE;
	}
	return trace_start(frame, get_u32(call->in + TRACE_START_KINDS_OFFSET));
}

static enum status
do_trace_stop(const struct invocation *call)
{
	(void)call;
	return trace_stop();
}

static const struct method trace_methods[] = {
	[TRACE_START] = {do_trace_start, TRACE_START_REPLY_BYTES},
	[TRACE_STOP] = {do_trace_stop, TRACE_STOP_REPLY_BYTES},
};

const struct method_table invoke_trace = {
	trace_methods, sizeof(trace_methods) / sizeof(trace_methods[0])};
