/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * grid_sum.c: the part of the grid about sums of fields.
 *
 * Why it is complete. Within a box of pieces a sum takes all values between those at two opposite
 * corners, and a walk along edges leads from one to the other: on each edge one field moves and the
 * others stand at the first or the last value of their piece. So where the sum can be in a piece of
 * its own, it is there at a corner, or where it meets the beginning of that piece on an edge.
 */
#include "grid_sum.h"

#include <stdlib.h>

#include "arena.h"
#include "grid.h"
#include "vector.h"

#define SOLUTIONS_MAX 20000u

bool
grid_sum_is(const struct l1_field *a, const struct l1_field *b)
{
	if (a->term_count != b->term_count) {
		return false;
	}
	for (uint32_t i = 0; i < a->term_count; i++) {
		if (a->terms[i].field != b->terms[i].field ||
			a->terms[i].is_subtracted != b->terms[i].is_subtracted) {
			return false;
		}
	}
	return true;
}

static bool
has_term(const struct l1_field *sum, const struct l1_field *field)
{
	for (uint32_t i = 0; i < sum->term_count; i++) {
		if (sum->terms[i].field == field) {
			return true;
		}
	}
	return false;
}

static void
sums_add(struct vector *sums, struct arena *a, const struct l1_condition *c)
{
	const struct l1_field *const *known = sums->elements;
	bool is_new = c->kind == L1_IN && c->field->term_count != 0;

	for (uint32_t i = 0; is_new && i < sums->count; i++) {
		is_new = !grid_sum_is(known[i], c->field);
	}
	if (is_new) {
		*(const struct l1_field **)vector_push(sums, a, sizeof c->field) = c->field;
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		sums_add(sums, a, c->parts[i]);
	}
}

static bool
is_compared(const struct vector *sums, const struct l1_condition *c)
{
	if (c->kind == L1_FIELDS) {
		return grid_sums_have(sums, c->field) || grid_sums_have(sums, c->other);
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (is_compared(sums, c->parts[i])) {
			return true;
		}
	}
	return false;
}

bool
grid_sums_have(const struct vector *sums, const struct l1_field *field)
{
	const struct l1_field *const *sum = sums->elements;

	for (uint32_t i = 0; i < sums->count; i++) {
		if (has_term(sum[i], field)) {
			return true;
		}
	}
	return false;
}

bool
grid_sums_find(struct vector *sums, struct arena *a, const struct l1_condition *const *conditions,
	uint32_t count)
{
	const struct l1_field *const *sum;

	for (uint32_t i = 0; i < count; i++) {
		sums_add(sums, a, conditions[i]);
	}
	sum = sums->elements;
	for (uint32_t i = 0; i < count; i++) {
		if (is_compared(sums, conditions[i])) {
			return false;
		}
	}
	for (uint32_t i = 0; i < sums->count; i++) {
		for (uint32_t n = i + 1; n < sums->count; n++) {
			for (uint32_t t = 0; t < sum[i]->term_count; t++) {
				if (has_term(sum[n], sum[i]->terms[t].field)) {
					return false;
				}
			}
		}
	}
	return true;
}

/* The first values of the pieces of a sum. */
static void
cuts_find(struct vector *cuts, struct arena *a, const struct l1_condition *c,
	const struct l1_field *sum)
{
	for (uint32_t i = 0; c->kind == L1_IN && grid_sum_is(c->field, sum) && i < c->range_count;
		i++) {
		*(int64_t *)vector_push(cuts, a, sizeof(int64_t)) = c->ranges[i].low;
		if (c->ranges[i].high < INT64_MAX) {
			*(int64_t *)vector_push(cuts, a, sizeof(int64_t)) = c->ranges[i].high + 1;
		}
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		cuts_find(cuts, a, c->parts[i], sum);
	}
}

/* The axes of a sum as they are before it adds to them. */
struct box {
	const struct l1_field *sum;
	struct grid_axis **axes; /* by term */
	struct grid_axis *base;  /* copies */
	struct vector cuts;
	bool has_neighbours;
};

static int
value_order(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a;
	int64_t right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

static void
value_add(struct vector *values, struct arena *a, const struct l1_field *field, int64_t value)
{
	if (value >= field->low && value <= field->high) {
		*(int64_t *)vector_push(values, a, sizeof value) = value;
	}
}

/* What the term must be so that the sum is `cut`, the others being `rest` together. */
static void
solutions_add(
	const struct box *box, uint32_t term, int64_t rest, struct vector *values, struct arena *a)
{
	const struct l1_term *t = &box->sum->terms[term];
	const int64_t *cuts = box->cuts.elements;

	for (uint32_t i = 0; i < box->cuts.count; i++) {
		int64_t around = box->has_neighbours ? 1 : 0;
		int64_t value;

		if (t->is_subtracted ? __builtin_sub_overflow(rest, cuts[i], &value)
				     : __builtin_sub_overflow(cuts[i], rest, &value)) {
			continue;
		}
		for (int64_t d = -around; d <= around; d++) {
			int64_t near;

			if (!__builtin_add_overflow(value, d, &near)) {
				value_add(values, a, t->field, near);
			}
		}
	}
}

/* The sum of all terms but one at the n-th combination of their values. */
static int64_t
rest_at(const struct box *box, uint32_t term, uint64_t n)
{
	int64_t rest = 0;

	for (uint32_t i = 0; i < box->sum->term_count; i++) {
		int64_t value;

		if (i == term) {
			continue;
		}
		value = box->base[i].values[n % box->base[i].count];
		n /= box->base[i].count;
		rest = box->sum->terms[i].is_subtracted ? rest - value : rest + value;
	}
	return rest;
}

static bool
term_fill(const struct box *box, uint32_t term, struct arena *a)
{
	struct grid_axis *axis = box->axes[term];
	struct vector values = {0};
	uint64_t combinations = 1;
	int64_t *sorted;

	for (uint32_t i = 0; i < box->sum->term_count; i++) {
		combinations *= i == term ? 1 : box->base[i].count;
		if (combinations > SOLUTIONS_MAX) {
			return false;
		}
	}
	for (uint32_t i = 0; i < axis->count; i++) {
		*(int64_t *)vector_push(&values, a, sizeof(int64_t)) = axis->values[i];
	}
	for (uint64_t n = 0; n < combinations; n++) {
		solutions_add(box, term, rest_at(box, term, n), &values, a);
	}
	sorted = values.elements;
	qsort(sorted, values.count, sizeof *sorted, value_order);
	axis->values = sorted;
	axis->count = 0;
	for (uint32_t i = 0; i < values.count; i++) {
		if (axis->count == 0 || sorted[axis->count - 1] != sorted[i]) {
			sorted[axis->count++] = sorted[i];
		}
	}
	return true;
}

static bool
sum_fill(struct grid *grid, struct arena *a, struct box *box)
{
	uint32_t terms = box->sum->term_count;

	box->axes = arena_array(a, terms, sizeof(struct grid_axis *));
	box->base = arena_array(a, terms, sizeof *box->base);
	for (uint32_t t = 0; t < terms; t++) {
		for (uint32_t i = 0; i < grid->axis_count; i++) {
			if (grid->axes[i].field == box->sum->terms[t].field) {
				box->axes[t] = &grid->axes[i];
				box->base[t] = grid->axes[i];
			}
		}
	}
	for (uint32_t t = 0; t < terms; t++) {
		if (!term_fill(box, t, a)) {
			return false;
		}
	}
	return true;
}

bool
grid_sums_fill(struct grid *grid, struct arena *a, const struct vector *sums,
	const struct l1_condition *const *conditions, uint32_t count, bool has_neighbours)
{
	for (uint32_t i = 0; i < sums->count; i++) {
		struct box box = {.sum = ((const struct l1_field *const *)sums->elements)[i],
			.has_neighbours = has_neighbours};

		for (uint32_t c = 0; c < count; c++) {
			cuts_find(&box.cuts, a, conditions[c], box.sum);
		}
		if (!sum_fill(grid, a, &box)) {
			return false;
		}
	}
	return true;
}
