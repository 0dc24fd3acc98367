/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Deleting capabilities, destroying objects, and the preemptible reset of untyped memory. Freezing
 * first bounds a reset by what existed at its start (decisions B4); a process is emptied through a
 * list of the dying, one capability a step, so that nothing here is recursive.
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
#include "kernel/untyped.h"

static struct process *dying;

static void
process_condemn(struct process *process)
{
	process_stop(process);
	process->dying_next = dying;
	dying = process;
}

static void
object_destroy(struct object *object)
{
	switch (object->kind) {
	case KIND_PROCESS:
		process_condemn((struct process *)object);
		break;
	case KIND_THREAD:
		thread_destroy((struct thread *)object);
		break;
	case KIND_ENDPOINT:
		endpoint_destroy((struct endpoint *)object);
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
	default:
		/* Untyped and frames are memory and nothing else; audit and power are never the
		 * last. */
		break;
	}
}

void
capability_delete(struct slot *slot)
{
	struct object *object = slot->object;

	if (object->kind == KIND_FRAME) {
		frame_unmap(slot);
	} else if (object->kind == KIND_IRQ) {
		irq_silence((struct irq *)object); /* until the next driver has reset its device */
	}
	slot_clear(slot);
	if (object->capabilities == 0) {
		object_destroy(object);
	}
}

static bool
dying_step(void)
{
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

static bool
reset_one(struct slot *slot)
{
	if (dying_step()) {
		return true;
	}
	struct slot *child = slot_child(slot);
	if (child == NULL) {
		return false;
	}
	child->object->is_frozen = true;
	capability_delete(child);
	return true;
}

bool
untyped_reset_step(struct slot *slot)
{
	struct untyped *untyped = (struct untyped *)slot->object;

	untyped->object.is_frozen = true;
	for (uint32_t step = 0; step < REVOKE_STEPS; step++) {
		if (!reset_one(slot)) {
			untyped_reset(untyped);
			untyped->object.is_frozen = false;
			return false;
		}
	}
	return true;
}
