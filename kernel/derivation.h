/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The single steps of tables and of the derivation list (slot.h), for slot.c and the short ways of
 * messages: they know of no object but that it counts its capabilities. */
#ifndef KERNEL_DERIVATION_H
#define KERNEL_DERIVATION_H

#include "kernel/slot.h"

#define DEPTH_MAX 255u

struct slot_lists {
	struct slot *origin; /* start of RAM: references count from here */
	/* The empty slot that is on its way out of the derivation list, or NULL: one at a time. */
	struct slot *leaving;
	/* Who walks from a server's capability over those of its clients, and how far that is;
	 * NULL: nobody does. One at a time: who comes meanwhile goes on with it before its own. */
	const struct slot *walker;
	struct slot *walker_at;
	/* The policy wants to know which capabilities come and go: monitor_passes does more than
	 * say yes. */
	bool are_counted;
};

extern struct slot_lists slot_lists;

static inline uint32_t
slot_reference(const struct slot *slot)
{
	return (uint32_t)(slot - slot_lists.origin);
}

/* Requires that the reference is not 0. */
static inline struct slot *
slot_at(uint32_t reference)
{
	return slot_lists.origin + reference;
}

/* Puts it behind another one of the list. */
static inline void
slot_link(struct slot *slot, struct slot *before)
{
	uint32_t reference = slot_reference(slot);

	slot->previous = slot_reference(before);
	slot->next = before->next;
	if (before->next != 0) {
		slot_at(before->next)->previous = reference;
	}
	before->next = reference;
}

/* Requires that nobody walks. */
static inline void
slot_unlink(const struct slot *slot)
{
	if (slot->previous != 0) {
		slot_at(slot->previous)->next = slot->next;
	}
	if (slot->next != 0) {
		slot_at(slot->next)->previous = slot->previous;
	}
}

/* Nothing descends from it. */
static inline bool
slot_is_leaf(const struct slot *slot)
{
	return slot->next == 0 || slot_at(slot->next)->depth <= slot->depth;
}

static inline bool
slot_table_is_full(const struct slot_table *table)
{
	return table->free_first == 0 && table->fresh == table->count;
}

static inline struct slot *
slot_take_fresh(struct slot_table *table)
{
	uint32_t index = table->fresh++;

	table->slots[index] = (struct slot){.handle = HANDLE_INITIAL(index), .edge = SLOT_NO_EDGE};
	return &table->slots[index];
}

/* Never-used slots first, in order: a process knows its first handles at compile time. Requires
 * that the table is not full. */
static inline struct slot *
slot_take(struct slot_table *table)
{
	if (table->fresh < table->count) {
		return slot_take_fresh(table);
	}
	uint32_t index = table->free_first;
	struct slot *slot = &table->slots[index];
	table->free_first = slot->next;
	if (table->free_first == 0) {
		table->free_last = 0;
	}
	slot->handle += HANDLE_INITIAL(0);
	if (slot->handle < HANDLE_INITIAL(0)) { /* generation 0 */
		slot->handle += HANDLE_INITIAL(0);
	}
	return slot;
}

/* First in, first out, so that a generation lasts as long as it can (decisions B5). */
static inline void
slot_give(struct slot_table *table, struct slot *slot)
{
	uint32_t index = slot->handle & HANDLE_INDEX_MASK;

	slot->object = NULL;
	slot->edge = SLOT_NO_EDGE;
	slot->badge = 0;
	slot->rights = 0;
	slot->previous = 0;
	slot->next = 0;
	if (table->free_last != 0) {
		table->slots[table->free_last].next = index;
	} else {
		table->free_first = index;
	}
	table->free_last = index;
}

/* A client's capability as it was placed: no server was restarted since. */
static inline bool
slot_is_client(const struct slot *slot)
{
	return slot->rights == (SLOT_CLIENT | RIGHT_SEND);
}

/* What slot_place makes of a client's capability for another table, whose holder has this edge.
 * Requires room there, an object that is not frozen, and less than DEPTH_MAX. */
static inline struct slot *
slot_copy_client(struct slot_table *table, struct slot *client, uint32_t edge)
{
	struct slot *copy = slot_take(table);
	uint32_t handle = copy->handle;

	*copy = *client;
	copy->handle = handle;
	copy->edge = edge;
	copy->depth++;
	slot_link(copy, client);
	copy->object->capabilities++;
	return copy;
}

/* A client's capability can go in one step: not the last one, nothing descends from it, and neither
 * somebody who walks nor the policy has to know. One that is leaving is in nobody's way. */
static inline bool
slot_can_drop(const struct slot *slot)
{
	return slot_is_client(slot) && slot_lists.walker == NULL && !slot_lists.are_counted &&
	       slot_is_leaf(slot) && slot->object->capabilities != 1;
}

/* What capability_delete_step does of it. Requires slot_can_drop. */
static inline void
slot_drop(struct slot_table *table, struct slot *slot)
{
	slot->object->capabilities--;
	slot_unlink(slot);
	slot_give(table, slot);
}

#endif
