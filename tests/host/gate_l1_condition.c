/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Conditions in normal form mean what they meant before [E2], and the grid misses nothing [E5]. */
/* test: ksm/gate/condition.c ksm/gate/condition_text.c ksm/gate/grid.c ksm/gate/grid_sum.c
 * ksm/gate/vector.c ksm/gate/arena.c ksm/gate/buffer.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ksm/gate/arena.h"
#include "ksm/gate/condition.h"
#include "ksm/gate/condition_text.h"
#include "ksm/gate/grid.h"
#include "tests/host/support/random.h"

#define ROUNDS    2000u
#define FIELDS    4u
#define DEPTH_MAX 4u

static const struct l1_name modes[] = {{"off", 1}, {"low", 2}, {"high", 5}};

/* Small types, so that every message can be tried. */
static const struct l1_field fields[FIELDS] = {
	{.name = "a", .kind = L1_INTEGER, .width_bytes = 1, .low = 0, .high = 9},
	{.name = "b",
		.kind = L1_INTEGER,
		.width_bytes = 1,
		.is_signed = true,
		.low = -4,
		.high = 5},
	{.name = "c", .kind = L1_INTEGER, .width_bytes = 1, .low = 2, .high = 6},
	{.name = "mode",
		.kind = L1_ENUM,
		.width_bytes = 1,
		.low = 1,
		.high = 5,
		.names = modes,
		.name_count = 3},
};

static struct arena arena;
static int64_t values[FIELDS]; /* the present message */

/* A condition as it was before any normal form. */
struct tree {
	enum l1_condition_kind kind;
	struct tree *parts[2];
	uint32_t field;
	uint32_t other;
	enum l1_relation relation;
	struct l1_range ranges[2];
	uint32_t range_count;
};

static int64_t
random_value(void)
{
	return (int64_t)random_below(16) - 5;
}

static struct tree *
tree_leaf(void)
{
	struct tree *t = arena_alloc(&arena, sizeof *t);

	t->field = (uint32_t)random_below(FIELDS);
	if (random_below(4) == 0 && t->field < 3) {
		t->kind = L1_FIELDS;
		t->other = (t->field + 1 + (uint32_t)random_below(2)) % 3;
		t->relation = (enum l1_relation)random_below(3);
		return t;
	}
	t->kind = L1_IN;
	t->range_count = 1 + (uint32_t)random_below(2);
	for (uint32_t i = 0; i < t->range_count; i++) {
		t->ranges[i].low = random_value();
		t->ranges[i].high = t->ranges[i].low + (int64_t)random_below(4);
	}
	return t;
}

static struct tree *
tree_random(uint32_t depth)
{
	static const enum l1_condition_kind kinds[] = {L1_AND, L1_OR, L1_NOT};
	struct tree *t;

	if (depth == DEPTH_MAX || random_below(4) == 0) {
		return tree_leaf();
	}
	t = arena_alloc(&arena, sizeof *t);
	t->kind = kinds[random_below(3)];
	t->parts[0] = tree_random(depth + 1);
	t->parts[1] = tree_random(depth + 1);
	return t;
}

static bool
tree_holds(const struct tree *t)
{
	int64_t left = values[t->field];
	int64_t right = values[t->other];

	switch (t->kind) {
	case L1_AND:
		return tree_holds(t->parts[0]) && tree_holds(t->parts[1]);
	case L1_OR:
		return tree_holds(t->parts[0]) || tree_holds(t->parts[1]);
	case L1_NOT:
		return !tree_holds(t->parts[0]);
	case L1_IN:
		for (uint32_t i = 0; i < t->range_count; i++) {
			if (left >= t->ranges[i].low && left <= t->ranges[i].high) {
				return true;
			}
		}
		return false;
	case L1_FIELDS:
		return t->relation == L1_LESS         ? left < right
		       : t->relation == L1_LESS_EQUAL ? left <= right
						      : left == right;
	case L1_ALWAYS:
		break;
	}
	return true;
}

static struct l1_condition *
tree_lower(const struct tree *t)
{
	struct l1_position nowhere = {0};
	struct vector ranges = {0};
	struct l1_condition *parts[2];

	if (t->kind == L1_FIELDS) {
		return condition_fields(
			&arena, &fields[t->field], t->relation, &fields[t->other], nowhere);
	}
	if (t->kind == L1_IN) {
		for (uint32_t i = 0; i < t->range_count; i++) {
			struct l1_range *range = vector_push(&ranges, &arena, sizeof *range);

			*range = t->ranges[i];
		}
		return condition_in(&arena, &fields[t->field], &ranges, nowhere);
	}
	parts[0] = tree_lower(t->parts[0]);
	if (t->kind == L1_NOT) {
		return condition_not(&arena, parts[0]);
	}
	parts[1] = tree_lower(t->parts[1]);
	return t->kind == L1_AND ? condition_and(&arena, parts[0], parts[1])
				 : condition_or(&arena, parts[0], parts[1]);
}

/* The grid's own evaluation, over a grid of one point: the present message. */
static bool
condition_holds(const struct l1_condition *condition)
{
	struct grid grid = {.axis_count = FIELDS};

	for (uint32_t i = 0; i < FIELDS; i++) {
		grid.axes[i].field = &fields[i];
	}
	return grid_holds(&grid, values, condition);
}

/* Steps to the next legal message. Returns false behind the last. */
static bool
message_next(void)
{
	for (uint32_t i = 0; i < FIELDS; i++) {
		if (fields[i].kind == L1_ENUM) {
			values[i] = values[i] == 1 ? 2 : values[i] == 2 ? 5 : 1;
			if (values[i] != 1) {
				return true;
			}
			continue;
		}
		if (values[i] < fields[i].high) {
			values[i]++;
			return true;
		}
		values[i] = fields[i].low;
	}
	return false;
}

static void
message_first(void)
{
	for (uint32_t i = 0; i < FIELDS; i++) {
		values[i] = fields[i].low;
	}
}

static void
normal_form_check(const struct l1_condition *c, bool is_top)
{
	assert_int_not_equal(c->kind, L1_NOT);
	if (!is_top) {
		assert_false(condition_is_always(c));
		assert_false(condition_is_never(c));
	}
	if ((c->kind == L1_AND || c->kind == L1_OR) && !condition_is_never(c)) {
		assert_true(c->part_count >= 2);
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		assert_int_not_equal(c->parts[i]->kind, c->kind);
		normal_form_check(c->parts[i], false);
	}
	for (uint32_t i = 0; i < c->range_count; i++) {
		assert_true(c->ranges[i].low <= c->ranges[i].high);
		assert_true(i == 0 || c->ranges[i].low > c->ranges[i - 1].high + 1);
	}
}

static bool
grid_finds(const struct l1_condition *condition, enum grid_density density)
{
	const struct l1_condition *const list[] = {condition};
	int64_t point[GRID_AXES_MAX];
	struct grid grid;

	assert_true(grid_build(&grid, &arena, list, 1, density));
	assert_true(grid.point_count <= GRID_POINTS_MAX);
	for (uint64_t n = 0; n < grid.point_count; n++) {
		grid_point(&grid, n, point);
		if (grid_holds(&grid, point, condition)) {
			return true;
		}
	}
	return false;
}

static void
normal_form_means_the_same(void **state)
{
	(void)state;
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct tree *tree;
		struct l1_condition *condition;
		bool is_possible = false;

		arena_init(&arena);
		tree = tree_random(0);
		condition = tree_lower(tree);
		normal_form_check(condition, true);
		assert_true(condition_equal(condition, tree_lower(tree)));
		message_first();
		do {
			bool holds = tree_holds(tree);

			is_possible = is_possible || holds;
			assert_int_equal(condition_holds(condition), holds);
		} while (message_next());
		assert_int_equal(grid_finds(condition, GRID_FIRST), is_possible);
		/* Values beyond the type are points, too: these may find more, never less. */
		assert_true(grid_finds(condition, GRID_EDGES) || !is_possible);
		arena_release(&arena);
	}
}

static void
range_push(struct vector *ranges, int64_t low, int64_t high)
{
	struct l1_range *range = vector_push(ranges, &arena, sizeof *range);

	range->low = low;
	range->high = high;
}

static void
ranges_at_the_ends_of_64_bits(void **state)
{
	static const struct l1_field wide = {.name = "wide",
		.kind = L1_INTEGER,
		.width_bytes = 8,
		.low = INT64_MIN,
		.high = INT64_MAX};
	struct vector ranges = {0};
	struct l1_condition *in;
	struct l1_condition *out;

	(void)state;
	arena_init(&arena);
	range_push(&ranges, INT64_MAX, INT64_MAX);
	range_push(&ranges, INT64_MIN, -1);
	in = condition_in(&arena, &wide, &ranges, (struct l1_position){0});
	out = condition_not(&arena, in);
	assert_int_equal(in->range_count, 2);
	assert_int_equal(out->range_count, 1);
	assert_int_equal(out->ranges[0].low, 0);
	assert_int_equal(out->ranges[0].high, INT64_MAX - 1);
	assert_true(condition_equal(in, condition_not(&arena, out)));
	assert_true(condition_is_always(condition_or(&arena, in, out)));
	assert_true(condition_is_never(condition_and(&arena, in, out)));
	assert_true(grid_finds(in, GRID_NEIGHBOURS));
	arena_release(&arena);
}

static void
text_is_what_people_write(void **state)
{
	struct l1_position nowhere = {0};
	struct vector some = {0};
	struct vector names = {0};
	struct l1_condition *a;
	struct l1_condition *m;
	struct l1_condition *f;

	(void)state;
	arena_init(&arena);
	range_push(&some, 0, 3);
	range_push(&some, 7, 7);
	range_push(&names, 1, 2);
	a = condition_in(&arena, &fields[0], &some, nowhere);
	m = condition_in(&arena, &fields[3], &names, nowhere);
	f = condition_fields(&arena, &fields[0], L1_LESS, &fields[2], nowhere);
	assert_string_equal(condition_text(&arena, a), "a in {0..3, 7}");
	assert_string_equal(condition_text(&arena, m), "mode in {off, low}");
	assert_string_equal(condition_text(&arena, condition_not(&arena, m)), "mode = high");
	assert_string_equal(
		condition_text(&arena, condition_and(&arena, a, condition_or(&arena, m, f))),
		"a in {0..3, 7} and (mode in {off, low} or a < c)");
	assert_string_equal(condition_text(&arena, condition_always(&arena)), "always");
	arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(normal_form_means_the_same),
		cmocka_unit_test(ranges_at_the_ends_of_64_bits),
		cmocka_unit_test(text_is_what_people_write),
	};

	random_start(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
