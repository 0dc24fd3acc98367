/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capability tables: slots, handles, the derivation list, and the one placement function. */
#include "kernel/slot.h"

#include "kernel/assert.h"
#include "kernel/config.h"
#include "kernel/derivation.h"
#include "kernel/monitor.h"
#include "kernel/process.h"

struct slot_lists slot_lists;

void __attribute__((section(".boot.text"))) slot_init(void *start)
{
	slot_lists.origin = start;
}

void
slot_table_init(struct process *process, struct slot *slots, uint32_t count)
{
	kernel_assert(
		count > HANDLE_FIRST_INDEX && count <= SLOTS_MAX && (count & (count - 1)) == 0);
	process->table = (struct slot_table){.slots = slots, .count = count, .fresh = 1};
	/* No handle with index 0 is ever equal to this one. */
	slots[0] = (struct slot){.object = &process->object, .handle = HANDLE_INDEX_MASK};
}

struct slot *
slot_find(const struct slot_table *table, uint32_t handle)
{
	uint32_t index = handle & HANDLE_INDEX_MASK;

	if (index >= table->fresh) {
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

bool
slot_table_has_room(const struct slot_table *table, uint32_t count)
{
	uint32_t room = table->count - table->fresh;

	kernel_assert(count <= HANDLES_MAX);
	for (uint32_t index = table->free_first; index != 0 && room < count;
		index = table->slots[index].next) {
		room++;
	}
	return room >= count;
}

static void
derivation_insert(struct slot *slot, struct slot *parent)
{
	slot->previous = 0;
	slot->next = 0;
	slot->depth = 0;
	if (parent != NULL) {
		slot->depth = (uint8_t)(parent->depth + 1);
		slot_link(slot, parent);
	}
}

static void
derivation_remove(const struct slot *slot)
{
	if (slot == slot_lists.walker) {
		slot_lists.walker = NULL;
	} else if (slot == slot_lists.walker_at) {
		slot_lists.walker_at = slot_at(slot->previous);
	}
	slot_unlink(slot);
}

/* Out of the derivation list, and free. Requires that nothing descends from it. */
static void
slot_vacate(struct slot *slot)
{
	derivation_remove(slot);
	slot_give(&slot_owner(slot)->table, slot);
}

struct slot *
slot_child(const struct slot *slot)
{
	return slot_is_leaf(slot) ? NULL : slot_at(slot->next);
}

bool
slot_stale_step(struct slot *server)
{
	if (slot_leave_step()) {
		return true;
	}
	if (slot_lists.walker == NULL) {
		slot_lists.walker = server;
		slot_lists.walker_at = server;
	}
	for (uint32_t step = 0; step < STALE_SLOTS; step++) {
		struct slot *next = slot_at(slot_lists.walker_at->next);
		if (slot_lists.walker_at->next == 0 || next->depth <= slot_lists.walker->depth) {
			bool was_own = slot_lists.walker == server;
			slot_lists.walker = NULL;
			return !was_own;
		}
		next->rights |= (next->rights & SLOT_CLIENT) ? SLOT_STALE : 0;
		slot_lists.walker_at = next;
	}
	return true;
}

/* The edge is searched once. */
static enum status
place_check(const struct process *holder, uint16_t label, uint16_t interface,
	const struct slot *parent, uint32_t *edge)
{
	*edge = SLOT_NO_EDGE;
	if (slot_table_is_full(&holder->table) || (parent != NULL && parent->depth == DEPTH_MAX)) {
		return E_LIMIT;
	}
	if (interface == 0) {
		return E_OK;
	}
	*edge = monitor_edge(holder->label, label, interface);
	return *edge == SLOT_NO_EDGE ? E_DENIED : E_OK;
}

enum status
slot_place_check(
	const struct process *holder, uint16_t label, uint16_t interface, const struct slot *parent)
{
	uint32_t edge;

	return place_check(holder, label, interface, parent, &edge);
}

/* What the short way of messages asks for in one comparison. */
static uint8_t
message_rights(const struct slot *slot, uint16_t interface)
{
	bool sends = slot->rights == RIGHT_SEND && slot->edge != SLOT_NO_EDGE;
	bool receives = (slot->rights & RIGHT_RECEIVE) != 0;

	switch (slot->object->kind) {
	case KIND_ENDPOINT:
		return sends ? SLOT_CLIENT : receives ? SLOT_SERVER : 0;
	case KIND_NOTIFICATION:
		return receives || (sends && interface == INTERFACE_SIGNAL) ? SLOT_NOTIFICATION : 0;
	default:
		return 0;
	}
}

enum status
slot_place(struct process *holder, const struct capability *capability, struct slot *parent,
	struct slot **placed)
{
	uint16_t interface = capability->interface;
	uint32_t edge;
	enum status status = place_check(holder, capability->label, interface, parent, &edge);

	if (status != E_OK) {
		return status;
	}
	if (parent != NULL && slot_is_frozen(parent, capability->object)) {
		return E_STATE;
	}
	if (!monitor_passes(edge, capability->badge, false)) {
		return E_DENIED;
	}
	kernel_assert((capability->rights & ~RIGHTS_ALL) == 0);
	struct slot *slot = slot_take(&holder->table);
	slot->object = capability->object;
	slot->badge = capability->badge;
	slot->edge = edge;
	slot->label = capability->label;
	slot->rights = capability->rights;
	if (slot->object->kind == KIND_UNTYPED && parent != NULL &&
		parent->object == slot->object) {
		slot->rights |= SLOT_COPY;
	}
	slot->rights |= message_rights(slot, interface);
	derivation_insert(slot, parent);
	slot->object->capabilities++;
	*placed = slot;
	return E_OK;
}

enum status
slot_move(struct slot *slot, struct slot **moved)
{
	struct slot_table *table = &slot_owner(slot)->table;

	if (slot_table_is_full(table)) {
		return E_LIMIT;
	}
	struct slot *to = slot_take(table);
	uint32_t handle = to->handle;
	*to = *slot;
	to->handle = handle;
	slot_link(to, slot);
	slot_vacate(slot);
	*moved = to;
	return E_OK;
}

enum status
slot_skip(struct slot_table *table)
{
	if (table->fresh >= table->count) {
		return E_LIMIT;
	}
	(void)slot_take_fresh(table);
	return E_OK;
}

void
slot_take_back(struct slot *slot)
{
	kernel_assert(slot != NULL && slot_child(slot) == NULL);
	(void)monitor_passes(slot->edge, slot->badge, true);
	slot->object->capabilities--;
	slot_vacate(slot);
}

void
slot_clear(struct slot *slot)
{
	kernel_assert(slot->object != NULL && slot->object->capabilities > 0 &&
		      slot_lists.leaving == NULL);
	(void)monitor_passes(slot->edge, slot->badge, true);
	slot->object->capabilities--;
	slot->object = NULL;
	slot->rights = 0; /* at once: the short way of messages looks at the rights alone */
	slot_lists.leaving = slot;
	(void)slot_leave_step();
}

/*
 * The slot walks behind its descendants, one by one, and each that it passes moves up a level:
 * else the sibling in front would pass for their parent. Whom it has not passed is still its own.
 */
bool
slot_leave_step(void)
{
	if (slot_lists.leaving == NULL) {
		return false;
	}
	for (uint32_t step = 0; step < LEAVE_STEPS; step++) {
		struct slot *child = slot_child(slot_lists.leaving);
		if (child == NULL) {
			slot_vacate(slot_lists.leaving);
			slot_lists.leaving = NULL;
			return false;
		}
		child->depth--;
		derivation_remove(slot_lists.leaving);
		slot_link(slot_lists.leaving, child);
	}
	return true;
}
