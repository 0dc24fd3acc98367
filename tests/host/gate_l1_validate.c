/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Translation validation [S39] accepts what emit made, and notices what is changed afterwards. */
/* test: ksm/gate/validate.c ksm/gate/validate_message.c
 * ksm/gate/validate_fault.c
 * ksm/gate/validate_edge.c ksm/gate/validate_row.c ksm/gate/validate_state.c ksm/gate/blob.c
 * ksm/gate/blob_tests.c ksm/gate/blob_loads.c
 * ksm/gate/blob_ranges.c ksm/gate/validate_known.c ksm/gate/validate_shape.c
 * ksm/gate/index.c
 * ksm/gate/payload.c ksm/gate/link.c ksm/gate/grid.c
 * ksm/gate/grid_sum.c ksm/gate/l1_effect.c ksm/gate/l1_eval.c
 * ksm/gate/l1_shape.c ksm/gate/l1_interface.c
 * ksm/engine/verify.c ksm/engine/verify_program.c
 * ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c ksm/engine/text.c
 * ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c ksm/gate/emit_load.c
 * ksm/gate/emit_pool.c
 * ksm/gate/emit_cost.c
 * ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c tools/host/sha256.c
 * tests/host/support/policy_fixture.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/gate/arena.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "ksm/gate/validate.h"
#include "tests/host/support/policy_fixture.h"
#include "tools/host/sha256.h"

static struct arena arena;
static struct buffer blob;
static struct emit_result emitted;

static int
set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	buffer_init(&blob, &arena);
	emitted = emit_policy(fixture_l1(), &blob);
	return emitted.error == EMIT_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* A copy of the fixture with cells and rules of its own, to be changed. */
static struct l1
copy(void)
{
	struct l1 l1 = *fixture_l1();
	struct l1_cell *cells = arena_array(&arena, l1.cell_count, sizeof *cells);
	struct l1_rule *rules = arena_array(&arena, l1.rule_count, sizeof *rules);

	memcpy(cells, l1.cells, l1.cell_count * sizeof *cells);
	memcpy(rules, l1.rules, l1.rule_count * sizeof *rules);
	for (uint32_t i = 0; i < l1.cell_count; i++) {
		cells[i].source = &rules[cells[i].source->number - 1];
	}
	l1.cells = cells;
	l1.rules = rules;
	return l1;
}

/* The digest is that of the bytes as they are now. */
static bool
agrees(const struct l1 *l1)
{
	size_t offset = ksm_digest_offset();
	uint8_t digest[32];

	sha256(blob.bytes + offset, blob.size - offset, digest);
	return validate_policy(l1, blob.bytes, blob.size, digest, &arena).sentence == NULL;
}

static void
what_was_emitted_is_accepted(void **state)
{
	struct l1 l1 = copy();
	struct validate_result result =
		validate_policy(&l1, blob.bytes, blob.size, emitted.digest, &arena);

	(void)state;
	if (result.sentence != NULL) {
		fail_msg("%s", result.sentence);
	}
	assert_true(result.point_count > 1000);
}

/* A cell behind one that always grants decides nothing. */
static bool
is_idle(const struct l1 *l1, uint32_t index)
{
	const struct l1_cell *cell = &l1->cells[index];

	return index != 0 && cell[-1].holder == cell->holder && cell[-1].target == cell->target &&
	       cell[-1].interface == cell->interface && cell[-1].method == cell->method &&
	       cell[-1].event == cell->event && cell[-1].condition->kind == L1_ALWAYS &&
	       !cell[-1].source->is_forbid && !cell->source->is_forbid;
}

static void
a_missing_cell_is_noticed(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < fixture_l1()->cell_count; i++) {
		struct l1 l1 = copy();

		if (is_idle(&l1, i)) {
			continue;
		}
		memmove(&l1.cells[i], &l1.cells[i + 1], (l1.cell_count - i - 1) * sizeof *l1.cells);
		l1.cell_count--;
		if (agrees(&l1)) {
			fail_msg("cell %u", i);
		}
	}
}

static struct l1_condition *
condition_copy(const struct l1_condition *from)
{
	struct l1_condition *to = arena_alloc(&arena, sizeof *to);

	*to = *from;
	to->ranges = arena_array(&arena, from->range_count, sizeof *to->ranges);
	if (from->range_count != 0) {
		memcpy(to->ranges, from->ranges, from->range_count * sizeof *to->ranges);
	}
	to->parts = arena_array(&arena, from->part_count, sizeof(struct l1_condition *));
	for (uint32_t i = 0; i < from->part_count; i++) {
		to->parts[i] = condition_copy(from->parts[i]);
	}
	return to;
}

/* Returns the n-th test of a condition, counted down in *n, or NULL. */
static struct l1_condition *
test_find(struct l1_condition *condition, uint32_t *n)
{
	if (condition->kind == L1_IN) {
		return (*n)-- == 0 ? condition : NULL;
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		struct l1_condition *found = test_find(condition->parts[i], n);

		if (found != NULL) {
			return found;
		}
	}
	return NULL;
}

/* Every end of every range of every test, moved by one. */
static void
a_moved_border_is_noticed(void **state)
{
	uint32_t moved = 0;

	(void)state;
	for (uint32_t i = 0; i < fixture_l1()->cell_count; i++) {
		for (uint32_t n = 0; n < 8; n++) {
			struct l1 l1 = copy();
			struct l1_condition *changed = condition_copy(l1.cells[i].condition);
			uint32_t left = n;
			struct l1_condition *test = test_find(changed, &left);

			/* An enum's values have gaps: a border in one moves nothing. */
			if (test == NULL || test->field->kind == L1_ENUM) {
				continue;
			}
			l1.cells[i].condition = changed;
			test->ranges[0].low += test->ranges[0].low > test->field->low ? -1 : 1;
			assert_false(agrees(&l1));
			moved++;
		}
	}
	assert_true(moved >= 8);
}

static void
a_changed_rule_is_noticed(void **state)
{
	struct l1 l1 = copy();

	(void)state;
	l1.rules[5].audit = KSM_AUDIT_UNSAID;
	assert_false(agrees(&l1));
	l1 = copy();
	l1.rules[2].is_forbid = false;
	assert_false(agrees(&l1));
	l1 = copy();
	l1.rules[3].number = 14;
	assert_false(agrees(&l1));
}

static void
other_interfaces_are_noticed(void **state)
{
	struct l1 l1 = copy();

	(void)state;
	l1.abi_digest[7] ^= 1;
	assert_false(agrees(&l1));
	l1 = copy();
	l1.core_digest[31] ^= 0x80;
	assert_false(agrees(&l1));
}

static void
a_damaged_blob_is_noticed(void **state)
{
	struct l1 l1 = copy();

	(void)state;
	for (size_t i = 0; i < blob.size; i += 97) {
		blob.bytes[i] ^= 0x10;
		assert_false(agrees(&l1));
		blob.bytes[i] ^= 0x10;
	}
	assert_true(agrees(&l1));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_emitted_is_accepted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_cell_is_noticed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_moved_border_is_noticed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_changed_rule_is_noticed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_interfaces_are_noticed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_damaged_blob_is_noticed, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
