/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* condition.c: conditions in normal form: made, joined, turned round, compared. */
#include "condition.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

static struct l1_condition *
condition_new(struct arena *a, enum l1_condition_kind kind)
{
	struct l1_condition *condition = arena_alloc(a, sizeof *condition);

	condition->kind = kind;
	return condition;
}

/* Never written: one for all. */
struct l1_condition *
condition_always(struct arena *a)
{
	static struct l1_condition always = {.kind = L1_ALWAYS};

	(void)a;
	return &always;
}

struct l1_condition *
condition_never(struct arena *a)
{
	return condition_new(a, L1_OR);
}

bool
condition_is_always(const struct l1_condition *condition)
{
	return condition->kind == L1_ALWAYS;
}

bool
condition_is_never(const struct l1_condition *condition)
{
	return condition->kind == L1_OR && condition->part_count == 0;
}

static int
range_order(const void *a, const void *b)
{
	const struct l1_range *left = a;
	const struct l1_range *right = b;

	return left->low < right->low ? -1 : left->low > right->low;
}

/* Appends a range, grown into the last one if they touch. Requires: low is not below the last. */
static void
range_append(struct l1_condition *to, int64_t low, int64_t high)
{
	struct l1_range *last = to->range_count == 0 ? NULL : &to->ranges[to->range_count - 1];

	if (last != NULL && (last->high == INT64_MAX || low <= last->high + 1)) {
		last->high = high > last->high ? high : last->high;
		return;
	}
	to->ranges[to->range_count].low = low;
	to->ranges[to->range_count].high = high;
	to->range_count++;
}

static bool
ranges_hold(const struct l1_range *ranges, uint32_t count, int64_t value)
{
	for (uint32_t i = 0; i < count; i++) {
		if (value >= ranges[i].low && value <= ranges[i].high) {
			return true;
		}
	}
	return false;
}

/* A test of what the type lets through only: an enum by its names, the rest by low and high. */
static void
ranges_clip(struct l1_condition *to, const struct l1_range *ranges, uint32_t count)
{
	const struct l1_field *field = to->field;

	if (field->kind == L1_ENUM) {
		for (uint32_t i = 0; i < field->name_count; i++) {
			int64_t value = field->names[i].value;

			if (ranges_hold(ranges, count, value)) {
				range_append(to, value, value);
			}
		}
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		int64_t low = ranges[i].low < field->low ? field->low : ranges[i].low;
		int64_t high = ranges[i].high > field->high ? field->high : ranges[i].high;

		if (low <= high) {
			range_append(to, low, high);
		}
	}
}

static bool
ranges_cover(const struct l1_condition *in)
{
	const struct l1_field *field = in->field;

	if (field->kind != L1_ENUM) {
		return in->range_count == 1 && in->ranges[0].low == field->low &&
		       in->ranges[0].high == field->high;
	}
	for (uint32_t i = 0; i < field->name_count; i++) {
		if (!ranges_hold(in->ranges, in->range_count, field->names[i].value)) {
			return false;
		}
	}
	return true;
}

struct l1_condition *
condition_in(struct arena *a, const struct l1_field *field, const struct vector *ranges,
	struct l1_position position)
{
	struct l1_condition *in = condition_new(a, L1_IN);
	struct l1_range *sorted = arena_array(a, ranges->count, sizeof *sorted);

	for (uint32_t i = 0; i < ranges->count; i++) {
		sorted[i] = ((const struct l1_range *)ranges->elements)[i];
	}
	qsort(sorted, ranges->count, sizeof *sorted, range_order);
	in->field = field;
	in->position = position;
	in->ranges = arena_array(a, ranges->count + (size_t)field->name_count, sizeof *in->ranges);
	ranges_clip(in, sorted, ranges->count);
	if (in->range_count == 0) {
		return condition_never(a);
	}
	return ranges_cover(in) ? condition_always(a) : in;
}

struct l1_condition *
condition_fields(struct arena *a, const struct l1_field *field, enum l1_relation relation,
	const struct l1_field *other, struct l1_position position)
{
	struct l1_condition *condition = condition_new(a, L1_FIELDS);

	assert(field != other);
	condition->field = field;
	condition->other = other;
	condition->relation = relation;
	condition->position = position;
	return condition;
}

static void
ranges_push(struct arena *a, struct vector *to, const struct l1_condition *in)
{
	for (uint32_t i = 0; i < in->range_count; i++) {
		struct l1_range *range = vector_push(to, a, sizeof *range);

		*range = in->ranges[i];
	}
}

/* Tests of one field beside each other become one test, at the place of the first. */
static struct l1_condition *
tests_merge(struct arena *a, enum l1_condition_kind kind, const struct l1_condition *left,
	const struct l1_condition *right)
{
	struct vector ranges = {0};

	if (kind == L1_OR) {
		ranges_push(a, &ranges, left);
		ranges_push(a, &ranges, right);
		return condition_in(a, left->field, &ranges, left->position);
	}
	for (uint32_t i = 0; i < left->range_count; i++) {
		for (uint32_t j = 0; j < right->range_count; j++) {
			const struct l1_range *x = &left->ranges[i];
			const struct l1_range *y = &right->ranges[j];
			int64_t low = x->low > y->low ? x->low : y->low;
			int64_t high = x->high < y->high ? x->high : y->high;

			if (low <= high) {
				struct l1_range *range = vector_push(&ranges, a, sizeof *range);

				range->low = low;
				range->high = high;
			}
		}
	}
	return condition_in(a, left->field, &ranges, left->position);
}

/* Adds a condition that is neither of this kind nor constant. Returns false if nothing is left to
 * decide: and with never, or with always. */
static bool
part_add(struct arena *a, struct l1_condition *to, struct l1_condition *part)
{
	for (uint32_t i = 0; i < to->part_count; i++) {
		struct l1_condition *merged;

		if (condition_equal(to->parts[i], part)) {
			return true;
		}
		if (to->parts[i]->kind != L1_IN || part->kind != L1_IN ||
			to->parts[i]->field != part->field) {
			continue;
		}
		merged = tests_merge(a, to->kind, to->parts[i], part);
		if (condition_is_always(merged) || condition_is_never(merged)) {
			return false;
		}
		to->parts[i] = merged;
		return true;
	}
	to->parts[to->part_count++] = part;
	return true;
}

static bool
parts_add(struct arena *a, struct l1_condition *to, struct l1_condition *from)
{
	if (from->kind != to->kind) {
		return part_add(a, to, from);
	}
	for (uint32_t i = 0; i < from->part_count; i++) {
		if (!part_add(a, to, from->parts[i])) {
			return false;
		}
	}
	return true;
}

static struct l1_condition *
join(struct arena *a, enum l1_condition_kind kind, struct l1_condition *left,
	struct l1_condition *right)
{
	struct l1_condition *joined = condition_new(a, kind);
	size_t most = (size_t)left->part_count + right->part_count + 2;

	joined->parts = arena_array(a, most, sizeof(struct l1_condition *));
	joined->position = left->position;
	if (!parts_add(a, joined, left) || !parts_add(a, joined, right)) {
		return kind == L1_AND ? condition_never(a) : condition_always(a);
	}
	return joined->part_count == 1 ? joined->parts[0] : joined;
}

struct l1_condition *
condition_and(struct arena *a, struct l1_condition *left, struct l1_condition *right)
{
	if (condition_is_always(left) || condition_is_never(right)) {
		return right;
	}
	if (condition_is_always(right) || condition_is_never(left)) {
		return left;
	}
	return join(a, L1_AND, left, right);
}

struct l1_condition *
condition_or(struct arena *a, struct l1_condition *left, struct l1_condition *right)
{
	if (condition_is_never(left) || condition_is_always(right)) {
		return right;
	}
	if (condition_is_never(right) || condition_is_always(left)) {
		return left;
	}
	return join(a, L1_OR, left, right);
}

static struct l1_condition *
in_not(struct arena *a, const struct l1_condition *in)
{
	struct vector rest = {0};
	int64_t next = INT64_MIN;
	bool has_more = true;

	for (uint32_t i = 0; i < in->range_count; i++) {
		if (in->ranges[i].low > next) {
			struct l1_range *range = vector_push(&rest, a, sizeof *range);

			range->low = next;
			range->high = in->ranges[i].low - 1;
		}
		has_more = in->ranges[i].high < INT64_MAX;
		next = has_more ? in->ranges[i].high + 1 : next;
	}
	if (has_more) {
		struct l1_range *range = vector_push(&rest, a, sizeof *range);

		range->low = next;
		range->high = INT64_MAX;
	}
	return condition_in(a, in->field, &rest, in->position);
}

static struct l1_condition *
fields_not(struct arena *a, const struct l1_condition *c)
{
	switch (c->relation) {
	case L1_LESS:
		return condition_fields(a, c->other, L1_LESS_EQUAL, c->field, c->position);
	case L1_LESS_EQUAL:
		return condition_fields(a, c->other, L1_LESS, c->field, c->position);
	case L1_EQUAL:
		break;
	}
	return condition_or(a, condition_fields(a, c->field, L1_LESS, c->other, c->position),
		condition_fields(a, c->other, L1_LESS, c->field, c->position));
}

/* Recursion is as deep as the condition nests, which the parser bounds. */
struct l1_condition *
condition_not(struct arena *a, const struct l1_condition *condition)
{
	struct l1_condition *result;

	switch (condition->kind) {
	case L1_ALWAYS:
		return condition_never(a);
	case L1_IN:
		return in_not(a, condition);
	case L1_FIELDS:
		return fields_not(a, condition);
	case L1_AND:
		result = condition_never(a);
		for (uint32_t i = 0; i < condition->part_count; i++) {
			result = condition_or(a, result, condition_not(a, condition->parts[i]));
		}
		return result;
	case L1_OR:
		result = condition_always(a);
		for (uint32_t i = 0; i < condition->part_count; i++) {
			result = condition_and(a, result, condition_not(a, condition->parts[i]));
		}
		return result;
	case L1_NOT:
		break;
	}
	assert(!"no `not` in normal form");
	return NULL;
}

bool
condition_equal(const struct l1_condition *a, const struct l1_condition *b)
{
	if (a->kind != b->kind || a->part_count != b->part_count || a->field != b->field ||
		a->other != b->other || a->relation != b->relation ||
		a->range_count != b->range_count) {
		return false;
	}
	for (uint32_t i = 0; i < a->range_count; i++) {
		if (a->ranges[i].low != b->ranges[i].low ||
			a->ranges[i].high != b->ranges[i].high) {
			return false;
		}
	}
	for (uint32_t i = 0; i < a->part_count; i++) {
		if (!condition_equal(a->parts[i], b->parts[i])) {
			return false;
		}
	}
	return true;
}

/* Recursion is as deep as the condition nests. */
static bool
is_copy(const struct l1_condition *a, const struct l1_condition *b)
{
	if (!condition_equal(a, b) || a->position.file != b->position.file ||
		a->position.line != b->position.line || a->position.column != b->position.column) {
		return false;
	}
	for (uint32_t i = 0; i < a->part_count; i++) {
		if (!is_copy(a->parts[i], b->parts[i])) {
			return false;
		}
	}
	return true;
}

static struct l1_condition *
copy(struct arena *a, const struct l1_condition *from)
{
	struct l1_condition *to;

	if (condition_is_always(from)) {
		return condition_always(a);
	}
	to = condition_new(a, from->kind);
	*to = *from;
	if (from->range_count != 0) {
		to->ranges = arena_array(a, from->range_count, sizeof *to->ranges);
		memcpy(to->ranges, from->ranges, from->range_count * sizeof *to->ranges);
	}
	to->parts =
		from->part_count == 0 ? NULL : arena_array(a, from->part_count, sizeof(*to->parts));
	for (uint32_t i = 0; i < from->part_count; i++) {
		to->parts[i] = copy(a, from->parts[i]);
	}
	return to;
}

const struct l1_condition *
condition_keep(
	struct arena *a, const struct l1_condition *condition, const struct l1_condition *candidate)
{
	return candidate != NULL && is_copy(condition, candidate) ? candidate : copy(a, condition);
}
