/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Deleting capabilities, destroying objects, and the preemptible revoke. Freezing first bounds a
 * revoke by what existed at its start (decisions B4); a process is emptied through a list of the
 * dying, one capability a step, so that nothing here is recursive.
 */
#include "kernel/destroy.h"

#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/trace.h"
#include "kernel/untyped.h"

static struct process *dying;

static void
object_destroy(struct object *object)
{
	switch (object->kind) {
	case KIND_PROCESS:
		((struct process *)object)->dying_next = dying;
		dying = (struct process *)object;
		break;
	case KIND_THREAD:
		thread_destroy((struct thread *)object);
		break;
	case KIND_NOTIFICATION:
		notification_destroy((struct notification *)object);
		break;
	case KIND_IRQ:
		irq_destroy((struct irq *)object);
		break;
	case KIND_REPLY:
		reply_destroy((struct reply *)object);
		break;
	case KIND_FRAME:
		trace_forget((struct frame *)object);
		break;
	default:
		/* Untyped is memory and nothing else; an endpoint has nobody left when it is
		 * retired; audit, power and trace are never the last. */
		break;
	}
}

/* One step of what must be over before the last capability to an object goes; false: it is. */
static bool
retire_step(struct object *object)
{
	switch (object->kind) {
	case KIND_PROCESS:
		return process_stop_step((struct process *)object);
	case KIND_ENDPOINT:
		return endpoint_retire_step((struct endpoint *)object);
	case KIND_NOTIFICATION:
		return notification_retire_step((struct notification *)object);
	default:
		return false;
	}
}

bool
capability_delete_step(struct slot *slot)
{
	struct object *object = slot->object;

	if (slot_leave_step() || (object->kind == KIND_FRAME && frame_unmap_step(slot)) ||
		(object->capabilities == 1 && retire_step(object))) {
		return true;
	}
	if (object->kind == KIND_IRQ) {
		irq_silence((struct irq *)object); /* until the next driver has reset its device */
	}
	slot_clear(slot);
	if (object->capabilities == 0) {
		object_destroy(object);
	}
	return false;
}

/* What others have begun: a slot on its way out, processes whose last capability is gone. */
static bool
dying_step(void)
{
	if (slot_leave_step()) {
		return true;
	}
	if (dying == NULL) {
		return false;
	}
	if (!process_drain_step(dying)) {
		struct process *process = dying;
		dying = process->dying_next;
		process_destroy(process);
	}
	return true;
}

/* Of two revokes the higher one counts; whoever ends first thaws it, until the other's next step.
 */
static void
freeze(struct object *object, const struct slot *top)
{
	if (object->frozen == 0 || object->frozen > top->depth + 1u) {
		object->frozen = (uint8_t)(top->depth + 1);
	}
}

bool
capability_revoke_step(struct slot *slot)
{
	struct slot *leaf = slot;

	if (dying_step()) {
		return true;
	}
	/* Down to one that nothing descends from: nested memory is empty before it goes. */
	freeze(slot->object, slot);
	for (struct slot *child = slot_child(slot); child != NULL; child = slot_child(child)) {
		freeze(child->object, slot);
		leaf = child;
	}
	if (leaf != slot) {
		(void)capability_delete_step(leaf);
		return true;
	}
	slot->object->frozen = 0;
	return false;
}

bool
untyped_reset_step(struct slot *slot)
{
	if (capability_revoke_step(slot)) {
		return true;
	}
	untyped_reset((struct untyped *)slot->object);
	return false;
}
