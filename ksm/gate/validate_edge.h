/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_edge.h: the edges that L1 wants a blob to have [E3], and what L1 says of one. */
#ifndef GATE_VALIDATE_EDGE_H
#define GATE_VALIDATE_EDGE_H

#include "l1.h"

struct arena;
struct vector;

/* For qsort over struct l1_edge: by holder, target, interface. */
int validate_edge_order(const void *a, const void *b);

/* Returns the edge of a cell. */
struct l1_edge validate_edge_of(const struct l1_cell *cell);

/* Returns how many cells from `first` on are of the edge. */
uint32_t validate_edge_cells(const struct l1 *l1, uint32_t first, const struct l1_edge *edge);

/* Leaves the cells of the method, of those of one edge. Where it has none all of them stay: they
 * say that there is an edge. */
void validate_edge_method(struct l1 *narrow, uint32_t number);

/* Leaves the passages of the edge. */
void validate_edge_passages(struct l1 *narrow, const struct l1_edge *edge);

/* Appends a struct l1_edge for each edge, in their order, some more than once. */
void validate_edges(const struct l1 *l1, struct arena *a, struct vector *wanted);

#endif
