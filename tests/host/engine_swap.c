/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A live swap: what is remembered comes along, on the stricter side where bounds are narrower. */
/* test: ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/state.c
 *       ksm/gate/index.c
 * ksm/engine/swap.c ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c ksm/gate/emit_load.c
 * ksm/gate/emit_cost.c
 *       ksm/gate/emit_pool.c ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c
 * ksm/gate/emit_names.c ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c
 * tools/host/sha256.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/step.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"

#define NOW_NS UINT64_C(1000000)
#define WORDS  16

static struct arena arena;

/* What one policy remembers: at most two states. */
struct remembered {
	uint64_t id;
	enum l1_object_kind kind;
	uint32_t count;
	uint64_t amount;
	int64_t low;
};

static struct l1_method method = {.name = "m", .number = 1};
static struct l1_interface interface = {
	.name = "I", .short_name = "I", .id = 16, .methods = &method, .method_count = 1};
static struct l1_label labels[4];
static struct l1_field no_field = {.name = "o", .width_bytes = 8};
static struct l1_rule rule = {.number = 1};
static struct l1_condition always;
static struct l1_cell cell = {.holder = 2,
	.target = 3,
	.interface = 16,
	.method = 1,
	.condition = &always,
	.source = &rule};

/* A policy with one rule that remembers these. */
static const uint8_t *
policy(const struct remembered *states, uint32_t count, uint8_t system)
{
	struct l1 l1 = {.interfaces = &interface,
		.interface_count = 1,
		.labels = labels,
		.label_count = 4,
		.rules = &rule,
		.rule_count = 1,
		.cells = &cell,
		.cell_count = 1,
		.system_digest = {system},
		.version = 7,
		.states = arena_array(&arena, count + 1, sizeof(void *))};
	struct buffer *blob = arena_alloc(&arena, sizeof(*blob));

	for (uint32_t i = 0; i < count; i++) {
		struct l1_object *object = arena_alloc(&arena, sizeof(*object));
		struct l1_state *state = arena_alloc(&arena, sizeof(*state));
		uint32_t many = states[i].count + (states[i].kind == L1_WINDOW);
		bool has_many = states[i].kind == L1_WINDOW || states[i].kind == L1_SET;

		*object = (struct l1_object){.name = "o",
			.kind = states[i].kind,
			.count = states[i].count,
			.amount = states[i].amount,
			.low = states[i].low};
		*state = (struct l1_state){.object = object,
			.field = &no_field,
			.id = states[i].id,
			.first = l1.word_count,
			.cell_count = 1,
			.word_count = has_many ? many : 1};
		l1.word_count += state->word_count;
		l1.states[l1.state_count++] = state;
	}
	buffer_init(blob, &arena);
	assert_int_equal(emit_policy(&l1, blob).error, EMIT_OK);
	return (const uint8_t *)blob->bytes;
}

static uint64_t words[WORDS];

/* Swaps from one state to another and back; had: its words before, in `words` afterwards. */
static bool
swapped(struct remembered from, struct remembered to, const uint64_t *had, uint32_t count)
{
	const uint8_t *old = policy(&from, 1, 0);
	const uint8_t *new = policy(&to, 1, 0);
	size_t bytes = ksm_memory_bytes(old, ((const uint32_t *)(const void *)old)[3]);
	struct ksm ksm;
	bool is_done;

	ksm_init(&ksm, old, ((const uint32_t *)(const void *)old)[3], arena_alloc(&arena, bytes));
	memcpy(ksm.words, had, count * sizeof(*had));
	memset(words, 0xee, sizeof(words));
	is_done = ksm_swap(&ksm, new, words, NOW_NS, false);
	assert_int_equal(ksm.epoch, is_done ? 1 : 0);
	assert_true((ksm.words == words) == is_done);
	assert_ptr_equal(ksm.blob, is_done ? new : old);
	assert_true(ksm.is_stale == is_done);
	return is_done;
}

static uint64_t
swapped_word(struct remembered from, struct remembered to, uint64_t had)
{
	assert_true(swapped(from, to, &had, 1));
	return words[0];
}

static void
test_bucket(void **state)
{
	const struct remembered five = {1, L1_BUCKET, 5, 100, 0};
	const struct remembered three = {1, L1_BUCKET, 3, 100, 0};
	const struct remembered dear = {1, L1_BUCKET, 5, 101, 0};

	(void)state;
	assert_int_equal(swapped_word(five, five, NOW_NS + 250), NOW_NS + 250);
	assert_int_equal(swapped_word(three, five, NOW_NS + 250), NOW_NS + 250);
	assert_int_equal(swapped_word(dear, five, NOW_NS + 250), NOW_NS + 250);
	assert_int_equal(swapped_word(dear, five, NOW_NS + 505), NOW_NS + 500);
	/* Narrower: one that was used is empty, one that was not is full. */
	assert_int_equal(swapped_word(five, three, NOW_NS + 1), NOW_NS + 300);
	assert_int_equal(swapped_word(five, dear, NOW_NS + 1), NOW_NS + 505);
	assert_int_equal(swapped_word(five, three, NOW_NS), NOW_NS);
	assert_int_equal(swapped_word(five, three, 0), 0);
}

static void
test_window(void **state)
{
	const struct remembered wide = {1, L1_WINDOW, 3, 1000, 0};
	const struct remembered narrow = {1, L1_WINDOW, 2, 1000, 0};
	const struct remembered longer = {1, L1_WINDOW, 3, 5000, 0};
	const uint64_t had[4] = {0, NOW_NS + 10, NOW_NS + 20, NOW_NS + 30};
	const uint64_t turned[4] = {2, NOW_NS + 20, NOW_NS + 30, NOW_NS + 10};
	const uint64_t once[4] = {1, NOW_NS - 100, 0, 0};

	(void)state;
	assert_true(swapped(wide, wide, had, 4));
	assert_memory_equal(words, had, sizeof(had));
	assert_true(swapped(wide, wide, turned, 4));
	assert_memory_equal(words, turned, sizeof(turned));
	/* The two that stay longest. */
	assert_true(swapped(wide, narrow, turned, 4));
	assert_int_equal(words[0], 1);
	assert_int_equal(words[1], NOW_NS + 30);
	assert_int_equal(words[2], NOW_NS + 20);
	const struct remembered single = {1, L1_WINDOW, 1, 1000, 0};
	assert_true(swapped(wide, single, turned, 4));
	assert_int_equal(words[0], 0);
	assert_int_equal(words[1], NOW_NS + 30);
	/* As if the longer period had always been meant, and back. */
	assert_true(swapped(wide, longer, once, 4));
	assert_int_equal(words[0], 1);
	assert_int_equal(words[1], NOW_NS - 100 + 4000);
	assert_int_equal(words[2], 0);
	const uint64_t there[4] = {words[0], words[1], words[2], words[3]};
	assert_true(swapped(longer, wide, there, 4));
	assert_memory_equal(words, once, sizeof(once));
}

static void
test_latch_and_counter(void **state)
{
	const struct remembered latch = {1, L1_LATCH, 1, 1000, 0};
	const struct remembered brief = {1, L1_LATCH, 1, 10, 0};
	const struct remembered many = {1, L1_COUNTER, 1, 100, 0};
	const struct remembered few = {1, L1_COUNTER, 1, 7, 0};
	const struct remembered lent = {1, L1_LIMIT, 1, 100, 0};
	const struct remembered lent_less = {1, L1_LIMIT, 1, 7, 0};

	(void)state;
	assert_int_equal(swapped_word(latch, latch, NOW_NS + 900), NOW_NS + 900);
	assert_int_equal(swapped_word(latch, brief, NOW_NS + 900), NOW_NS + 10);
	assert_int_equal(swapped_word(brief, latch, NOW_NS + 9), NOW_NS + 9);
	assert_int_equal(swapped_word(latch, brief, 5), 5);
	assert_int_equal(swapped_word(many, few, 50), 7);
	assert_int_equal(swapped_word(many, few, 5), 5);
	assert_int_equal(swapped_word(few, many, 7), 7);
	/* So many there are, however many there may be now. */
	assert_int_equal(swapped_word(lent, lent_less, 50), 50);
	assert_int_equal(swapped_word(lent_less, lent, 50), 50);
}

/* Sets and machines are like each other, or something else. */
static void
test_set_and_machine(void **state)
{
	const struct remembered set = {1, L1_SET, 3, 100, -5};
	const struct remembered fewer = {1, L1_SET, 2, 100, -5};
	const struct remembered others = {1, L1_SET, 3, 100, -4};
	const struct remembered smaller = {1, L1_SET, 3, 99, -5};
	const struct remembered machine = {1, L1_MACHINE, 3, 0, 0};
	const struct remembered bigger = {1, L1_MACHINE, 4, 0, 0};
	const uint64_t had[3] = {0, 42, 7};

	(void)state;
	assert_true(swapped(set, set, had, 3));
	assert_memory_equal(words, had, sizeof(had));
	assert_false(swapped(set, fewer, had, 3));
	assert_false(swapped(fewer, set, had, 2));
	assert_false(swapped(set, others, had, 3));
	assert_false(swapped(set, smaller, had, 3));
	assert_int_equal(swapped_word(machine, machine, 2), 2);
	assert_false(swapped(machine, bigger, had, 1));
	assert_false(swapped(machine, (struct remembered){1, L1_COUNTER, 1, 9, 0}, had, 1));
}

/* A state that is gone refuses the swap, one that is new begins anew, the others are found. */
static void
test_names(void **state)
{
	const struct remembered two[] = {{3, L1_COUNTER, 1, 9, 0}, {9, L1_COUNTER, 1, 9, 0}};
	const struct remembered three[] = {
		{2, L1_COUNTER, 1, 9, 0}, {3, L1_COUNTER, 1, 9, 0}, {9, L1_COUNTER, 1, 9, 0}};
	const uint8_t *small = policy(two, 2, 0);
	const uint8_t *large = policy(three, 3, 0);
	size_t bytes = ksm_memory_bytes(small, ((const uint32_t *)(const void *)small)[3]);
	uint64_t other[WORDS];
	struct ksm ksm;

	(void)state;
	ksm_init(&ksm, small, ((const uint32_t *)(const void *)small)[3],
		arena_alloc(&arena, bytes));
	ksm.words[0] = 5;
	ksm.words[1] = 6;
	assert_int_equal(ksm_state_bytes(large), 24);
	assert_true(ksm_swap(&ksm, large, words, NOW_NS, false));
	assert_int_equal(words[0], 0);
	assert_int_equal(words[1], 5);
	assert_int_equal(words[2], 6);
	assert_int_equal(ksm.now_ns, NOW_NS);
	words[0] = 1;
	assert_false(ksm_swap(&ksm, small, other, NOW_NS - 1, false));
	assert_ptr_equal(ksm.words, words);
	/* Back after a trial nothing can stand in the way. */
	assert_true(ksm_swap(&ksm, small, other, NOW_NS - 1, true));
	assert_int_equal(other[0], 5);
	assert_int_equal(other[1], 6);
	assert_int_equal(ksm.now_ns, NOW_NS);
	assert_int_equal(ksm.epoch, 2);
	/* One that is new stands behind all, and none is left to be looked at. */
	const struct remembered last[] = {{3, L1_COUNTER, 1, 9, 0}, {9, L1_COUNTER, 1, 9, 0},
		{10, L1_COUNTER, 1, 9, 0}, {11, L1_COUNTER, 1, 9, 0}};
	assert_true(ksm_swap(&ksm, policy(last, 4, 0), words, NOW_NS, false));
	assert_int_equal(words[1], 6);
	assert_int_equal(words[2] + words[3], 0);
}

/* Four cells a step, and until the last one nothing has happened; who begins another swap gives
 * this one up. */
static void
test_steps(void **state)
{
	enum { COUNTERS = 40, STEPS = COUNTERS / 4 };
	struct remembered many[COUNTERS];
	uint64_t other[COUNTERS];
	struct ksm ksm;

	(void)state;
	for (uint32_t i = 0; i < COUNTERS; i++) {
		many[i] = (struct remembered){i + 1, L1_COUNTER, 1, 1000, 0};
	}
	const uint8_t *old = policy(many, COUNTERS, 0);
	const uint8_t *new = policy(many, COUNTERS, 0);
	const uint8_t *fewer = policy(many, COUNTERS - 1, 0);
	size_t length = ((const uint32_t *)(const void *)old)[3];
	ksm_init(&ksm, old, length, arena_alloc(&arena, ksm_memory_bytes(old, length)));
	for (uint32_t i = 0; i < COUNTERS; i++) {
		ksm.words[i] = i + 100;
	}
	memset(other, 0xee, sizeof(other));
	for (uint32_t i = 0; i < STEPS; i++) { /* the first one clears */
		assert_int_equal(ksm_swap_step(&ksm, new, other, NOW_NS, false), KSM_SWAP_GOES_ON);
		assert_ptr_equal(ksm.blob, old);
		assert_int_equal(ksm.epoch, 0);
		assert_int_equal(other[4 * i], 0);
		assert_true(i == 0 || other[4 * i - 1] == 4 * i + 99);
	}
	/* One that would forget ends at the state that it does not have, the last. */
	for (uint32_t i = 0; i < STEPS; i++) {
		assert_int_equal(
			ksm_swap_step(&ksm, fewer, other, NOW_NS, false), KSM_SWAP_GOES_ON);
	}
	assert_int_equal(ksm_swap_step(&ksm, fewer, other, NOW_NS, false), KSM_SWAP_FORGETS);
	assert_ptr_equal(ksm.blob, old);
	for (uint32_t i = 0; i < STEPS; i++) {
		assert_int_equal(ksm_swap_step(&ksm, new, other, NOW_NS, false), KSM_SWAP_GOES_ON);
	}
	assert_int_equal(ksm_swap_step(&ksm, new, other, NOW_NS, false), KSM_SWAP_DONE);
	assert_ptr_equal(ksm.blob, new);
	assert_ptr_equal(ksm.words, other);
	for (uint32_t i = 0; i < COUNTERS; i++) {
		assert_int_equal(other[i], i + 100);
	}
}

/* What no interface has is no entry that could be renewed. */
static void
test_stale(void **state)
{
	const uint8_t *one = policy(NULL, 0, 0);
	size_t length = ((const uint32_t *)(const void *)one)[3];
	struct ksm ksm;
	struct ksm_query query = {.method = 99};

	(void)state;
	ksm_init(&ksm, one, length, arena_alloc(&arena, ksm_memory_bytes(one, length)));
	assert_true(ksm_swap(&ksm, one, words, NOW_NS, false));
	assert_true(ksm.is_stale);
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason, KSM_SHAPE);
	assert_true(ksm.is_stale);
	query.method = 1;
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason, KSM_GRANTED);
	assert_false(ksm_settle_step(&ksm));
}

static void
test_same(void **state)
{
	const uint8_t *one = policy(NULL, 0, 1);

	(void)state;
	assert_int_equal(ksm_policy_version(one), 7);
	assert_true(ksm_is_for_same(one, policy(NULL, 0, 1)));
	assert_false(ksm_is_for_same(one, policy(NULL, 0, 2)));
	cell.target = 1;
	assert_false(ksm_is_for_same(one, policy(NULL, 0, 1)));
	cell.target = 3;
	method.number = cell.method = 2;
	assert_false(ksm_is_for_same(one, policy(NULL, 0, 1)));
	method.number = cell.method = 1;
	assert_true(ksm_is_for_same(one, policy(NULL, 0, 1)));
}

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bucket),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_latch_and_counter),
		cmocka_unit_test(test_set_and_machine),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_stale),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
