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

/* Where the first handle stands: behind the leases, which a reply has none of. */
static uint8_t *
handles_in(struct thread *sender, uint32_t shape, bool is_reply)
{
	return sender->stage + (is_reply ? 0 : format_shape_leases(shape) * FORMAT_CARRY_BYTES);
}

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
	uint8_t *at = handles_in(sender, shape, is_reply);
	uint32_t count = format_shape_handles(shape, is_reply);

	for (uint32_t i = 0; i < count; i++, at += FORMAT_CARRY_BYTES) {
		uint32_t handle = get_u32(at);
		const struct slot *slot = slot_to_send(sender, handle);
		if (slot == NULL) {
			monitor_refuse(sender, handle, NULL, is_reply ? KSM_REPLY : KSM_CALL,
				info_method(sender->call.info), KSM_CAPABILITY);
			return false;
		}
		sender->sent[i] = handle;
		put_u32(at, (uint32_t)monitor_edge_at(slot->edge)->interface << 16 | slot->label);
	}
	return true;
}

enum status
transfer_check(const struct thread *sender, uint32_t count, struct process *process)
{
	if (!slot_table_has_room(&process->table, count)) {
		return E_LIMIT;
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct slot *slot = slot_to_send(sender, sender->sent[i]);
		if (slot == NULL) {
			return E_HANDLE;
		}
		if (slot->object->is_frozen) {
			return E_STATE;
		}
		enum status status = slot_place_check(
			process, slot->label, monitor_edge_at(slot->edge)->interface, slot);
		if (status == E_DENIED) {
			monitor_refuse_share(sender, slot, process->label);
		}
		if (status != E_OK) {
			return status;
		}
	}
	return E_OK;
}

const uint32_t *
transfer_place(struct thread *sender, uint32_t shape, bool is_reply, struct process *process)
{
	uint8_t *at = handles_in(sender, shape, is_reply);
	uint32_t count = format_shape_handles(shape, is_reply);

	for (uint32_t i = 0; i < count; i++, at += FORMAT_CARRY_BYTES) {
		struct slot *slot = slot_to_send(sender, sender->sent[i]);
		struct slot *placed = NULL;
		kernel_assert(slot != NULL);
		/* Frames: one mapping for each capability, and the badge is where. */
		const struct capability copy = {
			.object = slot->object,
			.badge = slot->object->kind == KIND_FRAME ? 0 : slot->badge,
			.label = slot->label,
			.interface = monitor_edge_at(slot->edge)->interface,
			.rights = slot->rights & RIGHTS_ALL,
		};
		enum status status = slot_place(process, &copy, slot, &placed);
		kernel_assert(status == E_OK);
		sender->sent[i] = placed->handle;
		put_u32(at, placed->handle);
	}
	return sender->sent;
}

void
transfer_land(struct thread *receiver, const uint32_t *handles, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		receiver->landed[i] = handles[i];
	}
	receiver->slow |= SLOW_LANDED;
}

bool
transfer_drop_step(struct thread *receiver)
{
	for (uint32_t i = 0; i < HANDLES_MAX; i++) {
		struct slot *slot = slot_find(&receiver->process->table, receiver->landed[i]);
		if (slot != NULL) {
			(void)capability_delete_step(slot);
			return true;
		}
		receiver->landed[i] = 0;
	}
	receiver->slow &= (uint16_t)~SLOW_LANDED;
	return false;
}
