/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The range of a fast path against the decision: random programs that load a field and test it,
 * with all their ways out. What the range grants is granted, by that rule and without a record. */
/* test: ksm/engine/range.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c ksm/engine/edge.c
 * tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/plain.h"
#include "ksm/engine/range.h"
#include "tests/host/support/random.h"

#define PROGRAMS 20000
#define MESSAGES 40
#define OPS_MOST 8
#define SETS     4
#define SHORTEST 9 /* bytes of a message: a field of 8 at offset 1 */
#define LONGEST  12

static struct format_program program;
static struct format_op ops[OPS_MOST];
static struct format_set sets[SETS];
static struct format_range ranges[2 * SETS];
static struct {
	struct ksm_edge edge;
	struct ksm_entry entry;
} table;
static struct ksm_range found;
static struct ksm ksm;

/* Sets of one range or two. */
static void
make_sets(void)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < SETS; i++) {
		int64_t low = (int64_t)random_below(16) - 8;

		sets[i] = (struct format_set){.first = at, .count = 1 + (uint32_t)random_below(2)};
		for (uint32_t n = 0; n < sets[i].count; n++) {
			int64_t high = low + (int64_t)random_below(12);
			ranges[at++] = (struct format_range){low, high};
			low = high + 2 + (int64_t)random_below(4);
		}
		if (random_below(8) == 0) {
			ranges[sets[i].first].low = INT64_MIN;
		}
		if (random_below(8) == 0) {
			ranges[at - 1].high = INT64_MAX;
		}
	}
}

static struct format_op
any_end(void)
{
	switch (random_below(4)) {
	case 0:
		return (struct format_op){FORMAT_OP_DENY, KSM_GUARD, 1, 3};
	case 1:
		return (struct format_op){FORMAT_OP_ALLOW, 1, 0, 4};
	default:
		return (struct format_op){FORMAT_OP_ALLOW, 0, 0, 1 + (uint32_t)random_below(9)};
	}
}

/* Mostly a field: what b of a load says. */
static uint16_t
any_load(void)
{
	static const uint16_t others[] = {FORMAT_LOAD_TEXT, FORMAT_LOAD_LENGTH, FORMAT_LOAD_STATUS,
		FORMAT_LOAD_PATH, FORMAT_LOAD_LATE, FORMAT_LOAD_COUNT, FORMAT_LOAD_ADD,
		FORMAT_LOAD_SUBTRACT, FORMAT_LOAD_ADD | FORMAT_LOAD_LENGTH};

	return random_below(4) == 0 ? others[random_below(sizeof(others) / sizeof(others[0]))]
				    : FORMAT_LOAD_FIELD;
}

static struct format_op
any_op(uint32_t left)
{
	static const uint8_t widths[] = {1, 2, 4, 8};
	uint8_t how = widths[random_below(4)];

	how |= random_below(2) == 0 ? FORMAT_LOAD_SIGNED : 0;
	how |= random_below(8) == 0 ? FORMAT_LOAD_SECRET : 0;
	if (left == OPS_MOST && random_below(8) != 0) {
		return (struct format_op){FORMAT_OP_LOAD, how, any_load(), 1};
	}
	switch (random_below(8)) {
	case 0:
		return (struct format_op){FORMAT_OP_OTHER, 0, 0, 0};
	case 1:
		return (struct format_op){FORMAT_OP_LOAD, how, any_load(), 1};
	case 2:
		return any_end();
	case 4:
		return (struct format_op){FORMAT_OP_ZERO, 0, (uint16_t)(1 + random_below(7)),
			(uint32_t)random_below(SHORTEST - 6)};
	case 3:
		return (struct format_op){FORMAT_OP_LESS, (uint8_t)random_below(2),
			(uint16_t)(1 + random_below(left - 1)), 0};
	default:
		return (struct format_op){FORMAT_OP_IN, (uint8_t)random_below(2),
			(uint16_t)(1 + random_below(left - 1)), (uint32_t)random_below(SETS)};
	}
}

/* Jumps lead forward to an op, and the last ends: what the verifier lets through. */
static void
make_program(void)
{
	for (uint32_t i = 0; i < OPS_MOST - 1; i++) {
		ops[i] = any_op(OPS_MOST - i);
	}
	ops[OPS_MOST - 1] = any_end();
	table.entry = (struct ksm_entry){.action[KSM_CALL] = FORMAT_ACTION_RUN};
	table.entry.lengths[KSM_CALL] = ksm_lengths(SHORTEST, LONGEST - SHORTEST + 1, KSM_RUNS);
	memset(&found, 0, sizeof(found));
}

static struct ksm_verdict
decide(const uint8_t *bytes, uint32_t length)
{
	const struct ksm_query query = {
		.method = 1, .bytes = bytes, .length_bytes = length, .event = KSM_CALL};

	return ksm_decide(&ksm, &table.edge, &query);
}

static bool
compare(void)
{
	uint8_t bytes[LONGEST + 1];
	uint32_t length = SHORTEST - 1 + (uint32_t)random_below(LONGEST - SHORTEST + 3);
	const struct ksm_range *range;
	struct ksm_verdict verdict;
	uint64_t value = random_below(40) - 20;

	for (uint32_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)random_next();
	}
	if (random_below(2) == 0) {
		memset(bytes, 0, sizeof(bytes));
		bytes[random_below(sizeof(bytes))] = (uint8_t)random_below(2);
	}
	if (random_below(4) != 0) {
		memcpy(bytes + 1, &value, sizeof(value));
	}
	range = ksm_call_in_range(&ksm, &table.entry, bytes, length);
	verdict = decide(bytes, length);
	if (range == NULL) {
		return false;
	}
	assert_int_equal(verdict.reason, KSM_GRANTED);
	assert_int_equal(verdict.rule, range->rule);
	assert_int_equal(verdict.audit, 0);
	return true;
}

static void
test_random(void **state)
{
	uint32_t granted = 0;

	(void)state;
	random_start(5);
	for (uint32_t i = 0; i < PROGRAMS; i++) {
		make_sets();
		make_program();
		for (uint32_t n = 0; n < MESSAGES; n++) {
			granted += compare();
		}
	}
	print_message("%u of %u messages granted by a range\n", granted, PROGRAMS * MESSAGES);
	assert_true(granted > PROGRAMS);
}

/* A method that servers ask about gets no message, whatever its program grants. */
static void
test_ask(void **state)
{
	static const uint8_t bytes[SHORTEST];

	(void)state;
	make_program();
	sets[0] = (struct format_set){.count = 1};
	ranges[0] = (struct format_range){0, 0};
	ops[0] = (struct format_op){FORMAT_OP_LOAD, 1, 0, 0};
	ops[1] = (struct format_op){FORMAT_OP_IN, 0, 1, 0};
	ops[2] = (struct format_op){FORMAT_OP_ALLOW, 0, 0, 7};
	assert_non_null(ksm_call_in_range(&ksm, &table.entry, bytes, SHORTEST));
	table.entry.action[KSM_CALL] |= UINT32_C(1) << KSM_ASK_SHIFT;
	assert_null(ksm_call_in_range(&ksm, &table.entry, bytes, SHORTEST));
	table.entry.action[KSM_CALL] = FORMAT_ACTION_GRANT;
	assert_null(ksm_call_in_range(&ksm, &table.entry, bytes, SHORTEST));
}

static int
setup(void **state)
{
	(void)state;
	ksm = (struct ksm){.edges = &table.edge, .edge_count = 1, .entry_count = 1};
	ksm.ranges = &found;
	ksm.at[FORMAT_PROGRAMS] = (const uint8_t *)&program;
	ksm.at[FORMAT_CODE] = (const uint8_t *)ops;
	ksm.at[FORMAT_SETS] = (const uint8_t *)sets;
	ksm.at[FORMAT_RANGES] = (const uint8_t *)ranges;
	/* An edge takes the place of two entries; of method 0 there is none. */
	table.edge = (struct ksm_edge){.methods = 1, .first = 1};
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_random, setup),
		cmocka_unit_test_setup(test_ask, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
