/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* grid_sum.h: the part of the grid about sums of fields [E5]. */
#ifndef GATE_GRID_SUM_H
#define GATE_GRID_SUM_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct grid;
struct l1_condition;
struct l1_field;
struct vector;

/* Returns whether both are the same sum, be they two fields. */
bool grid_sum_is(const struct l1_field *a, const struct l1_field *b);

/* Collects the sums (const struct l1_field *, none twice) that the conditions test. is_proof: the
 * grid stands for all values. Then it returns false if a field of one is in another, too, or is
 * compared with a field, or is the length of a text that is tested. */
bool grid_sums_find(struct vector *sums, struct arena *a,
	const struct l1_condition *const *conditions, uint32_t count, bool is_proof);

/* How often some field is there in a sum that the field is in; 0: it is in none. */
int64_t grid_sums_times(const struct vector *sums, const struct l1_field *field);

/* Returns whether the field is in one of the sums. */
bool grid_sums_have(const struct vector *sums, const struct l1_field *field);

/* Gives each axis of a sum the values with which the sum meets its borders. Requires: they hold the
 * first and the last values of each piece, grid_sums_times of them. Returns false if these are too
 * many. */
bool grid_sums_fill(struct grid *grid, struct arena *a, const struct vector *sums,
	const struct l1_condition *const *conditions, uint32_t count, bool has_neighbours);

#endif
