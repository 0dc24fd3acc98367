/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capability tables: slots, handles, the derivation list, and the one placement function. */
#include "kernel/slot.h"

#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/monitor.h"
#include "kernel/process.h"

#define GENERATION_MAX (UINT32_MAX >> HANDLE_INDEX_BITS)
#define DEPTH_MAX      255u

static struct slot *origin;

void
slot_init(void *start)
{
	origin = start;
}

static uint32_t
reference_of(const struct slot *slot)
{
	return slot == NULL ? 0 : (uint32_t)(slot - origin);
}

static struct slot *
slot_of(uint32_t reference)
{
	return reference == 0 ? NULL : origin + reference;
}

void
slot_table_init(struct process *process, struct slot *slots, uint32_t count)
{
	kernel_assert(count > HANDLE_FIRST_INDEX && count <= SLOTS_MAX);
	process->table = (struct slot_table){.slots = slots, .count = count, .fresh = 1};
	slots[0].object = &process->object;
	slots[0].handle = HANDLE_INDEX_MASK; /* no handle with index 0 is ever equal to it */
}

struct slot *
slot_find(const struct slot_table *table, uint32_t handle)
{
	uint32_t index = handle & HANDLE_INDEX_MASK;

	if (index >= table->count) {
		return NULL;
	}
	struct slot *slot = &table->slots[index];
	return slot->handle == handle && slot->object != NULL ? slot : NULL;
}

struct process *
slot_owner(struct slot *slot)
{
	return (struct process *)slot[-(ptrdiff_t)(slot->handle & HANDLE_INDEX_MASK)].object;
}

static bool
table_is_full(const struct slot_table *table)
{
	return table->fresh == table->count && table->free_first == 0;
}

/* Never-used slots first, in order: a process knows its first handles at compile time. */
static struct slot *
table_take(struct slot_table *table)
{
	uint32_t index = table->fresh;

	if (index < table->count) {
		table->fresh++;
		table->slots[index].handle = HANDLE_INITIAL(index);
		return &table->slots[index];
	}
	index = table->free_first;
	struct slot *slot = &table->slots[index];
	table->free_first = slot->next;
	if (table->free_first == 0) {
		table->free_last = 0;
	}
	uint32_t generation = slot->handle >> HANDLE_INDEX_BITS;
	generation = generation == GENERATION_MAX ? 1 : generation + 1;
	slot->handle = generation << HANDLE_INDEX_BITS | index;
	return slot;
}

/* First in, first out, so that a generation lasts as long as it can (decisions B5). */
static void
table_give(struct slot_table *table, struct slot *slot)
{
	uint32_t index = slot->handle & HANDLE_INDEX_MASK;

	slot->next = 0;
	if (table->free_last != 0) {
		table->slots[table->free_last].next = index;
	} else {
		table->free_first = index;
	}
	table->free_last = index;
}

static void
derivation_insert(struct slot *slot, struct slot *parent)
{
	slot->previous = reference_of(parent);
	slot->next = 0;
	slot->depth = 0;
	if (parent != NULL) {
		slot->depth = (uint8_t)(parent->depth + 1);
		slot->next = parent->next;
		parent->next = reference_of(slot);
	}
	struct slot *after = slot_of(slot->next);
	if (after != NULL) {
		after->previous = reference_of(slot);
	}
}

static void
derivation_remove(struct slot *slot)
{
	struct slot *before = slot_of(slot->previous);
	struct slot *after = slot_of(slot->next);

	/* Orphans move up one level, else the sibling before them would pass for their parent. */
	for (struct slot *child = slot_child(slot); child != NULL;
		child = slot_descendant_after(slot, child)) {
		child->depth--;
	}
	if (before != NULL) {
		before->next = slot->next;
	}
	if (after != NULL) {
		after->previous = slot->previous;
	}
}

struct slot *
slot_child(const struct slot *slot)
{
	struct slot *next = slot_of(slot->next);

	return next != NULL && next->depth > slot->depth ? next : NULL;
}

struct slot *
slot_descendant_after(const struct slot *slot, const struct slot *descendant)
{
	struct slot *next = slot_of(descendant->next);

	return next != NULL && next->depth > slot->depth ? next : NULL;
}

enum status
slot_place_check(
	const struct process *holder, uint16_t label, uint16_t interface, const struct slot *parent)
{
	if (table_is_full(&holder->table) || (parent != NULL && parent->depth == DEPTH_MAX)) {
		return E_LIMIT;
	}
	if (interface != 0 && monitor_edge(holder->label, label, interface) == SLOT_NO_EDGE) {
		return E_DENIED;
	}
	return E_OK;
}

enum status
slot_place(struct process *holder, const struct capability *capability, struct slot *parent,
	struct slot **placed)
{
	uint16_t interface = capability->interface;
	enum status status = slot_place_check(holder, capability->label, interface, parent);

	if (status != E_OK) {
		return status;
	}
	if (capability->object->is_frozen) {
		return E_STATE;
	}
	struct slot *slot = table_take(&holder->table);
	slot->object = capability->object;
	slot->badge = capability->badge;
	slot->edge = interface == 0 ? SLOT_NO_EDGE
				    : monitor_edge(holder->label, capability->label, interface);
	slot->label = capability->label;
	slot->rights = capability->rights;
	if (slot->object->kind == KIND_UNTYPED && parent != NULL &&
		parent->object == slot->object) {
		slot->rights |= SLOT_COPY;
	}
	derivation_insert(slot, parent);
	slot->object->capabilities++;
	*placed = slot;
	return E_OK;
}

enum status
slot_skip(struct slot_table *table)
{
	if (table->fresh >= table->count) {
		return E_LIMIT;
	}
	table->slots[table->fresh].handle = HANDLE_INITIAL(table->fresh);
	table->fresh++;
	return E_OK;
}

void
slot_clear(struct slot *slot)
{
	kernel_assert(slot->object != NULL && slot->object->capabilities > 0);
	derivation_remove(slot);
	slot->object->capabilities--;
	slot->object = NULL;
	slot->edge = SLOT_NO_EDGE;
	slot->badge = 0;
	slot->rights = 0;
	slot->previous = 0;
	table_give(&slot_owner(slot)->table, slot);
}
