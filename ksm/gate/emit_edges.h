/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_edges.h: which edges a policy has. */
#ifndef GATE_EMIT_EDGES_H
#define GATE_EMIT_EDGES_H

#include <stdint.h>

#include "l1.h"
#include "vector.h"

struct emit_edge {
	uint16_t holder;
	uint16_t target;
	uint16_t interface;
};

/*
 * Returns the edges as struct emit_edge, sorted, none twice: those of rules; and those of every
 * wire and signal of the system, so that what no rule allows any more is a judged and recorded
 * denial instead of a missing capability.
 */
struct vector emit_edges(const struct l1 *l1, struct arena *arena);

#endif
