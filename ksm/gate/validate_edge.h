/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_edge.h: the edges that L1 wants a blob to have [E3]. */
#ifndef GATE_VALIDATE_EDGE_H
#define GATE_VALIDATE_EDGE_H

#include "l1.h"

struct arena;
struct vector;

/* For qsort over struct l1_edge: by holder, target, interface. */
int validate_edge_order(const void *a, const void *b);

/* Returns the edge of a cell. */
struct l1_edge validate_edge_of(const struct l1_cell *cell);

/* Appends a struct l1_edge for each edge, in their order, some more than once. */
void validate_edges(const struct l1 *l1, struct arena *a, struct vector *wanted);

#endif
