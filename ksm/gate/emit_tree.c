/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * emit_tree.c: allows whose conditions are conjunctions with a test of one field in common, of
 * values that are the same or apart, form a group for each of its values; so do the allows of a
 * group. At most one group applies, so the order of allows within a group is the order of all.
 */
#include "emit_tree.h"

#include "emit_code.h"
#include "emit_pool.h"
#include "emit_row.h"
#include "ksm/format.h"

/* An allow, and which of its tests are still to be made. */
struct leaf {
	const struct l1_cell *cell;
	struct vector tests; /* const struct l1_condition * */
};

struct tree {
	struct emit_code *code;
	struct arena *arena;
	void (*grant)(struct emit_code *code, const struct l1_cell *cell);
};

static const struct l1_condition *
test_at(const struct leaf *leaf, uint32_t i)
{
	return ((const struct l1_condition *const *)leaf->tests.elements)[i];
}

/* Recursion is bounded: normal form nests conjunctions no deeper than its source did. */
static void
tests_add(struct tree *t, struct leaf *leaf, const struct l1_condition *condition)
{
	if (condition->kind != L1_AND) {
		*(const struct l1_condition **)vector_push(
			&leaf->tests, t->arena, sizeof condition) = condition;
		return;
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		tests_add(t, leaf, condition->parts[i]);
	}
}

/* The test of the field that can form groups, or NULL. */
static const struct l1_condition *
test_of(const struct leaf *leaf, const struct l1_field *field)
{
	for (uint32_t i = 0; i < leaf->tests.count; i++) {
		const struct l1_condition *test = test_at(leaf, i);

		if (test->kind == L1_IN && test->field == field && field->member == NULL) {
			return test;
		}
	}
	return NULL;
}

static bool
ranges_equal(const struct l1_condition *a, const struct l1_condition *b)
{
	bool are_equal = a->range_count == b->range_count;

	for (uint32_t i = 0; are_equal && i < a->range_count; i++) {
		are_equal = a->ranges[i].low == b->ranges[i].low &&
			    a->ranges[i].high == b->ranges[i].high;
	}
	return are_equal;
}

static bool
ranges_are_apart(const struct l1_condition *a, const struct l1_condition *b)
{
	for (uint32_t i = 0; i < a->range_count; i++) {
		for (uint32_t k = 0; k < b->range_count; k++) {
			if (a->ranges[i].low <= b->ranges[k].high &&
				b->ranges[k].low <= a->ranges[i].high) {
				return false;
			}
		}
	}
	return true;
}

/* Whether all leaves test the field, each two the same values or values apart. */
static bool
is_common(const struct leaf *leaves, uint32_t count, const struct l1_field *field)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct l1_condition *own = test_of(&leaves[i], field);

		for (uint32_t k = 0; own != NULL && k < i; k++) {
			const struct l1_condition *other = test_of(&leaves[k], field);

			if (!ranges_equal(own, other) && !ranges_are_apart(own, other)) {
				return false;
			}
		}
		if (own == NULL) {
			return false;
		}
	}
	return true;
}

static const struct l1_field *
common_find(const struct leaf *leaves, uint32_t count)
{
	for (uint32_t i = 0; i < leaves[0].tests.count; i++) {
		const struct l1_field *field = test_at(&leaves[0], i)->field;

		if (test_at(&leaves[0], i)->kind == L1_IN && is_common(leaves, count, field)) {
			return field;
		}
	}
	return NULL;
}

/* fail: where none of its tests holds that has to. */
static void
leaf_emit(struct tree *t, const struct leaf *leaf, uint32_t fail)
{
	for (uint32_t i = 0; i < leaf->tests.count; i++) {
		emit_code_jump(t->code, test_at(leaf, i), false, fail);
	}
	t->grant(t->code, leaf->cell);
}

/* Without one of its tests. */
static struct leaf
leaf_less(struct tree *t, const struct leaf *leaf, const struct l1_condition *test)
{
	struct leaf less = {.cell = leaf->cell};

	for (uint32_t i = 0; i < leaf->tests.count; i++) {
		if (test_at(leaf, i) != test) {
			tests_add(t, &less, test_at(leaf, i));
		}
	}
	return less;
}

static void leaves_emit(struct tree *t, const struct leaf *leaves, uint32_t count, uint32_t fail);

/* Those that test a field in common. Where one group ends without a grant, no other applies. */
static void
groups_emit(struct tree *t, const struct leaf *leaves, uint32_t count, const struct l1_field *field,
	uint32_t fail)
{
	struct leaf *group = arena_array(t->arena, count, sizeof *group);
	bool *is_done = arena_array(t->arena, count, sizeof *is_done);
	uint32_t done = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct l1_condition *test = test_of(&leaves[i], field);
		uint32_t size = 0;
		uint32_t next = fail;

		if (is_done[i]) {
			continue;
		}
		for (uint32_t k = i; k < count; k++) {
			const struct l1_condition *own = test_of(&leaves[k], field);

			if (ranges_equal(test, own)) {
				group[size++] = leaf_less(t, &leaves[k], own);
				is_done[k] = true;
			}
		}
		done += size;
		if (done < count) {
			next = emit_code_label(t->code);
		}
		emit_code_jump(t->code, test, false, next);
		leaves_emit(t, group, size, fail);
		if (done < count) {
			emit_code_place(t->code, next);
			t->code->loaded = field; /* only the test above jumps there */
		}
	}
}

/* Recursion is bounded: each level has one test less. */
static void
leaves_emit(struct tree *t, const struct leaf *leaves, uint32_t count, uint32_t fail)
{
	const struct l1_field *field = count < 2 ? NULL : common_find(leaves, count);

	if (field != NULL) {
		groups_emit(t, leaves, count, field, fail);
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		uint32_t next = i + 1 < count ? emit_code_label(t->code) : fail;

		leaf_emit(t, &leaves[i], next);
		if (i + 1 < count) {
			emit_code_place(t->code, next);
		}
	}
}

bool
emit_tree(struct emit_code *code, struct emit_cells cells,
	void (*grant)(struct emit_code *code, const struct l1_cell *cell))
{
	struct tree t = {code, &code->pool->scratch, grant};
	struct leaf *leaves = arena_array(t.arena, cells.count + 1u, sizeof *leaves);
	uint32_t count = 0;
	uint32_t fail;

	for (uint32_t i = 0; i < cells.count; i++) {
		const struct l1_cell *cell = &cells.cells[i];
		bool is_never = cell->condition->kind == L1_OR && cell->condition->part_count == 0;

		if (cell->source->is_forbid || is_never) {
			continue;
		}
		if (cell->condition->kind == L1_ALWAYS) {
			return false;
		}
		leaves[count].cell = cell;
		tests_add(&t, &leaves[count++], cell->condition);
	}
	fail = emit_code_label(code);
	leaves_emit(&t, leaves, count, fail);
	emit_code_place(code, fail);
	return true;
}

static bool
is_jump(const struct format_op *op)
{
	return op->op >= FORMAT_OP_IN && op->op <= FORMAT_OP_GRANTED;
}

uint32_t
emit_tree_longest(const struct emit_code *code)
{
	const struct format_op *ops = code->ops.elements;
	const uint32_t *labels = code->labels.elements;
	const uint32_t *costs = code->costs.elements;
	uint32_t *before = arena_array(&code->pool->scratch, code->ops.count + 1u, sizeof(*before));
	uint32_t longest = 0;

	for (uint32_t i = 0; i < code->ops.count; i++) {
		uint32_t cost = before[i] + costs[i];
		uint32_t *target = is_jump(&ops[i]) ? &before[labels[ops[i].b]] : NULL;

		longest = cost > longest ? cost : longest;
		if (target != NULL && *target < cost) {
			*target = cost;
		}
		if (ops[i].op != FORMAT_OP_ALLOW && ops[i].op != FORMAT_OP_DENY &&
			before[i + 1] < cost) {
			before[i + 1] = cost;
		}
	}
	return longest;
}
