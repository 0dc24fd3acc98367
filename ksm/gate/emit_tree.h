/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_tree.h: many allows of one event, told apart by the values that they test. */
#ifndef GATE_EMIT_TREE_H
#define GATE_EMIT_TREE_H

#include <stdbool.h>
#include <stdint.h>

struct emit_cells;
struct emit_code;
struct l1_cell;

/*
 * Emits the allows among the cells in such a way that a field which all of them test is tested once
 * for each of its values, not once for each allow; `grant` emits what one of them does. Falls
 * through if none applies. Returns false, with nothing emitted, if one of them always applies.
 */
bool emit_tree(struct emit_code *code, struct emit_cells cells,
	void (*grant)(struct emit_code *code, const struct l1_cell *cell));

/* Returns the steps of the longest way through a program. Requires: as emit_code_finish. */
uint32_t emit_tree_longest(const struct emit_code *code);

#endif
