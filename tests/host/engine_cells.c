/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* States that stand once for each number of a label: a swap moves each cell, also what is written
 * meanwhile; and what happens when calls end and capabilities come and go. */
/* test: engine tests/host/support/hand_blob.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/step.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"
#include "tests/host/support/hand_blob.h"

#define NOW_NS UINT64_C(1000000)
#define MOST   (NOW_NS + 1010) /* of the new counters in cells */

enum { WINDOWS = 5, SETS = 3, COUNTERS = 300 };
enum {
	OLD_WORDS = 1 + WINDOWS * 3 + SETS * 3 + COUNTERS,
	NEW_WORDS = 1 + 1 + WINDOWS * 4 + SETS * 3 + COUNTERS,
	CELLS = 1 + WINDOWS + SETS + COUNTERS,
	CLEAR_STEPS = 2, /* 256 words each */
	MOVE_STEPS = (CELLS + 3) / 4
};

static const struct format_state old_states[] = {
	{FORMAT_COUNTER, 0, 1, 1, 2, 1, 0, 0, UINT64_C(1) << 40, 10},
	{FORMAT_WINDOW, 0, WINDOWS, 1, 2, 2, 1, 0, 1000, 20},
	{FORMAT_SET, 0, SETS, 1, 2, 3, 1 + WINDOWS * 3, 0, UINT64_C(1) << 40, 30},
	{FORMAT_COUNTER, 0, COUNTERS, 1, 2, 1, 1 + WINDOWS * 3 + SETS * 3, 0, UINT64_C(1) << 40,
		40},
};
/* One more in front, windows of three grants, and smaller counters. */
static struct format_state new_states[] = {
	{FORMAT_COUNTER, 0, 1, 1, 2, 1, 0, 0, 9, 5},
	{FORMAT_COUNTER, 0, 1, 1, 2, 1, 1, 0, UINT64_C(1) << 40, 10},
	{FORMAT_WINDOW, 0, WINDOWS, 1, 2, 3, 2, 0, 1000, 20},
	{FORMAT_SET, 0, SETS, 1, 2, 3, 2 + WINDOWS * 4, 0, UINT64_C(1) << 40, 30},
	{FORMAT_COUNTER, 0, COUNTERS, 1, 2, 1, 2 + WINDOWS * 4 + SETS * 3, 0, MOST, 40},
};

static struct ksm ksm;
static uint64_t *memory;
static uint8_t *old;
static uint8_t *new;
static uint64_t words[NEW_WORDS];
static uint64_t wanted[NEW_WORDS];

/* A policy that remembers these. */
static uint8_t *
policy(const struct format_state *states, uint32_t count)
{
	static const struct format_edge edge = {1, 2, 16, 1, 0};
	static const struct format_row row = {{FORMAT_ACTION_GRANT | 1, 0, 0}, {0, 0}};
	struct hand_blob blob = {.label_count = 5, .rule_count = 1, .entry_count = 1};
	size_t size;

	blob.sections[FORMAT_EDGES] = &edge;
	blob.counts[FORMAT_EDGES] = 1;
	blob.sections[FORMAT_ROWS] = &row;
	blob.counts[FORMAT_ROWS] = 1;
	blob.sections[FORMAT_STATES] = states;
	blob.counts[FORMAT_STATES] = count;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	return hand_blob_bytes(&blob, &size);
}

static void
opened(const uint8_t *blob)
{
	size_t size = ksm_length_bytes(blob);

	free(memory);
	memory = malloc(ksm_memory_bytes(blob, size));
	ksm_init(&ksm, blob, size, memory);
}

/* The old policy is in force; each of its words says which it is. */
static void
begin(void)
{
	opened(old);
	for (uint32_t i = 0; i < OLD_WORDS; i++) {
		ksm.words[i] = NOW_NS + 1000 + i;
	}
	for (uint32_t i = 0; i < WINDOWS; i++) {
		ksm.words[1 + i * 3] = i % 2;
	}
	memset(words, 0xee, sizeof(words));
}

/* What the words of the old policy are to become. */
static void
expect(void)
{
	const uint64_t *from = ksm.words;
	uint64_t *to = wanted;

	*to++ = 0;
	*to++ = *from++;
	for (uint32_t i = 0; i < WINDOWS; i++) { /* from the next to leave on; then there is room */
		uint64_t next = from[0];

		to[0] = (next + 2) % 3;
		to[1 + next] = from[1 + next];
		to[2 + next] = from[2 - next];
		to[1 + (next + 2) % 3] = 0;
		to += 4;
		from += 3;
	}
	memcpy(to, from, SETS * 3 * sizeof(*to));
	to += SETS * 3;
	from += SETS * 3;
	for (uint32_t i = 0; i < COUNTERS; i++) {
		to[i] = from[i] < MOST ? from[i] : MOST;
	}
}

static void
steps(uint32_t count)
{
	for (; count > 0; count--) {
		assert_int_equal(ksm_swap_step(&ksm, new, words, NOW_NS, false), KSM_SWAP_GOES_ON);
	}
}

static void
finish(void)
{
	enum ksm_swapped swapped;

	expect();
	do {
		swapped = ksm_swap_step(&ksm, new, words, NOW_NS, false);
	} while (swapped == KSM_SWAP_GOES_ON);
	assert_int_equal(swapped, KSM_SWAP_DONE);
	assert_memory_equal(words, wanted, sizeof(words));
}

static void
test_moved(void **state)
{
	(void)state;
	begin();
	expect();
	assert_int_equal(ksm_state_bytes(new), sizeof(words));
	steps(CLEAR_STEPS);
	for (uint32_t i = 0; i < NEW_WORDS; i++) {
		assert_int_equal(words[i], 0);
	}
	steps(MOVE_STEPS - 1);
	assert_int_equal(ksm_swap_step(&ksm, new, words, NOW_NS, false), KSM_SWAP_DONE);
	assert_memory_equal(words, wanted, sizeof(words));
}

/* Each word, written when half of them have been moved: those are moved again, cell by cell; of
 * the others nothing is seen before their turn. */
static void
test_written(void **state)
{
	uint64_t before[NEW_WORDS];

	(void)state;
	for (uint32_t half = 2; half < MOVE_STEPS; half += MOVE_STEPS / 2) {
		for (uint32_t i = 0; i < OLD_WORDS; i++) {
			uint32_t moved;

			begin();
			steps(CLEAR_STEPS + half);
			moved = ksm.coming_at - NEW_WORDS;
			memcpy(before, words, sizeof(before));
			bool is_next = i != 0 && i < 1 + WINDOWS * 3 && (i - 1) % 3 == 0;
			ksm.words[i] = is_next ? 1 - ksm.words[i] : NOW_NS + 900;
			ksm_written(&ksm, &ksm.words[i]);
			assert_int_equal(ksm.coming_at, NEW_WORDS + moved);
			if (i >= moved) {
				assert_memory_equal(words, before, sizeof(words));
			} else {
				assert_true(memcmp(words, before, sizeof(words)) != 0);
			}
			finish();
		}
	}
	/* While words are cleared, none has been moved. */
	begin();
	steps(1);
	ksm.words[1 + WINDOWS * 3] = NOW_NS + 99000;
	ksm_written(&ksm, &ksm.words[1 + WINDOWS * 3]);
	assert_int_equal(words[2 + WINDOWS * 4], 0);
	finish();
}

/* To other words: from the start. */
static void
test_anew(void **state)
{
	static uint64_t other[NEW_WORDS];

	(void)state;
	begin();
	expect();
	memset(other, 0xee, sizeof(other));
	for (uint32_t i = 0; i < CLEAR_STEPS + 3; i++) {
		assert_int_equal(ksm_swap_step(&ksm, new, other, NOW_NS, false), KSM_SWAP_GOES_ON);
	}
	steps(CLEAR_STEPS + MOVE_STEPS - 1);
	assert_int_equal(ksm_swap_step(&ksm, new, words, NOW_NS, false), KSM_SWAP_DONE);
	assert_memory_equal(words, wanted, sizeof(words));
}

/* One state with another number of cells is another state: the others come along. */
static void
test_other_cells(void **state)
{
	uint8_t *other;

	(void)state;
	new_states[3].cells--;
	new_states[4].first -= 3;
	other = policy(new_states, 5);
	new_states[3].cells++;
	new_states[4].first += 3;
	begin();
	expect();
	assert_false(ksm_swap(&ksm, other, words, NOW_NS, false));
	assert_null(ksm.coming);
	assert_ptr_equal(ksm.blob, old);
	assert_true(ksm_swap(&ksm, other, words, NOW_NS, true));
	assert_memory_equal(words, wanted, (2 + WINDOWS * 4) * sizeof(*words));
	for (uint32_t i = 0; i < (SETS - 1) * 3; i++) {
		assert_int_equal(words[2 + WINDOWS * 4 + i], 0);
	}
	assert_memory_equal(words + 2 + WINDOWS * 4 + (SETS - 1) * 3,
		wanted + 2 + WINDOWS * 4 + SETS * 3, COUNTERS * sizeof(*words));
	opened(old); /* not a pointer to what is freed now */
	free(other);
}

/* A policy that remembers nothing forgets all. */
static void
test_nothing(void **state)
{
	uint8_t *nothing = policy(NULL, 0);

	(void)state;
	begin();
	assert_false(ksm_swap(&ksm, nothing, words, NOW_NS, false));
	assert_ptr_equal(ksm.blob, old);
	assert_true(ksm_swap(&ksm, nothing, words, NOW_NS, true));
	assert_ptr_equal(ksm.blob, nothing);
	opened(old);
	free(nothing);
}

/* As many cells as a state may have, of each size. */
static void
test_most_cells(void **state)
{
	struct format_state states[] = {
		{FORMAT_WINDOW, 0, UINT16_MAX, 1, 2, 2, 0, 0, 1000, 1},
		{FORMAT_COUNTER, 0, UINT16_MAX, 1, 2, 1, 3 * UINT16_MAX, 0, UINT64_C(1) << 40, 2},
	};
	uint8_t *blob = policy(states, 2);
	uint64_t *other = malloc(ksm_state_bytes(blob));

	(void)state;
	opened(blob);
	for (uint32_t i = 0; i < 4 * UINT16_MAX; i++) {
		ksm.words[i] = i < 3 * UINT16_MAX && i % 3 == 0 ? i / 3 % 2 : NOW_NS + i;
	}
	uint64_t *had = ksm.words;
	assert_true(ksm_swap(&ksm, blob, other, NOW_NS, false));
	assert_memory_equal(other, had, ksm_state_bytes(blob));
	free(other);
	opened(old);
	free(blob);
}

/* Programs 0 to 4: one more in the counter of that number, the first one if rule 2 granted the
 * call. */
static uint8_t *
ends(void)
{
	static const struct format_edge edges[] = {
		{1, 2, 16, 2, 0}, {1, 3, 16, 1, 0}, {2, 3, 16, 3, 0}};
	static const struct format_row rows[3] = {{{FORMAT_ACTION_GRANT | 1, 0, 0}, {0, 0}}};
	static const struct format_program programs[] = {
		{0, 4, 0}, {4, 2, 0}, {6, 2, 0}, {8, 2, 0}, {10, 2, 0}};
	static const struct format_op ops[] = {{FORMAT_OP_GRANTED, 0, 3, 2},
		{FORMAT_OP_ADD, 0, 0, 1}, {FORMAT_OP_ALLOW, 0, 0, 3}, {FORMAT_OP_ALLOW, 0, 0, 4},
		{FORMAT_OP_ADD, 0, 1, 1}, {FORMAT_OP_ALLOW, 0, 0, 5}, {FORMAT_OP_ADD, 0, 2, 1},
		{FORMAT_OP_ALLOW, 0, 0, 6}, {FORMAT_OP_ADD, 0, 3, 1}, {FORMAT_OP_ALLOW, 0, 0, 7},
		{FORMAT_OP_ADD, 0, 4, 1}, {FORMAT_OP_ALLOW, 0, 0, 8}};
	/* Methods of edges: 2, 1, 3. Then two of each edge. */
	static const struct format_abort aborts[] = {{1, 0}, {2, 1}, {7, 2}, {8, 3}, {11, 4}};
	static struct format_state states[5];
	size_t size;

	for (uint32_t i = 0; i < 5; i++) {
		states[i] =
			(struct format_state){FORMAT_COUNTER, 0, 3, 1, 2, 1, 3 * i, 0, 9, i + 1};
	}
	const struct hand_blob blob = {.label_count = 5,
		.rule_count = 8,
		.entry_count = 6,
		.sections = {edges, rows, programs, ops, NULL, NULL, states, aborts, NULL},
		.counts = {3, 3, 5, 12, 0, 0, 5, 5, 0}};
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	return hand_blob_bytes(&blob, &size);
}

/* The verdict is that of the rule, and the counter has one more in this cell; rule 0: nothing. */
static void
happened(struct ksm_verdict verdict, uint32_t rule, uint32_t counter, uint32_t number)
{
	assert_int_equal(verdict.reason, KSM_GRANTED);
	assert_int_equal(verdict.rule, rule);
	assert_int_equal(verdict.field, 0xffff);
	for (uint32_t i = 0; i < 15; i++) {
		assert_int_equal(
			ksm.words[i], counter != UINT32_MAX && i == 3 * counter + number ? 1 : 0);
		ksm.words[i] = 0;
	}
}

static void
test_ends(void **state)
{
	/* By edge: comes, goes. */
	static const uint32_t passes[3][2] = {{0, 6}, {7, 0}, {0, 8}};
	uint8_t *blob = ends();

	(void)state;
	opened(blob);
	for (uint32_t edge = 0; edge < 3; edge++) {
		for (uint32_t goes = 0; goes < 2; goes++) {
			uint32_t rule = passes[edge][goes];

			happened(ksm_passes(&ksm, edge, 1, goes != 0), rule,
				rule == 0 ? UINT32_MAX : rule - 4, 1);
		}
		for (uint32_t method = 1; method <= ksm.edges[edge].methods; method++) {
			const struct ksm_query end = {
				.method = method, .number = 2, .call_rule = 2, .now_ns = NOW_NS};
			bool is_first = edge == 0 && method == 2;
			bool is_second = edge == 1;

			happened(ksm_abort(&ksm, &ksm.edges[edge], &end),
				is_first    ? 3
				: is_second ? 5
					    : 0,
				is_first    ? 0
				: is_second ? 1
					    : UINT32_MAX,
				2);
		}
	}
	assert_int_equal(ksm.now_ns, NOW_NS);
	const struct ksm_query other = {.method = 2, .call_rule = 1};
	happened(ksm_abort(&ksm, &ksm.edges[0], &other), 4, UINT32_MAX, 0);
	opened(old);
	free(blob);
}

static int
setup(void **state)
{
	(void)state;
	old = policy(old_states, 4);
	new = policy(new_states, 5);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(old);
	free(new);
	free(memory);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_written),
		cmocka_unit_test(test_anew),
		cmocka_unit_test(test_other_cells),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_most_cells),
		cmocka_unit_test(test_ends),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
