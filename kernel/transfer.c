/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Capabilities that travel in messages (decisions B1, B3). They are looked up twice: when they are
 * judged, and when they are placed. In between the sender's handles are names, not references, so a
 * capability that was deleted or revoked meanwhile is simply not found.
 */
#include "kernel/transfer.h"

#include "kernel/assert.h"
#include "kernel/destroy.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "ksm/format_shape.h"

_Static_assert(HANDLES_MAX == FORMAT_HANDLES_MAX, "as many as a shape can say");

/* A capability through which something is said; the others have no interface to be judged by. */
static struct slot *
slot_to_send(const struct thread *sender, uint32_t handle)
{
	struct slot *slot = slot_find(&sender->process->table, handle);

	return slot != NULL && slot->edge != SLOT_NO_EDGE ? slot : NULL;
}

bool
transfer_describe(struct thread *sender, uint32_t shape, bool is_reply)
{
	/* Behind the leases, which a reply has none of. */
	uint32_t first = is_reply ? 0 : format_shape_leases(shape);
	uint8_t *at = sender->stage + (size_t)first * FORMAT_CARRY_BYTES;

	sender->sent_first = (uint8_t)first;
	sender->sent_count = (uint8_t)format_shape_handles(shape, is_reply);
	for (uint32_t i = 0; i < sender->sent_count; i++, at += FORMAT_CARRY_BYTES) {
		uint32_t handle = get_u32(at);
		const struct slot *slot = slot_to_send(sender, handle);
		if (slot == NULL) {
			monitor_refuse(sender, handle, NULL, is_reply ? KSM_REPLY : KSM_CALL,
				info_method(sender->call.info), KSM_CAPABILITY);
			return false;
		}
		sender->sent_numbers[i] = slot->badge & BADGE_NUMBER;
		sender->sent[i] = handle;
		put_u32(at, (uint32_t)monitor_edge_at(slot->edge)->interface << 16 | slot->label);
	}
	return true;
}

static enum status
place(struct thread *sender, uint32_t index, struct process *process)
{
	struct slot *slot = slot_to_send(sender, sender->sent[index]);
	struct slot *placed;

	if (slot == NULL) {
		return E_HANDLE;
	}
	/* Frames: one mapping for each capability, and the badge is where. */
	const struct capability copy = {
		.object = slot->object,
		.badge = slot->object->kind == KIND_FRAME ? 0 : slot->badge,
		.label = slot->label,
		.interface = monitor_edge_at(slot->edge)->interface,
		.rights = slot->rights & RIGHTS_ALL,
	};
	enum status status = slot_place(process, &copy, slot, &placed);
	if (status == E_OK) {
		sender->sent[index] = placed->handle;
		put_u32(sender->stage + (sender->sent_first + index) * FORMAT_CARRY_BYTES,
			placed->handle);
	} else if (status == E_DENIED) {
		monitor_refuse_share(sender, slot, process->label);
	}
	return status;
}

/* All are placed, or none: a limit may let one come, and not the next. */
enum status
transfer_place(struct thread *sender, struct process *process)
{
	enum status status = E_OK;
	uint32_t placed = 0;

	while (placed < sender->sent_count && status == E_OK) {
		status = place(sender, placed, process);
		placed += status == E_OK;
	}
	while (status != E_OK && placed > 0) {
		placed--;
		slot_take_back(slot_find(&process->table, sender->sent[placed]));
	}
	return status;
}

void
transfer_land(struct thread *receiver, const struct thread *sender)
{
	for (uint32_t i = 0; i < sender->sent_count; i++) {
		receiver->landed[i] = sender->sent[i];
	}
	receiver->landed_count = sender->sent_count;
	receiver->slow |= SLOW_LANDED;
}

bool
transfer_drop_step(struct thread *receiver)
{
	for (; receiver->landed_count != 0; receiver->landed_count--) {
		uint32_t handle = receiver->landed[receiver->landed_count - 1];
		struct slot *slot = slot_find(&receiver->process->table, handle);
		if (slot != NULL && capability_delete_step(slot)) {
			return true;
		}
	}
	receiver->slow &= (uint16_t)~SLOW_LANDED;
	return false;
}
