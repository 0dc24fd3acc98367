/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the format has no room for is refused with a sentence; costs are what the table says. */
/* test: ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c
 * ksm/gate/emit_load.c ksm/gate/emit_pool.c
 * ksm/gate/emit_cost.c
 *       ksm/gate/index.c
 *       ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c ksm/gate/dump_blob.c
 *       ksm/names/open.c ksm/names/names.c ksm/engine/verify.c ksm/engine/verify_program.c
 * ksm/engine/edge.c ksm/engine/text.c ksm/engine/state.c tools/host/sha256.c
 *       tests/host/support/policy_fixture.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/format.h"
#include "ksm/gate/dump_blob.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "tests/host/support/policy_fixture.h"

#define PARTS 40

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The fixture with one cell, which allows valve.wide under a condition. */
static struct l1
one_cell(struct l1_cell *cell, const struct l1_condition *condition)
{
	struct l1 l1 = *fixture_l1();

	*cell = (struct l1_cell){.holder = FIXTURE_CLIENT,
		.target = FIXTURE_SERVER,
		.interface = FIXTURE_VALVE,
		.method = FIXTURE_WIDE,
		.event = L1_CALL,
		.condition = condition,
		.source = &l1.rules[6]};
	l1.cells = cell;
	l1.cell_count = 1;
	return l1;
}

static const struct l1_field *
wide_field(uint32_t index)
{
	const struct l1 *l1 = fixture_l1();

	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == FIXTURE_VALVE) {
			return &l1->interfaces[i].methods[FIXTURE_WIDE - 1].call.fields[index];
		}
	}
	return NULL;
}

static void
test_cost(void **state)
{
	static struct l1_range range = {1, 2};
	struct l1_condition tests[PARTS];
	struct l1_condition *parts[PARTS];
	struct l1_condition all = {.kind = L1_AND, .parts = parts};
	struct l1_cell cell;
	struct l1 l1 = one_cell(&cell, &all);
	struct emit_result result;
	struct buffer blob;

	(void)state;
	for (uint32_t i = 0; i < PARTS; i++) {
		tests[i] = (struct l1_condition){.kind = L1_IN,
			.field = wide_field(i % 2),
			.ranges = &range,
			.range_count = 1};
		parts[i] = &tests[i];
	}
	/* Two steps a test, allow, deny: 31 tests are 64 steps; the longest way of 32 has 65. */
	all.part_count = 31;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_OK);
	all.part_count = 32;
	buffer_init(&blob, &arena);
	result = emit_policy(&l1, &blob);
	assert_int_equal(result.error, EMIT_COST);
	assert_non_null(strstr(result.sentence, "65 steps of at most 64"));
	assert_non_null(strstr(result.sentence, "client -> server : Valve.wide"));
	assert_ptr_equal(result.rule, &l1.rules[6]);
	assert_ptr_equal(result.cell, &cell);
	assert_non_null(result.help);
}

/* One step for the set and one for each halving of it. */
static void
test_set_cost(void **state)
{
	static const uint32_t costs[][2] = {
		{1, 1}, {2, 2}, {3, 3}, {4, 3}, {5, 4}, {8, 4}, {9, 5}, {1024, 11}, {1025, 12}};

	(void)state;
	for (size_t i = 0; i < sizeof(costs) / sizeof(costs[0]); i++) {
		assert_int_equal(format_set_cost(costs[i][0]), costs[i][1]);
	}
	assert_in_range(format_set_cost(UINT32_MAX), 32, FORMAT_PROGRAM_COST_MAX);
}

static void
test_too_large(void **state)
{
	static struct l1_condition always = {.kind = L1_ALWAYS};
	struct l1_cell cell;
	struct l1 l1 = one_cell(&cell, &always);
	struct l1_interface interfaces[3];
	struct l1_method methods[5];
	struct buffer blob;

	(void)state;
	memcpy(interfaces, l1.interfaces, sizeof(interfaces));
	memcpy(methods, interfaces[1].methods, sizeof(methods));
	interfaces[1].methods = methods;
	l1.interfaces = interfaces;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_OK);
	methods[0].call.high_bytes = 1025;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_LIMIT);
	methods[0].call.high_bytes = 1024;
	methods[1].error_count = 1024;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_LIMIT);
	methods[1].error_count = 0;
	cell.method = 9;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_LIMIT);
	cell.method = FIXTURE_WIDE;
	l1.rule_count = FORMAT_ACTION_NUMBER + 1;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(&l1, &blob).error, EMIT_LIMIT);
}

static void
test_print(void **state)
{
	struct buffer blob;
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	(void)state;
	buffer_init(&blob, &arena);
	assert_int_equal(emit_policy(fixture_l1(), &blob).error, EMIT_OK);
	dump_blob(out, (const uint8_t *)blob.bytes, blob.size);
	emit_costs(fixture_l1(), out);
	assert_int_equal(fclose(out), 0);
	assert_non_null(strstr(text, "edge 0: client -> server : Valve (16)"));
	assert_non_null(strstr(text, "unless v in {0, 10..20, 30} goto"));
	assert_non_null(strstr(text, "gone              no such method"));
	assert_non_null(strstr(text, "deny guard 7, showing v"));
	assert_non_null(strstr(text, "    6  policy.gate:11: allow"));
	assert_non_null(strstr(text, "  20  client -> server : Valve.set"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cost),
		cmocka_unit_test(test_set_cost),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
