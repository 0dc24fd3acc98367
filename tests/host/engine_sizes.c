/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whole blobs: as large as the format lets them be, empty, with sections out of place, and opened.
 */
/* test: engine tests/host/support/hand_blob.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/format_load.h"
#include "ksm/format_state.h"
#include "tests/host/support/hand_blob.h"
#include "ksm/engine/step.h"

/* Two edges of one method each; anything of 8 bytes is granted. */
static struct hand_blob
tiny(void)
{
	static const struct format_edge edges[] = {{1, 2, 16, 1, 0}, {3, 4, 16, 1, 1}};
	static const struct format_row rows[] = {
		{{FORMAT_ACTION_GRANT | 1, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}},
		{{FORMAT_ACTION_RUN, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}}};
	static const struct format_program programs[] = {{0, 1, 8}};
	static const struct format_op ops[] = {{FORMAT_OP_ALLOW, 0, 0, 1}};

	return (struct hand_blob){.label_count = 5,
		.rule_count = 1,
		.entry_count = 2,
		.instance_count = 2,
		.sections = {edges, rows, programs, ops, NULL, NULL, NULL, NULL, "name"},
		.counts = {2, 2, 1, 1, 0, 0, 0, 0, 4}};
}

/* As many edges and entries as the format has numbers for. */
static void
test_many(void **state)
{
	struct format_edge *edges = calloc(FORMAT_EDGES_MAX + 1, sizeof(*edges));
	struct format_row *rows = calloc(0xffff, sizeof(*rows));
	struct hand_blob blob = {.label_count = 0x10000, .entry_count = FORMAT_EDGES_MAX};

	(void)state;
	for (uint32_t i = 0; i <= FORMAT_EDGES_MAX; i++) {
		edges[i] = (struct format_edge){
			(uint16_t)(1 + i / 40000), 1, (uint16_t)(1 + i % 40000), 1, 0};
	}
	blob.sections[FORMAT_EDGES] = edges;
	blob.sections[FORMAT_ROWS] = rows;
	blob.counts[FORMAT_ROWS] = 0xffff;
	blob.counts[FORMAT_EDGES] = FORMAT_EDGES_MAX;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	blob.counts[FORMAT_EDGES]++;
	blob.entry_count++;
	assert_int_equal(hand_blob_verify(&blob), KSM_INDEX);
	for (uint32_t i = 0; i < 17; i++) {
		edges[i].methods = i < 16 ? 0xffff : 16;
	}
	blob.counts[FORMAT_EDGES] = 17;
	blob.entry_count = FORMAT_ENTRIES_MAX;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	edges[16].methods++;
	blob.entry_count++;
	assert_int_equal(hand_blob_verify(&blob), KSM_INDEX);
	free(edges);
	free(rows);
}

/* Sections that do not follow each other, and bytes between them. */
static void
test_sections(void **state)
{
	const struct hand_blob blob = tiny();
	size_t size;
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	uint8_t *sections = bytes + offsetof(struct format_header, sections);

	(void)state;
	assert_int_equal(hand_bytes_verify(bytes, size), KSM_OK);
	bytes[size - 1] = 1; /* behind the names, before the end */
	assert_int_equal(hand_bytes_verify(bytes, size), KSM_RESERVED);
	bytes[size - 1] = 0;
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		uint8_t *offset = sections + i * sizeof(struct format_section);
		uint8_t *count = offset + offsetof(struct format_section, count);

		offset[0] ^= 8;
		assert_int_equal(hand_bytes_verify(bytes, size), KSM_SECTION);
		offset[0] ^= 8;
		count[3] = 0x20; /* times the element: more than there is, or than 32 bits hold */
		assert_int_equal(hand_bytes_verify(bytes, size), KSM_SECTION);
		count[3] = 0;
	}
	assert_int_equal(hand_bytes_verify(bytes, sizeof(struct format_header) - 1), KSM_LENGTH);
	free(bytes);
}

/* Nothing at all is a policy, too: it denies everything. */
static void
test_empty(void **state)
{
	const struct hand_blob empty = {0};

	(void)state;
	assert_int_equal(hand_blob_verify(&empty), KSM_OK);
}

/* What is counted at one edge is not counted at the one before it. */
static void
test_opened(void **state)
{
	const struct hand_blob blob = tiny();
	size_t size;
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	uint8_t payload[8] = {0};
	const struct ksm_query query = {.method = 1, .bytes = payload, .length_bytes = 8};
	struct ksm ksm;
	void *memory = malloc(ksm_memory_bytes(bytes, size));

	(void)state;
	assert_int_equal(ksm_memory_bytes(bytes, sizeof(struct format_header) - 1), 0);
	assert_int_not_equal(ksm_memory_bytes(bytes, sizeof(struct format_header)), 0);
	(void)memset(&ksm, 0xff, sizeof(ksm));
	ksm_init(&ksm, bytes, size, memory);
	assert_int_equal(ksm.length_bytes, size);
	assert_int_equal(ksm.label_count, 5);
	assert_int_equal(ksm.instance_count, 2);
	assert_false(ksm.is_stale);
	assert_int_equal(ksm.epoch, 0);
	assert_true(ksm.now_ns == 0);
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[1], &query).reason, KSM_GRANTED);
	assert_true(ksm_edge_granted(&ksm.edges[0]) == 0);
	assert_true(ksm_edge_granted(&ksm.edges[1]) == 1);
	free(memory);
	free(bytes);
}

/* More states than are restarted in one step: those of the label begin anew, in each step. */
static void
test_restart(void **state)
{
	enum { STATES = 150 };
	struct format_state states[STATES];
	struct hand_blob blob = tiny();
	struct ksm ksm;
	size_t size;
	uint8_t *bytes;
	void *memory;

	(void)state;
	for (uint32_t i = 0; i < STATES; i++) {
		states[i] = (struct format_state){
			FORMAT_COUNTER, 1, 1, (uint16_t)(1 + i % 2), 4, 1, i, 0, 9, i + 1};
	}
	blob.sections[FORMAT_STATES] = states;
	blob.counts[FORMAT_STATES] = STATES;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	bytes = hand_blob_bytes(&blob, &size);
	memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	for (uint32_t i = 0; i < STATES; i++) {
		ksm.words[i] = 1;
	}
	ksm_restart(&ksm, 2);
	for (uint32_t i = 0; i < STATES; i++) {
		assert_int_equal(ksm.words[i], i % 2 == 0);
	}
	free(memory);
	free(bytes);
}

/* As many states, and as many words, as the format has room for, and one more. */
static void
test_states(void **state)
{
	struct format_state *states = calloc(FORMAT_STATES_MAX + 1, sizeof(*states));
	struct hand_blob blob = tiny();

	(void)state;
	blob.sections[FORMAT_STATES] = states;
	for (uint32_t i = 0; i <= FORMAT_STATES_MAX; i++) {
		states[i] = (struct format_state){FORMAT_COUNTER, 1, 1, 1, 2, 1, i, 0, 9, i + 1};
	}
	blob.counts[FORMAT_STATES] = FORMAT_STATES_MAX;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	blob.counts[FORMAT_STATES]++;
	assert_int_equal(hand_blob_verify(&blob), KSM_INDEX);
	for (uint32_t i = 0; i < 33; i++) {
		states[i].cells = 0x8000;
		states[i].first = i * 0x8000;
	}
	blob.counts[FORMAT_STATES] = 32;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	blob.counts[FORMAT_STATES] = 33;
	assert_int_equal(hand_blob_verify(&blob), KSM_INDEX);
	free(states);
}

/* A blob that is longer than any is not looked at. */
static void
test_long(void **state)
{
	const struct hand_blob blob = tiny();
	size_t size;
	uint8_t *bytes = hand_blob_bytes(&blob, &size);

	(void)state;
	assert_int_equal(hand_bytes_verify(bytes, FORMAT_LENGTH_MAX + (size_t)1), KSM_LENGTH);
	free(bytes);
}

/* Two edges and one are two systems, though everything else is the same. */
static void
test_edges(void **state)
{
	static const struct format_edge edge = {1, 2, 16, 2, 0};
	struct hand_blob blob = tiny();
	size_t size;
	uint8_t *two = hand_blob_bytes(&blob, &size);
	uint8_t *one;

	(void)state;
	blob.sections[FORMAT_EDGES] = &edge;
	blob.counts[FORMAT_EDGES] = 1;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	one = hand_blob_bytes(&blob, &size);
	assert_true(ksm_is_for_same(two, two));
	assert_false(ksm_is_for_same(two, one));
	free(one);
	free(two);
}

/* Which cell of a state: the number of the capability, or of the one that is handed on; the first
 * one, if there is none of that number. */
static void
test_index(void **state)
{
	static const struct format_op ops[] = {
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE, 1},
		{FORMAT_OP_ADD, 0, 0, 1},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE, 0},
		{FORMAT_OP_ADD, 0, 1, 1}, {FORMAT_OP_ALLOW, 0, 0, 1}};
	static const struct format_state counters[] = {{FORMAT_COUNTER, 0, 3, 1, 2, 1, 0, 0, 9, 1},
		{FORMAT_COUNTER, 0, 3, 1, 2, 1, 3, 0, 9, 2}};
	static const struct format_row rows[] = {
		{{FORMAT_ACTION_RUN, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}},
		{{FORMAT_ACTION_RUN, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}}};
	static const struct format_program programs[] = {{0, 5, 0}};
	static const uint8_t payload[8];
	static const uint64_t after[] = {1, 1, 0, 0, 1, 1};
	uint32_t given[FORMAT_HANDLES_MAX] = {1};
	struct ksm_query query = {.method = 1, .bytes = payload, .length_bytes = 8};
	struct hand_blob blob = tiny();
	struct ksm ksm;
	size_t size;
	uint8_t *bytes;
	void *memory;

	(void)state;
	blob.sections[FORMAT_ROWS] = rows;
	blob.sections[FORMAT_PROGRAMS] = programs;
	blob.sections[FORMAT_CODE] = ops;
	blob.counts[FORMAT_CODE] = 5;
	blob.sections[FORMAT_STATES] = counters;
	blob.counts[FORMAT_STATES] = 2;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	bytes = hand_blob_bytes(&blob, &size);
	memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	query.given = given;
	query.number = 2;
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason, KSM_GRANTED);
	given[0] = 3; /* there are three: 0, 1, 2 */
	query.number = 1;
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason, KSM_GRANTED);
	for (uint32_t i = 0; i < 6; i++) {
		assert_int_equal(ksm.words[i], after[i]);
	}
	free(memory);
	free(bytes);
}

/* A set with cells: a value outside of its type has no place, even if one is free. */
static void
test_set_cells(void **state)
{
	static const struct format_op ops[] = {{FORMAT_OP_LOAD, 1, FORMAT_LOAD_FIELD, 0},
		{FORMAT_OP_INSERT, FORMAT_OPERAND_V, 0, 0}, {FORMAT_OP_ALLOW, 0, 0, 1}};
	static const struct format_state set = {FORMAT_SET, 0, 2, 1, 2, 2, 0, 5, 3, 1};
	static const struct format_row rows[] = {
		{{FORMAT_ACTION_RUN, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}},
		{{FORMAT_ACTION_RUN, 0, 0}, {8 | 8 << FORMAT_SHAPE_MAX_SHIFT, 0}}};
	static const struct format_program program = {0, 3, 1};
	static const struct {
		uint8_t value, reason;
		uint64_t after[4];
	} steps[] = {{8, KSM_FULL, {0, 0, 0, 0}}, {4, KSM_FULL, {0, 0, 0, 0}},
		{7, KSM_GRANTED, {0, 0, 0, 3}}, {7, KSM_GRANTED, {0, 0, 0, 3}},
		{5, KSM_GRANTED, {0, 0, 1, 3}}, {6, KSM_FULL, {0, 0, 1, 3}}};
	uint8_t payload[8] = {0};
	const struct ksm_query query = {
		.method = 1, .number = 1, .bytes = payload, .length_bytes = 8};
	struct hand_blob blob = tiny();
	struct ksm ksm;
	size_t size;

	(void)state;
	blob.sections[FORMAT_ROWS] = rows;
	blob.sections[FORMAT_PROGRAMS] = &program;
	blob.sections[FORMAT_CODE] = ops;
	blob.counts[FORMAT_CODE] = 3;
	blob.sections[FORMAT_STATES] = &set;
	blob.counts[FORMAT_STATES] = 1;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	void *memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	for (uint32_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		payload[0] = steps[i].value;
		struct ksm_verdict verdict = ksm_decide(&ksm, &ksm.edges[0], &query);

		assert_int_equal(verdict.reason, steps[i].reason);
		assert_int_equal(verdict.operand, verdict.reason == KSM_FULL ? 2 : 0);
		assert_memory_equal(ksm.words, steps[i].after, sizeof(steps[i].after));
	}
	free(memory);
	free(bytes);
}

/* What program 0 of these ops says to a call of these bytes, granted by call_rule. */
static uint8_t
said(const struct format_op *ops, uint32_t op_count, const struct format_range *range,
	uint16_t need_bytes, const char *text, uint32_t length, uint32_t call_rule)
{
	static const struct format_row rows[] = {
		{{FORMAT_ACTION_RUN, 0, 0}, {2 | 64 << FORMAT_SHAPE_MAX_SHIFT, 0}},
		{{FORMAT_ACTION_RUN, 0, 0}, {2 | 64 << FORMAT_SHAPE_MAX_SHIFT, 0}}};
	const struct format_program program = {0, (uint16_t)op_count, need_bytes};
	static const struct format_set set = {0, 1};
	const struct ksm_query query = {.method = 1,
		.bytes = (const uint8_t *)text,
		.length_bytes = length,
		.call_rule = call_rule};
	struct hand_blob blob = tiny();
	struct ksm ksm;
	size_t size;
	uint8_t *bytes;
	void *memory;
	uint8_t reason;

	blob.sections[FORMAT_ROWS] = rows;
	blob.sections[FORMAT_PROGRAMS] = &program;
	blob.sections[FORMAT_CODE] = ops;
	blob.counts[FORMAT_CODE] = op_count;
	blob.sections[FORMAT_SETS] = &set;
	blob.counts[FORMAT_SETS] = 1;
	blob.sections[FORMAT_RANGES] = range;
	blob.counts[FORMAT_RANGES] = 1;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	bytes = hand_blob_bytes(&blob, &size);
	memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	reason = ksm_decide(&ksm, &ksm.edges[0], &query).reason;
	free(memory);
	free(bytes);
	return reason;
}

/* Lengths, eight bytes of a text, sums and differences; and a call that no rule of this policy
 * granted. */
static void
test_loads(void **state)
{
	static const struct format_op sum[] = {{FORMAT_OP_LOAD, 1, FORMAT_LOAD_FIELD, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_ADD, 1}, {FORMAT_OP_IN, 0, 2, 0},
		{FORMAT_OP_ALLOW, 0, 0, 1}, {FORMAT_OP_DENY, KSM_GUARD, 0, 1}};
	static const struct format_op granted[] = {{FORMAT_OP_GRANTED, 0, 2, 1},
		{FORMAT_OP_ALLOW, 0, 0, 1}, {FORMAT_OP_DENY, KSM_GUARD, 0, 1}};
	const struct format_range three = {3, 3};
	const struct format_range abc = {
		(int64_t)UINT64_C(0x6162630000000000), (int64_t)UINT64_C(0x6162630000000000)};
	struct format_op load[] = {{FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, 0},
		{FORMAT_OP_IN, 0, 2, 0}, {FORMAT_OP_ALLOW, 0, 0, 1},
		{FORMAT_OP_DENY, KSM_GUARD, 0, 1}};

	(void)state;
	assert_int_equal(said(load, 4, &three, 0, "abc", 3, 0), KSM_GRANTED);
	assert_int_equal(said(load, 4, &three, 0, "abcd", 4, 0), KSM_GUARD);
	load[0].b = FORMAT_LOAD_TEXT;
	assert_int_equal(said(load, 4, &abc, 0, "abc", 3, 0), KSM_GRANTED);
	assert_int_equal(said(load, 4, &abc, 0, "abd", 3, 0), KSM_GUARD);
	assert_int_equal(said(sum, 5, &three, 2, "\1\2", 2, 0), KSM_GRANTED);
	assert_int_equal(said(sum, 5, &three, 2, "\5\2", 2, 0), KSM_GUARD);
	struct format_op difference[5];
	(void)memcpy(difference, sum, sizeof(sum));
	difference[1].b = FORMAT_LOAD_SUBTRACT;
	assert_int_equal(said(difference, 5, &three, 2, "\5\2", 2, 0), KSM_GRANTED);
	assert_int_equal(said(difference, 5, &three, 2, "\1\2", 2, 0), KSM_GUARD);
	/* Which cell is meant changes nothing of what is tested. */
	const struct format_op kept[] = {
		sum[0], sum[1], {FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX, 0}, sum[2], sum[3], sum[4]};
	assert_int_equal(said(kept, 6, &three, 2, "\1\2", 2, 0), KSM_GRANTED);
	assert_int_equal(said(granted, 3, &three, 0, "ab", 2, 1), KSM_GRANTED);
	assert_int_equal(said(granted, 3, &three, 0, "ab", 2, 2), KSM_GUARD);
	assert_int_equal(said(granted, 3, &three, 0, "ab", 2, KSM_CALL_OLD), KSM_EPOCH);
}

/* T4: `/`, or components behind it, none of which is empty, `.` or `..`. */
static void
test_paths(void **state)
{
	static const struct format_op ops[] = {{FORMAT_OP_LOAD, 15, FORMAT_LOAD_PATH, 0},
		{FORMAT_OP_IN, 0, 2, 0}, {FORMAT_OP_ALLOW, 0, 0, 1}, {FORMAT_OP_DENY, 2, 0, 0}};
	static const struct format_row rows[] = {
		{{FORMAT_ACTION_RUN, 0, 0}, {0 | 480 << FORMAT_SHAPE_MAX_SHIFT, 0}},
		{{FORMAT_ACTION_RUN, 0, 0}, {0 | 480 << FORMAT_SHAPE_MAX_SHIFT, 0}}};
	static const struct format_program programs[] = {{0, 4, 0}};
	static const struct format_set set = {0, 1};
	static const struct format_range is_path = {1, 1};
	static const struct {
		const char *text;
		uint32_t length;
		bool is_path;
	} paths[] = {
		{"", 0, false},
		{"/", 1, true},
		{"/a", 2, true},
		{"a", 1, false},
		{"//", 2, false},
		{"/a/", 3, false},
		{"/a/b", 4, true},
		{"/.", 2, false},
		{"/..", 3, false},
		{"/...", 4, true},
		{"/.a", 3, true},
		{"/a.", 3, true},
		{"/a/./b", 6, false},
		{"/a/../b", 7, false},
		{"/a/..b", 6, true},
		{"/a\0b", 4, false},
		{"\0", 1, false},
		{"/..a", 4, true},
		{"/a..", 4, true},
		{".", 1, false},
		{"/.a.", 4, true},
	};
	struct hand_blob blob = tiny();
	struct ksm ksm;
	size_t size;
	uint8_t *bytes;
	void *memory;

	(void)state;
	blob.sections[FORMAT_ROWS] = rows;
	blob.sections[FORMAT_PROGRAMS] = programs;
	blob.sections[FORMAT_CODE] = ops;
	blob.counts[FORMAT_CODE] = 4;
	blob.sections[FORMAT_SETS] = &set;
	blob.counts[FORMAT_SETS] = 1;
	blob.sections[FORMAT_RANGES] = &is_path;
	blob.counts[FORMAT_RANGES] = 1;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	bytes = hand_blob_bytes(&blob, &size);
	memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	for (uint32_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		const struct ksm_query query = {.method = 1,
			.bytes = (const uint8_t *)paths[i].text,
			.length_bytes = paths[i].length};

		assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason,
			paths[i].is_path ? KSM_GRANTED : KSM_SHAPE);
	}
	free(memory);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_opened),
		cmocka_unit_test(test_restart),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_loads),
		cmocka_unit_test(test_set_cells),
		cmocka_unit_test(test_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
