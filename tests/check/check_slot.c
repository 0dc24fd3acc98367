/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tables, derivation, and what was made of what. */
#include "tests/check/check_slot.h"

#include "kernel/frame.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/untyped.h"
#include "tests/check/check_that.h"
#include "tests/check/parts.h"

/* An empty slot is free, out of use, or on its way out of the derivation list. */
static void
check_empty(const struct slot *slot)
{
	if (slot != check_leaving()) {
		check_that(slot->rights == 0 && slot->edge == SLOT_NO_EDGE && slot->badge == 0,
			"an empty slot means something", slot->handle);
	}
}

static void
check_free_list(const struct slot_table *table)
{
	uint32_t last = 0;
	uint32_t count = 0;

	for (uint32_t index = table->free_first; index != 0; index = table->slots[index].next) {
		check_that(index < table->fresh, "a free slot was never used", index);
		check_that(table->slots[index].object == NULL, "a free slot is in use", index);
		count++;
		check_that(count < table->count, "free slots go round", count);
		last = index;
	}
	check_that(last == table->free_last, "the last free slot is another", last);
}

static void
check_links(struct slot *slot)
{
	const struct slot *before = check_slot_at(slot->previous);
	const struct slot *after = check_slot_at(slot->next);

	if (before != NULL) {
		check_that(check_slot_at(before->next) == slot,
			"a derivation is not linked both ways", slot->handle);
		check_that(slot->depth <= before->depth + 1, "a derivation skips a level",
			slot->handle);
	} else {
		check_that(slot->depth == 0 || slot == check_leaving(),
			"what was derived comes first", slot->handle);
	}
	if (after != NULL) {
		check_that(check_slot_at(after->previous) == slot,
			"a derivation is not linked both ways", slot->handle);
	}
}

/* In what was taken of it, at either end; in nested memory, if the capability to that is gone. */
static bool
is_within(const struct untyped *untyped, const void *start, size_t bytes)
{
	const uint8_t *at = start;

	return (at >= untyped->start && at + bytes <= untyped->low) ||
	       (at >= untyped->high && at + bytes <= untyped->end);
}

/* What stands right behind memory in the derivation list is a copy of it, or was made of it. */
static void
check_child(struct slot *slot)
{
	const struct slot *child = slot_child(slot);
	const struct untyped *untyped = (const struct untyped *)slot->object;

	if (child == NULL || child->object == NULL || child->object == slot->object) {
		return;
	}
	check_that(slot->object->kind == KIND_UNTYPED, "an object descends from another",
		child->handle);
	check_that(is_within(untyped, child->object, sizeof(*child->object)),
		"an object lies beside its account", child->handle);
	if (child->object->kind == KIND_FRAME) {
		const struct frame *frame = (const struct frame *)child->object;
		check_that(is_within(untyped, arch_pointer(frame->address),
				   (size_t)frame->pages * PAGE_BYTES),
			"a frame lies beside its account", child->handle);
	}
}

static void
check_rights(struct slot *slot)
{
	bool is_endpoint = slot->object->kind == KIND_ENDPOINT;
	bool is_client = is_endpoint && (slot->rights & RIGHTS_ALL) == RIGHT_SEND &&
			 slot->edge != SLOT_NO_EDGE;
	bool is_server = is_endpoint && (slot->rights & RIGHT_RECEIVE) != 0;

	check_that(((slot->rights & SLOT_CLIENT) != 0) == is_client, "not a client's rights",
		slot->handle);
	check_that(((slot->rights & SLOT_SERVER) != 0) == is_server, "not a server's rights",
		slot->handle);
	if (slot->object->kind == KIND_FRAME && slot->badge != 0) {
		vaddr_t at = slot->badge - slot->badge % PAGE_BYTES;
		check_that(!arch_space_is_free(&slot_owner(slot)->space, at, 1),
			"a frame is mapped nowhere", slot->handle);
	}
}

static void
check_untyped(const struct untyped *untyped)
{
	check_that(untyped->start <= untyped->low && untyped->low <= untyped->high &&
			   untyped->high <= untyped->end,
		"an account's ends", (uintptr_t)untyped);
	check_that(untyped->clean >= untyped->low && untyped->clean <= untyped->end,
		"what is clean of an account", (uintptr_t)untyped);
}

static void
check_slot(struct slot *slot)
{
	if (slot->object == NULL) {
		check_empty(slot);
		return;
	}
	check_links(slot);
	check_child(slot);
	check_rights(slot);
	if (slot->object->kind == KIND_UNTYPED) {
		check_untyped((const struct untyped *)slot->object);
	}
}

void
check_each_slot(void (*look)(struct slot *slot))
{
	for (struct process *process = check_processes(); process != NULL;
		process = process->next) {
		for (uint32_t i = 1; i < process->table.fresh; i++) {
			look(&process->table.slots[i]);
		}
	}
}

static void
count_down(struct slot *slot)
{
	if (slot->object != NULL) {
		slot->object->capabilities--;
	}
}

static const struct slot *miscounted;

static void
look_for_rest(struct slot *slot)
{
	if (slot->object != NULL && slot->object->capabilities != 0) {
		miscounted = slot;
	}
}

static void
count_up(struct slot *slot)
{
	if (slot->object != NULL) {
		slot->object->capabilities++;
	}
}

void
check_slots(void)
{
	for (struct process *process = check_processes(); process != NULL;
		process = process->next) {
		check_that(process->next == NULL || process->next->previous == process,
			"processes are not linked both ways", process->instance);
		check_free_list(&process->table);
		check_that(process->table.slots[0].object == &process->object,
			"a table leads to another process", process->instance);
	}
	check_each_slot(check_slot);
	/* No room to count in: the objects' own counts go down by each slot, must be 0, and go up.
	 */
	miscounted = NULL;
	check_each_slot(count_down);
	check_each_slot(look_for_rest);
	check_each_slot(count_up);
	check_that(miscounted == NULL, "an object's capabilities",
		miscounted == NULL ? 0 : miscounted->object->kind);
}
