/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_effect.h: what stands behind `then`, and the tails of a rule [S13 to S17]. */
#ifndef GATE_LOWER_EFFECT_H
#define GATE_LOWER_EFFECT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct ast_rule;
struct event_cell;
struct l1_cell;
struct l1_effect;
struct l1_state;
struct l1_then;
struct sema;
struct unit;

/*
 * Gives `call`, the cell of an allow for `event`, its effects, and adds a cell for each tail of the
 * rule with that number; 0: it is not in force and only checked. Returns false after an error.
 */
bool lower_effects(struct sema *s, const struct unit *unit, const struct ast_rule *rule,
	const struct event_cell *event, struct l1_cell *call, uint32_t number);

/* Returns what these effects, of which it makes a copy, and the latch are to a cell: NULL if there
 * are none. */
const struct l1_then *lower_then(struct arena *a, const struct l1_effect *effects, uint32_t count,
	const struct l1_state *first);

#endif
