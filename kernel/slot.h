/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capability tables: slots, handles, the derivation list, and the one placement function. */
#ifndef KERNEL_SLOT_H
#define KERNEL_SLOT_H

#include <stdbool.h>

#include "abi/abi.h"
#include "kernel/object.h"

#define SLOT_NO_EDGE UINT32_MAX

/*
 * One capability. Slots of one object and of what was derived from it stand in one list, parents
 * before children: the descendants of a slot are those that follow it with a greater depth.
 */
struct slot {
	uint32_t handle; /* the handle that names it; kept when empty, for its generation */
	uint32_t badge;  /* endpoint, notification: told to the receiver; frame: where it is mapped
			  * | steps of MAP_PAGES that are, or 0 */
	struct object *object; /* NULL: empty */
	uint32_t edge;         /* index of the monitor's edge, or SLOT_NO_EDGE */
	uint16_t label;
	uint8_t rights; /* RIGHT_*, and SLOT_* */
	uint8_t depth;
	uint32_t previous; /* slot references, 0 none */
	uint32_t next;     /* of an empty slot: the next free one */
} __attribute__((aligned(32)));

_Static_assert(sizeof(struct slot) == 32, "a slot is 32 bytes on every machine");

/* The endpoint's server was restarted since this capability was last used. */
#define SLOT_STALE 0x80u
/* A copy of an untyped capability: what was made through the original does not descend from it, so
 * it cannot reset the memory. */
#define SLOT_COPY 0x40u
/* Of a frame: its mapping failed half-way and is being taken back. */
#define SLOT_UNMAPPING 0x20u
/* An endpoint at which requests are received: RIGHT_RECEIVE, whatever else. */
#define SLOT_SERVER 0x10u
/* An endpoint through which messages are sent, judged by the edge: RIGHT_SEND alone. The short way
 * asks for these and for no kind, so no other object's capability may have them. */
#define SLOT_CLIENT 0x08u
/* Both bits mean nothing together on another kind: a notification. With RIGHT_SEND alone it has an
 * edge over Signal. */
#define SLOT_NOTIFICATION (SLOT_COPY | SLOT_UNMAPPING)

struct process;

/* A process's table. Slot 0 is never a capability: it leads from any slot to its process. */
struct slot_table {
	struct slot *slots;
	uint32_t count;
	uint32_t fresh; /* lowest slot that was never used */
	uint32_t free_first;
	uint32_t free_last;
};

/* What a new capability shall be. */
struct capability {
	struct object *object;
	uint32_t badge;
	uint16_t label;
	uint16_t interface; /* what is spoken through it; 0: nothing is sent through it */
	uint8_t rights;
};

/* Start of RAM: slot references count from here. Called once, before any slot exists. */
void slot_init(void *origin);

/* slots: zeroed, so that a handle never names what was there before. count: a power of two. */
void slot_table_init(struct process *process, struct slot *slots, uint32_t count);

/* The slot that a handle names, or NULL: never valid, stale, or empty. */
struct slot *slot_find(const struct slot_table *table, uint32_t handle);

/*
 * Places a capability in a process's table: at boot, by init, by retype, by every later door.
 * parent: what it is derived from, NULL for the first of an object at boot.
 * Returns E_OK and the slot; E_DENIED: the policy has no edge from the holder over this label and
 * interface, or a limit of it is reached; E_LIMIT: table full or derivation too deep; E_STATE:
 * slot_is_frozen.
 */
enum status slot_place(struct process *holder, const struct capability *capability,
	struct slot *parent, struct slot **placed);

/* Whether slot_place would refuse, but for a frozen object and limits: E_LIMIT, E_DENIED, or E_OK.
 * Who makes an object asks before it is made. */
enum status slot_place_check(const struct process *holder, uint16_t label, uint16_t interface,
	const struct slot *parent);

/* The capability stands in another slot of the same table, with what descends from it. E_LIMIT: the
 * table is full. */
enum status slot_move(struct slot *slot, struct slot **moved);

/* Whether so many capabilities fit, at most HANDLES_MAX. */
bool slot_table_has_room(const struct slot_table *table, uint32_t count);

/* Takes one slot out of use without a capability, so that later ones have the promised numbers. */
enum status slot_skip(struct slot_table *table);

/* A capability that was placed, and from which nothing descends, was none. */
void slot_take_back(struct slot *slot);

/* Empties a slot and counts the object's capabilities, no more. Its descendants become its
 * parent's, now or, if they are many, by slot_leave_step. Requires that none is left to do. */
void slot_clear(struct slot *slot);

/* Moves some descendants of the slot that was emptied last; true: there are more. Whoever looks for
 * descendants finishes this first. */
bool slot_leave_step(void);

/* The next slot in derivation order if it descends from `slot`, else NULL. */
struct slot *slot_child(const struct slot *slot);

/* Marks some clients that descend from the server's own capability; false: that were all. */
bool slot_stale_step(struct slot *server);

/*
 * Whether a revoke is under way that would have to take back what is derived from `parent` now
 * (decisions B4). What stands above the revoked capability is none of its: a supervisor can give an
 * endpoint to a new process while the server takes others back.
 */
static inline bool
slot_is_frozen(const struct slot *parent, const struct object *object)
{
	return object->frozen != 0 && parent->depth + 1u >= object->frozen;
}

/* The bits that a signal through this notification capability sets. */
static inline uint32_t
slot_signal_bits(const struct slot *slot)
{
	return slot->badge == 0 ? 1 : slot->badge;
}

/* In whose table a used slot stands. */
struct process *slot_owner(struct slot *slot);

#endif
