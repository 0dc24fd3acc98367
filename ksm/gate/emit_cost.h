/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_cost.h: what rules cost in steps of a program, and what of them costs most [S40]. */
#ifndef GATE_EMIT_COST_H
#define GATE_EMIT_COST_H

#include <stdint.h>

struct arena;
struct emit_cells;
struct l1_cell;
struct l1_rule;

/* Returns the steps that condition and effects of a cell take by themselves. */
uint32_t emit_cell_cost(const struct l1_cell *cell);

/* Returns the rule of the dearest cell, or NULL if there is none. */
const struct l1_rule *emit_cost_rule(const struct emit_cells *cells);

/*
 * Returns what to do about a decision that takes too many steps: the dearest construct of its
 * dearest cell is named with its steps, or the types of the message's fields, which take `types`.
 */
const char *emit_cost_help(struct arena *a, const struct emit_cells *cells, uint32_t types);

#endif
