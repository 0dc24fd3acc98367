/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower.h: drafted rules and cells become the cells of L1, in order and complete. */
#ifndef GATE_LOWER_H
#define GATE_LOWER_H

#include "l1.h"

struct l1_query;
struct sema;

/*
 * Requires: all rules and cells are in s. Adds what an allowed call implies (S18), leaves out
 * forbids of what nothing allows, sorts, and tells instances whom they may signal.
 */
void lower_finish(struct sema *s);

/* Returns the first cell of a group, and its size: same place, same event. NULL if there is none.
 */
const struct l1_cell *lower_cells(const struct l1 *l1, const struct l1_cell *like, uint32_t *count);

/* The same for the messages between the two that a query asks about. */
const struct l1_cell *lower_cells_asked(
	const struct l1 *l1, const struct l1_query *query, enum l1_event event, uint32_t *count);

/* Returns the index behind the group of cells that begins at first. */
uint32_t lower_group_end(const struct l1 *l1, uint32_t first);

/* Returns the index of the first cell at the edge; if it has none, of the first one behind it. */
uint32_t lower_edge_first(const struct l1 *l1, const struct l1_edge *edge);

#endif
