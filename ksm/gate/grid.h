/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * grid.h: finitely many values of each tested field that stand for all of them: whatever a set of
 * conditions decides for some message it decides for a point of the grid [E5].
 */
#ifndef GATE_GRID_H
#define GATE_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"

struct arena;

/* More points than this are not visited: "split the rule". */
#define GRID_POINTS_MAX UINT64_C(1000000)
#define GRID_AXES_MAX   64u

struct grid_axis {
	const struct l1_field *field;
	int64_t *values; /* ascending, without repetition */
	uint32_t count;
};

struct grid {
	struct grid_axis axes[GRID_AXES_MAX];
	uint32_t axis_count;
	uint64_t point_count; /* GRID_POINTS_MAX + 1 if there are more */
};

/* How many values of each piece of a field are taken, beside those that completeness needs. */
enum grid_density {
	GRID_FIRST,      /* none */
	GRID_EDGES,      /* the last one, the type's ends, and a value beyond each of them */
	GRID_NEIGHBOURS, /* c - 1, c, c + 1 of each border, too */
};

/* Builds the grid of the fields that the conditions test. Returns false if there are too many, or
 * if a field of a sum is compared or summed in another way, too: then no grid is complete. */
bool grid_build(struct grid *grid, struct arena *a, const struct l1_condition *const *conditions,
	uint32_t count, enum grid_density density);

/* Writes the values of a point, one for each axis. Requires: number < point_count. */
void grid_point(const struct grid *grid, uint64_t number, int64_t *values);

/* Returns whether a message can have these values: a text has no more bytes than its length. */
bool grid_is_possible(const struct grid *grid, const int64_t *values);

/* Returns whether the condition holds at a point. Requires: all its fields are axes. */
bool grid_holds(
	const struct grid *grid, const int64_t *values, const struct l1_condition *condition);

#endif
