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

/* The empty slot that is on its way out of the derivation list, or NULL: one at a time. */
static struct slot *leaving;

/* Who walks from a server's capability over those of its clients, and how far that is; NULL: nobody
 * does. One at a time: who comes meanwhile goes on with it before its own. */
static struct {
	const struct slot *server;
	struct slot *at;
} walk;

void __attribute__((section(".boot.text"))) slot_init(void *start)
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

static bool
table_is_full(const struct slot_table *table)
{
	return table->fresh == table->count && table->free_first == 0;
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

static struct slot *
table_take_fresh(struct slot_table *table)
{
	uint32_t index = table->fresh++;

	table->slots[index] = (struct slot){.handle = HANDLE_INITIAL(index), .edge = SLOT_NO_EDGE};
	return &table->slots[index];
}

/* Never-used slots first, in order: a process knows its first handles at compile time. */
static struct slot *
table_take(struct slot_table *table)
{
	if (table->fresh < table->count) {
		return table_take_fresh(table);
	}
	uint32_t index = table->free_first;
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
derivation_insert_behind(struct slot *slot, struct slot *before)
{
	struct slot *after = slot_of(before->next);

	slot->previous = reference_of(before);
	slot->next = before->next;
	before->next = reference_of(slot);
	if (after != NULL) {
		after->previous = reference_of(slot);
	}
}

static void
derivation_insert(struct slot *slot, struct slot *parent)
{
	slot->previous = 0;
	slot->next = 0;
	slot->depth = 0;
	if (parent != NULL) {
		slot->depth = (uint8_t)(parent->depth + 1);
		derivation_insert_behind(slot, parent);
	}
}

static void
derivation_remove(const struct slot *slot)
{
	struct slot *before = slot_of(slot->previous);
	struct slot *after = slot_of(slot->next);

	if (slot == walk.server) {
		walk.server = NULL;
	} else if (slot == walk.at) {
		walk.at = before;
	}
	if (before != NULL) {
		before->next = slot->next;
	}
	if (after != NULL) {
		after->previous = slot->previous;
	}
}

/* Out of the derivation list, and free. Requires that nothing descends from it. */
static void
slot_vacate(struct slot *slot)
{
	derivation_remove(slot);
	slot->object = NULL;
	slot->edge = SLOT_NO_EDGE;
	slot->badge = 0;
	slot->rights = 0;
	slot->previous = 0;
	table_give(&slot_owner(slot)->table, slot);
}

struct slot *
slot_child(const struct slot *slot)
{
	struct slot *next = slot_of(slot->next);

	return next != NULL && next->depth > slot->depth ? next : NULL;
}

bool
slot_stale_step(struct slot *server)
{
	if (slot_leave_step()) {
		return true;
	}
	if (walk.server == NULL) {
		walk.server = server;
		walk.at = server;
	}
	for (uint32_t step = 0; step < STALE_SLOTS; step++) {
		struct slot *next = slot_of(walk.at->next);
		if (next == NULL || next->depth <= walk.server->depth) {
			bool was_own = walk.server == server;
			walk.server = NULL;
			return !was_own;
		}
		next->rights |= (next->rights & SLOT_CLIENT) ? SLOT_STALE : 0;
		walk.at = next;
	}
	return true;
}

/* The edge is searched once. */
static enum status
place_check(const struct process *holder, uint16_t label, uint16_t interface,
	const struct slot *parent, uint32_t *edge)
{
	*edge = SLOT_NO_EDGE;
	if (table_is_full(&holder->table) || (parent != NULL && parent->depth == DEPTH_MAX)) {
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
	if (capability->object->is_frozen) {
		return E_STATE;
	}
	if (!monitor_passes(edge, capability->badge, false)) {
		return E_DENIED;
	}
	kernel_assert((capability->rights & ~RIGHTS_ALL) == 0);
	struct slot *slot = table_take(&holder->table);
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

	if (table_is_full(table)) {
		return E_LIMIT;
	}
	struct slot *to = table_take(table);
	uint32_t handle = to->handle;
	*to = *slot;
	to->handle = handle;
	derivation_insert_behind(to, slot);
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
	(void)table_take_fresh(table);
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
	kernel_assert(slot->object != NULL && slot->object->capabilities > 0 && leaving == NULL);
	(void)monitor_passes(slot->edge, slot->badge, true);
	slot->object->capabilities--;
	slot->object = NULL;
	slot->rights = 0; /* at once: the short way of messages looks at the rights alone */
	leaving = slot;
	(void)slot_leave_step();
}

/*
 * The slot walks behind its descendants, one by one, and each that it passes moves up a level:
 * else the sibling in front would pass for their parent. Whom it has not passed is still its own.
 */
bool
slot_leave_step(void)
{
	if (leaving == NULL) {
		return false;
	}
	for (uint32_t step = 0; step < LEAVE_STEPS; step++) {
		struct slot *child = slot_child(leaving);
		if (child == NULL) {
			slot_vacate(leaving);
			leaving = NULL;
			return false;
		}
		child->depth--;
		derivation_remove(leaving);
		derivation_insert_behind(leaving, child);
	}
	return true;
}
