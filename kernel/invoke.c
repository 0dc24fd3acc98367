/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Methods of kernel objects: from a judged request to the object, and back with its result. Offsets
 * and lengths come from kernel/core.gate, so a method never looks beyond what was judged.
 */
#include "kernel/invoke.h"

#include "kernel/assert.h"
#include "kernel/memory.h"
#include "kernel/message.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/slot.h"

#define REPLY_BYTES_MAX 64

static const struct method_table *const tables[] = {
	[KIND_UNTYPED] = &invoke_untyped,
	[KIND_PROCESS] = &invoke_process,
	[KIND_THREAD] = &invoke_thread,
	[KIND_ENDPOINT] = &invoke_endpoint,
	[KIND_NOTIFICATION] = &invoke_notification,
	[KIND_FRAME] = &invoke_frame,
	[KIND_IRQ] = &invoke_irq,
	[KIND_REPLY] = &invoke_reply,
	[KIND_AUDIT] = &invoke_audit,
	[KIND_POWER] = &invoke_power,
	[KIND_TRACE] = &invoke_trace,
	[KIND_POLICY] = &invoke_policy,
};

/* The methods of an object need the right to manage it, but for frames: there rights are access. */
bool
invoke_is_allowed(const struct slot *slot)
{
	return slot->object->kind == KIND_FRAME || (slot->rights & RIGHT_MANAGE) != 0;
}

/* Until it is done or an interrupt waits; at least one step, so that it ends. Not on through a
 * capability that it has taken away itself. */
static enum status
run(const struct method *method, struct invocation *call)
{
	const struct object *object = call->slot->object;
	enum status status;

	do {
		status = method->function(call);
		call->goes_on = true;
	} while (status == STATUS_AGAIN && call->thread->state == THREAD_READY &&
		 call->slot->object == object && !arch_irq_pending());
	return call->thread->state == THREAD_READY ? status : INVOKE_NO_RESULT;
}

void
invoke(struct thread *thread, struct slot *slot, uint32_t method, const uint8_t *bytes,
	bool goes_on)
{
	uint8_t out[REPLY_BYTES_MAX];
	const struct method_table *table = tables[slot->object->kind];

	/* The monitor grants no method that kernel/core.gate does not declare. */
	kernel_assert(method != 0 && method < table->count);
	const struct method *found = &table->methods[method];
	kernel_assert(found->reply_bytes <= sizeof(out));
	memory_clear(out, sizeof(out));
	struct invocation call = {
		.thread = thread, .slot = slot, .in = bytes, .out = out, .goes_on = goes_on};
	enum status status = run(found, &call);
	if (status == STATUS_AGAIN) {
		thread->slow |= SLOW_RESUMED;
		arch_context_restart(&thread->context);
		return;
	}
	if (status == INVOKE_NO_RESULT) {
		return;
	}
	if (status != E_OK) {
		arch_result(&thread->context, status, 0, 0);
		return;
	}
	message_store(thread, out, found->reply_bytes);
	arch_result(&thread->context, E_OK, info_make(0, found->reply_bytes), found->reply_bytes);
}

struct notification *
invoke_own_notification(struct thread *thread, uint32_t handle)
{
	struct slot *slot = slot_find(&thread->process->table, handle);

	if (slot == NULL || slot->object->kind != KIND_NOTIFICATION ||
		!(slot->rights & RIGHT_RECEIVE)) {
		return NULL;
	}
	return (struct notification *)slot->object;
}
