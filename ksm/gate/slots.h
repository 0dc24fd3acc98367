/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * slots.h: what stands in an instance's table from HANDLE_FIRST_INDEX on. The system blob and the
 * headers of process classes are both made from this list, so they agree.
 */
#ifndef GATE_SLOTS_H
#define GATE_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "boards/board.h"
#include "l1.h"

/* Bits of an instance's notification from here on belong to those that may signal it. */
#define SLOTS_SIGNAL_BIT_FIRST 8

struct slot {
	uint8_t kind; /* enum system_capability_kind; 0: an optional use that is not wired */
	uint8_t rights;
	uint16_t target; /* number of an instance, or index of a board device */
	uint16_t label;
	uint16_t interface;
	uint32_t badge;   /* client: index among the server's gives << 24; signal: its bit */
	const char *name; /* of the use or the device; NULL: a signal */
};

struct slots {
	struct slot *list; /* in order; the first has index HANDLE_FIRST_INDEX */
	uint32_t count;
	const char *sentence; /* what is wrong, without a full stop; NULL: all is well */
};

/* Lists the slots of an instance. */
struct slots slots_of(const struct l1 *l1, const struct board *machine,
	const struct l1_instance *instance, struct arena *arena);

/* Returns the bit of `from`'s signals in the notification of `to`; 0: it has none, or no bit is
 * left. */
uint32_t slots_signal_bit(const struct l1 *l1, uint16_t from, uint16_t to);

#endif
