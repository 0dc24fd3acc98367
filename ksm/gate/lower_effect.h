/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_effect.h: what stands behind `then`, and the tails of a rule [S13 to S17]. */
#ifndef GATE_LOWER_EFFECT_H
#define GATE_LOWER_EFFECT_H

#include <stdbool.h>
#include <stdint.h>

struct ast_rule;
struct event_cell;
struct l1_cell;
struct sema;
struct unit;

/*
 * Gives `call`, the cell of an allow for `event`, its effects, and adds a cell for each tail of the
 * rule with that number; 0: it is not in force and only checked. Returns false after an error.
 */
bool lower_effects(struct sema *s, const struct unit *unit, const struct ast_rule *rule,
	const struct event_cell *event, struct l1_cell *call, uint32_t number);

#endif
