/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * grid_sum.c: the part of the grid about sums of fields.
 *
 * Why it is complete. Say that within a box of pieces some values make the sum stand in a piece of
 * its own. A field that is there k times moves the sum by k. Two fields that are both far from the
 * ends of their pieces can move against each other, each by as much as the other is there, and the
 * sum stays; so they can until one of them is near an end: nearer than the other is there times. At
 * last one field at the most is far from both ends, and it can move until the sum is about to leave
 * its piece. So the values near the ends count, as many as some field of the sum is there, and
 * those with which the sum meets the beginning of a piece while all others are near their ends.
 * With fields that are there once these are the corners of the box and its edges.
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

/* A text that is as long as its bytes say is no box. */
static bool
is_length_of_text(const struct vector *sums, const struct l1_condition *c)
{
	const struct l1_field *const *sum = sums->elements;
	const struct l1_field *whole = c->field == NULL ? NULL : c->field->whole;

	for (uint32_t i = 0; whole != NULL && c->field->look == L1_LOOK_EIGHT && i < sums->count;
		i++) {
		if (has_term(sum[i], &whole->parts[0])) {
			return true;
		}
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (is_length_of_text(sums, c->parts[i])) {
			return true;
		}
	}
	return false;
}

bool
grid_sums_find(struct vector *sums, struct arena *a, const struct l1_condition *const *conditions,
	uint32_t count, bool is_proof)
{
	const struct l1_field *const *sum;

	for (uint32_t i = 0; i < count; i++) {
		sums_add(sums, a, conditions[i]);
	}
	sum = sums->elements;
	for (uint32_t i = 0; i < count && is_proof; i++) {
		if (is_compared(sums, conditions[i]) || is_length_of_text(sums, conditions[i])) {
			return false;
		}
	}
	for (uint32_t i = 0; i < sums->count && is_proof; i++) {
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

static int64_t
times(const struct l1_field *sum, const struct l1_field *field)
{
	int64_t times = 0;

	for (uint32_t i = 0; i < sum->term_count; i++) {
		times += sum->terms[i].field == field;
	}
	return times;
}

int64_t
grid_sums_times(const struct vector *sums, const struct l1_field *field)
{
	const struct l1_field *const *sum = sums->elements;
	int64_t most = 0;

	for (uint32_t i = 0; i < sums->count; i++) {
		for (uint32_t t = 0; has_term(sum[i], field) && t < sum[i]->term_count; t++) {
			int64_t there = times(sum[i], sum[i]->terms[t].field);

			most = there > most ? there : most;
		}
	}
	return most;
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

/* A field of a sum. */
struct part {
	const struct l1_field *field;
	int64_t times; /* that it is there; below 0: subtracted */
	struct grid_axis *axis;
	struct grid_axis base; /* as it was before the sum adds to it */
};

struct box {
	const struct l1_field *sum;
	struct part *parts;
	uint32_t part_count;
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

static int64_t
wrap(int64_t a, int64_t b)
{
	return (int64_t)((uint64_t)a + (uint64_t)b);
}

/* need / by, rounded up. */
static int64_t
up(int64_t need, int64_t by)
{
	return need / by + (need % by > 0);
}

/* What the part must be at the least (subtracted: at the most) so that the sum is `cut` or more,
 * the others being `rest` together. */
static void
solutions_add(const struct box *box, const struct part *part, int64_t rest, struct vector *values,
	struct arena *a)
{
	const int64_t *cuts = box->cuts.elements;
	int64_t around = box->has_neighbours ? 1 : 0;
	bool is_less = part->times < 0;
	int64_t by = is_less ? -part->times : part->times;

	for (uint32_t i = 0; i < box->cuts.count; i++) {
		int64_t need;
		int64_t value;

		if (__builtin_sub_overflow(cuts[i], rest, &need) || need == INT64_MIN) {
			continue;
		}
		value = is_less ? -up(need, by) : up(need, by);
		for (int64_t d = -around; d <= around; d++) {
			int64_t near;

			if (!__builtin_add_overflow(value, d, &near)) {
				value_add(values, a, part->field, near);
			}
		}
	}
}

/* The sum of all parts but one at the n-th combination of their values. */
static int64_t
rest_at(const struct box *box, const struct part *without, uint64_t n)
{
	int64_t rest = 0;

	for (uint32_t i = 0; i < box->part_count; i++) {
		const struct part *part = &box->parts[i];
		int64_t value;

		if (part == without) {
			continue;
		}
		value = part->base.values[n % part->base.count];
		n /= part->base.count;
		rest = wrap(rest, (int64_t)((uint64_t)value * (uint64_t)part->times));
	}
	return rest;
}

static bool
part_fill(const struct box *box, const struct part *part, struct arena *a)
{
	struct grid_axis *axis = part->axis;
	struct vector values = {0};
	uint64_t combinations = 1;
	int64_t *sorted;

	for (uint32_t i = 0; i < box->part_count; i++) {
		combinations *= &box->parts[i] == part ? 1 : box->parts[i].base.count;
		if (combinations > SOLUTIONS_MAX) {
			return false;
		}
	}
	for (uint32_t i = 0; i < axis->count; i++) {
		*(int64_t *)vector_push(&values, a, sizeof(int64_t)) = axis->values[i];
	}
	for (uint64_t n = 0; n < combinations; n++) {
		solutions_add(box, part, rest_at(box, part, n), &values, a);
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

/* The fields of the sum, each once. */
static void
parts_find(struct box *box, struct grid *grid, struct arena *a)
{
	const struct l1_field *sum = box->sum;

	box->parts = arena_array(a, sum->term_count, sizeof *box->parts);
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		struct part part = {grid->axes[i].field, 0, &grid->axes[i], grid->axes[i]};

		for (uint32_t t = 0; t < sum->term_count; t++) {
			if (sum->terms[t].field == part.field) {
				part.times += sum->terms[t].is_subtracted ? -1 : 1;
			}
		}
		if (part.times != 0) {
			box->parts[box->part_count++] = part;
		}
	}
}

bool
grid_sums_fill(struct grid *grid, struct arena *a, const struct vector *sums,
	const struct l1_condition *const *conditions, uint32_t count, bool has_neighbours)
{
	struct box *boxes = arena_array(a, sums->count, sizeof *boxes);

	for (uint32_t i = 0; i < sums->count; i++) {
		boxes[i].sum = ((const struct l1_field *const *)sums->elements)[i];
		boxes[i].has_neighbours = has_neighbours;
		for (uint32_t c = 0; c < count; c++) {
			cuts_find(&boxes[i].cuts, a, conditions[c], boxes[i].sum);
		}
		parts_find(&boxes[i], grid, a);
	}
	for (uint32_t i = 0; i < sums->count; i++) {
		for (uint32_t p = 0; p < boxes[i].part_count; p++) {
			if (!part_fill(&boxes[i], &boxes[i].parts[p], a)) {
				return false;
			}
		}
	}
	return true;
}
