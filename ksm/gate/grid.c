/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* grid.c: finitely many values of each tested field that stand for all of them. */
#include "grid.h"

#include <assert.h>
#include <stdlib.h>

#include "arena.h"
#include "grid_sum.h"
#include "vector.h"

/*
 * Why the grid is complete. The ends of all ranges cut a field's values into pieces; within a piece
 * no range test changes. A field that is compared with no other field needs one value of each
 * piece: the first. Fields that are
 * compared with each other share their cuts; of k such fields at most k different values of one
 * piece can matter, and only their order does, so the first k values of each piece do.
 */

static uint32_t
axis_of(const struct grid *grid, const struct l1_field *field)
{
	uint32_t i = 0;

	while (i < grid->axis_count && grid->axes[i].field != field) {
		i++;
	}
	return i;
}

static bool
axis_add(struct grid *grid, const struct l1_field *field)
{
	uint32_t i = axis_of(grid, field);

	if (i == GRID_AXES_MAX) {
		return false;
	}
	if (i == grid->axis_count) {
		grid->axes[i].field = field;
		grid->axis_count++;
	}
	return true;
}

static bool
axes_add(struct grid *grid, const struct l1_condition *c)
{
	bool fits = true;

	for (uint32_t i = 0; c->kind == L1_IN && i < c->field->term_count; i++) {
		fits = axis_add(grid, c->field->terms[i].field) && fits;
	}
	if (c->kind == L1_FIELDS || (c->kind == L1_IN && c->field->term_count == 0)) {
		fits = axis_add(grid, c->field);
	}
	if (c->kind == L1_FIELDS) {
		fits = fits && axis_add(grid, c->other);
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		fits = axes_add(grid, c->parts[i]) && fits;
	}
	return fits;
}

static bool
is_compared(const struct l1_condition *c, const struct l1_field *field)
{
	if (c->kind == L1_FIELDS) {
		return c->field == field || c->other == field;
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (is_compared(c->parts[i], field)) {
			return true;
		}
	}
	return false;
}

static bool
is_compared_anywhere(
	const struct l1_condition *const *conditions, uint32_t count, const struct l1_field *field)
{
	for (uint32_t i = 0; i < count; i++) {
		if (is_compared(conditions[i], field)) {
			return true;
		}
	}
	return false;
}

static void
cut_push(struct vector *cuts, struct arena *a, int64_t value)
{
	int64_t *slot = vector_push(cuts, a, sizeof *slot);

	*slot = value;
}

/* A cut is the first value of a piece. */
static void
cuts_of(struct vector *cuts, struct arena *a, const struct l1_condition *c,
	const struct l1_field *field)
{
	if (c->kind == L1_IN && c->field == field) {
		for (uint32_t i = 0; i < c->range_count; i++) {
			cut_push(cuts, a, c->ranges[i].low);
			if (c->ranges[i].high < INT64_MAX) {
				cut_push(cuts, a, c->ranges[i].high + 1);
			}
		}
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		cuts_of(cuts, a, c->parts[i], field);
	}
}

static int
value_order(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a;
	int64_t right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

static void
value_push(struct vector *values, struct arena *a, const struct l1_field *field, int64_t value)
{
	if (field->kind == L1_ENUM || value < field->low || value > field->high) {
		return;
	}
	cut_push(values, a, value);
}

static void
axis_finish(struct grid_axis *axis, struct vector *values)
{
	int64_t *sorted = values->elements;

	qsort(sorted, values->count, sizeof *sorted, value_order);
	axis->values = sorted;
	axis->count = 0;
	for (uint32_t i = 0; i < values->count; i++) {
		if (axis->count == 0 || sorted[axis->count - 1] != sorted[i]) {
			sorted[axis->count++] = sorted[i];
		}
	}
	assert(axis->count != 0);
}

/* Returns whether the field's bytes can hold the value. */
static bool
bytes_hold(const struct l1_field *field, int64_t value)
{
	uint32_t bits = field->width_bytes * 8u;
	int64_t low = field->is_signed ? -(INT64_C(1) << (bits - 1)) : 0;
	int64_t high = field->is_signed ? -(low + 1) : (INT64_C(1) << bits) - 1;

	return value >= low && value <= high;
}

/* One value on each side of the type: those break the shape whatever the other fields hold. */
static void
strangers_push(struct vector *values, struct arena *a, const struct l1_field *field)
{
	if (field->width_bytes >= 8) {
		return;
	}
	if (bytes_hold(field, field->low - 1)) {
		cut_push(values, a, field->low - 1);
	}
	if (bytes_hold(field, field->high + 1)) {
		cut_push(values, a, field->high + 1);
	}
}

/* How many bytes of a text that value needs to be there. */
static uint32_t
bytes_needed(int64_t value)
{
	uint32_t needed = 8;

	for (uint64_t rest = (uint64_t)value; needed > 0 && (rest & 0xff) == 0; rest >>= 8) {
		needed--;
	}
	return needed;
}

/* A short text holds only values that end with zeros: the first one of a piece may need more bytes
 * than a later one. */
static void
cuts_shorten(struct vector *cuts, struct arena *a)
{
	uint32_t count = cuts->count;

	for (uint32_t i = 0; i < count; i++) {
		uint64_t cut = (uint64_t)((const int64_t *)cuts->elements)[i];

		for (uint32_t bits = 8; bits < 64; bits += 8) {
			uint64_t low = (UINT64_C(1) << bits) - 1;

			if ((int64_t)cut <= (int64_t)(INT64_MAX - (int64_t)low)) {
				cut_push(cuts, a, (int64_t)((cut + low) & ~low));
			}
		}
	}
}

static bool
has_length_axis(const struct grid *grid, const struct l1_field *whole)
{
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		if (grid->axes[i].field->look == L1_LOOK_LENGTH &&
			grid->axes[i].field->whole == whole) {
			return true;
		}
	}
	return false;
}

bool
grid_is_possible(const struct grid *grid, const int64_t *values)
{
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *part = grid->axes[i].field;
		uint32_t needed;

		if (part->look != L1_LOOK_EIGHT || values[i] == 0) {
			continue;
		}
		needed = (uint32_t)(part->offset_bytes - part->whole->offset_bytes) +
			 bytes_needed(values[i]);
		if (needed > part->whole->width_bytes) {
			return false;
		}
		for (uint32_t n = 0; n < grid->axis_count; n++) {
			const struct l1_field *length = grid->axes[n].field;

			if (length->look == L1_LOOK_LENGTH && length->whole == part->whole &&
				(int64_t)needed > values[n]) {
				return false;
			}
		}
	}
	return true;
}

/* The first `ahead` values from each cut on, and `behind` values before it. */
static void
axis_fill(struct grid_axis *axis, struct arena *a, const struct vector *cuts, int64_t ahead,
	int64_t behind)
{
	const struct l1_field *field = axis->field;
	const int64_t *cut = cuts->elements;
	struct vector values = {0};

	for (uint32_t i = 0; field->kind == L1_ENUM && i < field->name_count; i++) {
		cut_push(&values, a, field->names[i].value);
	}
	value_push(&values, a, field, field->low);
	if (field->is_late) {
		value_push(&values, a, field, field->absent);
	}
	if (behind > 0) {
		value_push(&values, a, field, field->high);
		strangers_push(&values, a, field);
	}
	for (uint32_t i = 0; i < cuts->count; i++) {
		for (int64_t d = -behind; d < ahead; d++) {
			if (d < 0 ? cut[i] >= INT64_MIN - d : cut[i] <= INT64_MAX - d) {
				value_push(&values, a, field, cut[i] + d);
			}
		}
	}
	axis_finish(axis, &values);
}

static void
points_count(struct grid *grid)
{
	grid->point_count = 1;
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		grid->point_count *= grid->axes[i].count;
		if (grid->point_count > GRID_POINTS_MAX) {
			grid->point_count = GRID_POINTS_MAX + 1;
			return;
		}
	}
}

/* Cuts of one field, or of all fields that are compared with others. Returns how many these are. */
static int64_t
cuts_shared(const struct grid *grid, struct arena *a, const struct l1_condition *const *conditions,
	uint32_t count, struct vector *cuts)
{
	int64_t compared = 0;

	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *field = grid->axes[i].field;

		if (!is_compared_anywhere(conditions, count, field)) {
			continue;
		}
		compared++;
		cut_push(cuts, a, field->low);
		for (uint32_t c = 0; c < count; c++) {
			cuts_of(cuts, a, conditions[c], field);
		}
		if (field->high < INT64_MAX) {
			cut_push(cuts, a, field->high + 1);
		}
	}
	return compared;
}

bool
grid_build(struct grid *grid, struct arena *a, const struct l1_condition *const *conditions,
	uint32_t count, enum grid_density density)
{
	struct vector shared = {0};
	struct vector sums = {0};
	int64_t compared;
	int64_t more = density == GRID_NEIGHBOURS ? 2 : 1;

	grid->axis_count = 0;
	for (uint32_t i = 0; i < count; i++) {
		if (!axes_add(grid, conditions[i])) {
			return false;
		}
	}
	if (!grid_sums_find(&sums, a, conditions, count, density == GRID_FIRST)) {
		return false;
	}
	compared = cuts_shared(grid, a, conditions, count, &shared);
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		struct grid_axis *axis = &grid->axes[i];
		struct vector own = {0};
		int64_t times = grid_sums_times(&sums, axis->field);
		int64_t behind;

		if (is_compared_anywhere(conditions, count, axis->field)) {
			axis_fill(axis, a, &shared, compared < more ? more : compared,
				density == GRID_FIRST ? 0 : 1);
			continue;
		}
		for (uint32_t c = 0; c < count; c++) {
			cuts_of(&own, a, conditions[c], axis->field);
		}
		if (times > 1) {
			cut_push(&own, a, axis->field->low);
			cut_push(&own, a, axis->field->high + (axis->field->high < INT64_MAX));
		}
		if (density == GRID_FIRST && axis->field->look == L1_LOOK_EIGHT &&
			has_length_axis(grid, axis->field->whole)) {
			cuts_shorten(&own, a);
		}
		behind = density != GRID_FIRST && more > times ? more : times;
		/* The longer a text is, the more it can hold: of lengths the last ones count. */
		if (axis->field->look == L1_LOOK_LENGTH && behind == 0) {
			behind = 1;
		}
		axis_fill(axis, a, &own, times > more ? times : more, behind);
	}
	if (!grid_sums_fill(grid, a, &sums, conditions, count, density == GRID_NEIGHBOURS)) {
		return false;
	}
	points_count(grid);
	return true;
}

void
grid_point(const struct grid *grid, uint64_t number, int64_t *values)
{
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		values[i] = grid->axes[i].values[number % grid->axes[i].count];
		number /= grid->axes[i].count;
	}
}

static int64_t
value_of(const struct grid *grid, const int64_t *values, const struct l1_field *field)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < field->term_count; i++) {
		int64_t term = values[axis_of(grid, field->terms[i].field)];

		sum = field->terms[i].is_subtracted ? sum - term : sum + term;
	}
	return field->term_count != 0 ? sum : values[axis_of(grid, field)];
}

static bool
in_holds(const struct l1_condition *in, int64_t value)
{
	for (uint32_t i = 0; i < in->range_count; i++) {
		if (value >= in->ranges[i].low && value <= in->ranges[i].high) {
			return true;
		}
	}
	return false;
}

bool
grid_holds(const struct grid *grid, const int64_t *values, const struct l1_condition *c)
{
	int64_t left;
	int64_t right;

	switch (c->kind) {
	case L1_ALWAYS:
		return true;
	case L1_IN:
		return in_holds(c, value_of(grid, values, c->field));
	case L1_FIELDS:
		left = values[axis_of(grid, c->field)];
		right = values[axis_of(grid, c->other)];
		return c->relation == L1_LESS         ? left < right
		       : c->relation == L1_LESS_EQUAL ? left <= right
						      : left == right;
	case L1_NOT:
		return !grid_holds(grid, values, c->parts[0]);
	case L1_AND:
		for (uint32_t i = 0; i < c->part_count; i++) {
			if (!grid_holds(grid, values, c->parts[i])) {
				return false;
			}
		}
		return true;
	case L1_OR:
		for (uint32_t i = 0; i < c->part_count; i++) {
			if (grid_holds(grid, values, c->parts[i])) {
				return true;
			}
		}
		return false;
	}
	return false;
}
