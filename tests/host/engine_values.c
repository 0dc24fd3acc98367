/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What stands in the registers of a program: at its start, behind loads of every kind; and what the
 * verifier refuses at the borders of a blob. */
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

#define ANY (FORMAT_MESSAGE_MAX << FORMAT_SHAPE_MAX_SHIFT) /* length */

/* One edge of one method, whose calls program 0 decides about. */
static struct hand_blob
one(const struct format_program *program, const struct format_op *ops, uint32_t op_count)
{
	static const struct format_edge edge = {1, 2, 16, 1, 0};
	static const struct format_row row = {{FORMAT_ACTION_RUN, 0, 0}, {ANY, FORMAT_SHAPE_NONE}};
	static const struct format_set set = {0, 1};
	static const struct format_range zero = {0, 0};
	static const struct format_state counter = {FORMAT_COUNTER, 0, 4, 1, 2, 1, 0, 0, 9, 1};

	return (struct hand_blob){.label_count = 5,
		.rule_count = 1,
		.entry_count = 1,
		.sections = {&edge, &row, program, ops, &set, &zero, &counter, NULL, NULL},
		.counts = {1, 1, 1, op_count, 1, 1, 1, 0, 0}};
}

/* What program 0 of these ops says of a message of zeros but for its first byte, and which cell has
 * one more then. */
static struct ksm_verdict
said(const struct format_op *ops, uint32_t op_count, uint32_t length, uint8_t first, uint32_t *cell)
{
	const struct format_program program = {0, (uint16_t)op_count, 0};
	static uint8_t payload[FORMAT_MESSAGE_MAX];
	const struct ksm_query query = {.method = 1, .bytes = payload, .length_bytes = length};
	struct hand_blob blob = one(&program, ops, op_count);
	struct ksm_verdict verdict;
	struct ksm ksm;
	size_t size;

	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	void *memory = malloc(ksm_memory_bytes(bytes, size));
	(void)memset(&ksm, 0xff, sizeof(ksm));
	ksm_init(&ksm, bytes, size, memory);
	assert_null(ksm.coming);
	payload[0] = first;
	verdict = ksm_decide(&ksm, &ksm.edges[0], &query);
	*cell = UINT32_MAX;
	for (uint32_t i = 0; i < 4; i++) {
		*cell = ksm.words[i] != 0 ? i : *cell;
	}
	free(memory);
	free(bytes);
	return verdict;
}

/* v, w and f of a program that has loaded nothing. */
static void
test_start(void **state)
{
	static const struct format_op v[] = {{FORMAT_OP_IN, 0, 2, 0}, {FORMAT_OP_ALLOW, 0, 0, 1},
		{FORMAT_OP_DENY, KSM_GUARD, FORMAT_DENY_SHOWS, 1}};
	static const struct format_op w[] = {{FORMAT_OP_EQUAL, 0, 2, 0}, {FORMAT_OP_ALLOW, 0, 0, 1},
		{FORMAT_OP_DENY, KSM_GUARD, 0, 1}};
	static const struct format_op f[] = {{FORMAT_OP_DENY, KSM_GUARD, FORMAT_DENY_SHOWS, 1}};
	uint32_t cell;

	(void)state;
	assert_int_equal(said(v, 3, 8, 0, &cell).reason, KSM_GRANTED);
	assert_int_equal(said(w, 3, 8, 0, &cell).reason, KSM_GRANTED);
	assert_int_equal(said(f, 1, 8, 0, &cell).field, 0xffff);
	assert_int_equal(said(f, 1, 8, 0, &cell).operand, 0);
}

/* A sum shows nothing if one part of it is secret. */
static void
test_secret(void **state)
{
	enum { LATE_OF_1 = 0 };
	struct format_op ops[] = {{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, LATE_OF_1},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, 1},
		{FORMAT_OP_DENY, KSM_GUARD, FORMAT_DENY_SHOWS, 1}};
	uint32_t cell;

	(void)state;
	assert_int_equal(said(ops, 3, 8, 5, &cell).operand, 7);
	ops[1].a = FORMAT_LOAD_SECRET;
	assert_int_equal(said(ops, 3, 8, 5, &cell).operand, 0);
	ops[1] = ops[0];
	assert_int_equal(said(ops, 3, 8, 5, &cell).operand, 5);
	ops[1].a |= FORMAT_LOAD_SECRET;
	assert_int_equal(said(ops, 3, 8, 5, &cell).operand, 0);
	assert_int_equal(said(ops, 3, 8, 5, &cell).field, 0);
}

/* The same of sums, of messages that have the field. */
static void
test_secret_sum(void **state)
{
	static const struct format_row row = {
		{FORMAT_ACTION_RUN, 0, 0}, {1 | ANY, FORMAT_SHAPE_NONE}};
	static const struct {
		uint8_t first, second;
		int64_t shown;
	} cases[] = {{1, 1, 10}, {1 | FORMAT_LOAD_SECRET, 1, 0}, {1, 1 | FORMAT_LOAD_SECRET, 0},
		{1 | FORMAT_LOAD_SECRET, 1 | FORMAT_LOAD_SECRET, 0}};
	const struct format_program program = {0, 3, 1};
	const uint8_t payload[8] = {5};
	const struct ksm_query query = {.method = 1, .bytes = payload, .length_bytes = 8};

	(void)state;
	for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct format_op ops[] = {
			{FORMAT_OP_LOAD, cases[i].first, FORMAT_LOAD_FIELD, 0},
			{FORMAT_OP_LOAD, cases[i].second, FORMAT_LOAD_ADD, 0},
			{FORMAT_OP_DENY, KSM_GUARD, FORMAT_DENY_SHOWS, 1}};
		struct hand_blob blob = one(&program, ops, 3);
		struct ksm ksm;
		size_t size;

		blob.sections[FORMAT_ROWS] = &row;
		assert_int_equal(hand_blob_verify(&blob), KSM_OK);
		uint8_t *bytes = hand_blob_bytes(&blob, &size);
		void *memory = malloc(ksm_memory_bytes(bytes, size));
		ksm_init(&ksm, bytes, size, memory);
		assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).operand, cases[i].shown);
		free(memory);
		free(bytes);
	}
}

/* A cell that a field of the message names, and what a text's offset is at its most. */
static void
test_loads(void **state)
{
	static const struct format_row row = {
		{FORMAT_ACTION_RUN, 0, 0}, {4 | ANY, FORMAT_SHAPE_NONE}};
	static const struct format_op cell_of[] = {{FORMAT_OP_LOAD, 4, FORMAT_LOAD_INDEX, 0},
		{FORMAT_OP_ADD, 0, 0, 1}, {FORMAT_OP_ALLOW, 0, 0, 1}};
	static const struct format_op far[] = {
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_TEXT, FORMAT_MESSAGE_MAX},
		{FORMAT_OP_DENY, KSM_GUARD, FORMAT_DENY_SHOWS, 1}};
	const struct format_program program = {0, 3, 4};
	const uint8_t payload[4] = {2};
	const struct ksm_query query = {.method = 1, .bytes = payload, .length_bytes = 4};
	struct hand_blob blob = one(&program, cell_of, 3);
	struct ksm ksm;
	size_t size;
	uint32_t cell;

	(void)state;
	assert_int_equal(said(far, 2, 8, 0, &cell).field, FORMAT_MESSAGE_MAX);
	blob.sections[FORMAT_ROWS] = &row;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	void *memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason, KSM_GRANTED);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(ksm.words[i], i == 2);
	}
	free(memory);
	free(bytes);
}

/* Where values go: into v, added to it, or to the index; f and secrecy are those of a sum. */
static void
test_into(void **state)
{
	enum { UNIT = 3, COUNTER = 0, SEEN = FORMAT_DENY_SHOWS };
	const uint32_t count = format_count_factor(UNIT) << FORMAT_LOAD_SHIFT;
	const struct format_op deny = {FORMAT_OP_DENY, KSM_GUARD, SEEN, 1};
	const struct {
		struct format_op first, second;
		uint32_t length;
		int64_t shown;
		uint16_t field;
	} cases[] = {
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_COUNT, 2 | count},
			{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD | FORMAT_LOAD_NUMBER, 0}, 1001, 333, 2},
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_COUNT, 2 | count},
			{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD | FORMAT_LOAD_NUMBER, 0}, 1000, 332, 2},
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_COUNT, 2 | count},
			{FORMAT_OP_LOAD, 0, FORMAT_LOAD_SUBTRACT | FORMAT_LOAD_LENGTH, 1}, 8, 2 - 7,
			2},
		{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0},
			{FORMAT_OP_LOAD, 1, FORMAT_LOAD_ADD | FORMAT_LOAD_LATE, 0}, 8, 12, 0},
		{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 3},
			{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_ADD, COUNTER}, 8, 0, 3},
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_HANDLE, 0},
			{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_SUBTRACT, COUNTER}, 8, 0, 0},
		/* Of a message that hands nothing on. */
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_HANDLE, FORMAT_HANDLES_MAX},
			{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_ADD, COUNTER}, 8, 0,
			FORMAT_HANDLES_MAX},
		{{FORMAT_OP_LOAD_STATE, 0, 0, COUNTER},
			{FORMAT_OP_LOAD, 1, FORMAT_LOAD_SUBTRACT | FORMAT_LOAD_LATE, 0}, 8, -6,
			KSM_FIELD_STATE},
		{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0},
			{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX | FORMAT_LOAD_LATE, 1}, 8, 6, 0},
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_NUMBER, 0},
			{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD | FORMAT_LOAD_TEXT, 0}, 1,
			INT64_C(6) << 56, 0},
		{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, 0},
			{FORMAT_OP_LOAD, FORMAT_LOAD_SECRET, FORMAT_LOAD_ADD | FORMAT_LOAD_LENGTH,
				0},
			8, 0, 0},
		{{FORMAT_OP_LOAD, FORMAT_LOAD_SECRET, FORMAT_LOAD_LENGTH, 0},
			{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_ADD, COUNTER}, 8, 0, 0},
	};
	uint32_t cell;

	(void)state;
	for (uint32_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct format_op ops[] = {cases[i].first, cases[i].second, deny};
		struct ksm_verdict verdict = said(ops, 3, cases[i].length, 6, &cell);

		assert_int_equal(verdict.operand, cases[i].shown);
		assert_int_equal(verdict.field, cases[i].field);
	}
}

/* An index that is a field which the message may end before; and how many elements there are. */
static void
test_counts(void **state)
{
	const struct format_op late[] = {
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX | FORMAT_LOAD_LATE, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0}, {FORMAT_OP_ADD, FORMAT_OPERAND_V, 0, 0},
		{FORMAT_OP_ALLOW, 0, 0, 1}};
	uint32_t cell;

	(void)state;
	assert_int_equal(said(late, 4, 8, 3, &cell).reason, KSM_GRANTED);
	assert_int_equal(cell, 3);
	for (uint32_t unit = 1; unit <= FORMAT_MESSAGE_MAX; unit++) {
		for (uint32_t length = 0; length <= FORMAT_MESSAGE_MAX; length++) {
			assert_int_equal(length * format_count_factor(unit) >> FORMAT_COUNT_SHIFT,
				length / unit);
		}
	}
}

/* Amounts up to a counter's maximum and beyond it; what an effect did is undone if a later one
 * cannot be done. */
static void
test_amounts(void **state)
{
	static const struct format_op ops[] = {{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0},
		{FORMAT_OP_ADD, 0, 0, 1}, {FORMAT_OP_ADD, FORMAT_OPERAND_V, 0, 0},
		{FORMAT_OP_ALLOW, 0, 0, 1}};
	uint32_t cell;

	(void)state;
	assert_int_equal(said(ops, 4, 8, 8, &cell).reason, KSM_GRANTED);
	assert_int_equal(cell, 0);
	for (uint8_t amount = 9; amount < 12; amount++) {
		struct ksm_verdict verdict = said(ops, 4, 8, amount, &cell);

		assert_int_equal(verdict.reason, KSM_FULL);
		assert_int_equal(verdict.operand, 1);
		assert_int_equal(cell, UINT32_MAX);
	}
}

/* A path of as many bytes as its load has steps for, and one more. */
static void
test_path(void **state)
{
	static const struct format_row row = {{FORMAT_ACTION_RUN, 0, 0}, {ANY, FORMAT_SHAPE_NONE}};
	static const struct format_op ops[] = {{FORMAT_OP_LOAD, 1, FORMAT_LOAD_PATH, 0},
		{FORMAT_OP_IN, 0, 2, 0}, {FORMAT_OP_DENY, KSM_GUARD, 0, 1},
		{FORMAT_OP_ALLOW, 0, 0, 1}};
	const struct format_program program = {0, 4, 0};
	struct hand_blob blob = one(&program, ops, 4);
	uint8_t path[FORMAT_PATH_BYTES + 1];
	struct ksm ksm;
	size_t size;

	(void)state;
	(void)memset(path, 'a', sizeof(path));
	path[0] = '/';
	blob.sections[FORMAT_ROWS] = &row;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	void *memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	for (uint32_t length = FORMAT_PATH_BYTES - 1; length <= sizeof(path); length++) {
		const struct ksm_query query = {.method = 1, .bytes = path, .length_bytes = length};

		/* Of what is no path, v is 0. */
		assert_int_equal(ksm_decide(&ksm, &ksm.edges[0], &query).reason,
			length <= FORMAT_PATH_BYTES ? KSM_GRANTED : KSM_GUARD);
	}
	free(memory);
	free(bytes);
}

/* Programs that are nothing, end behind the code, or jump behind their end; the code is the last
 * that the blob has, so a verifier that looks too far looks beyond it. */
static void
test_ends(void **state)
{
	static const struct format_op allow = {FORMAT_OP_ALLOW, 0, 0, 1};
	static const struct format_op jumps[] = {{FORMAT_OP_GRANTED, 0, 1, 1},
		{FORMAT_OP_GRANTED, 0, 3, 1}, {FORMAT_OP_GRANTED, 0, 1, 1},
		{FORMAT_OP_ALLOW, 0, 0, 1}};
	static const struct format_program nothing = {0, 0, 0};
	static const struct format_program more[] = {{0, 1, 0}, {1, 2, 0}};
	static const struct format_program four = {0, 4, 0};
	struct hand_blob blob = one(&nothing, &allow, 0);

	(void)state;
	blob.counts[FORMAT_SETS] = blob.counts[FORMAT_RANGES] = blob.counts[FORMAT_STATES] = 0;
	assert_int_equal(hand_blob_verify(&blob), KSM_PROGRAM);
	blob.sections[FORMAT_PROGRAMS] = more;
	blob.counts[FORMAT_PROGRAMS] = 2;
	blob.counts[FORMAT_CODE] = 1;
	blob.sections[FORMAT_CODE] = &allow;
	assert_int_equal(hand_blob_verify(&blob), KSM_PROGRAM);
	blob.sections[FORMAT_PROGRAMS] = &four;
	blob.counts[FORMAT_PROGRAMS] = 1;
	blob.sections[FORMAT_CODE] = jumps;
	blob.counts[FORMAT_CODE] = 4;
	assert_int_equal(hand_blob_verify(&blob), KSM_PROGRAM);
}

/* Each handle of a reply needs its word; what is only asked about carries nothing. */
static void
test_carries(void **state)
{
	static const struct format_program program = {0, 1, 0};
	static const struct format_op allow = {FORMAT_OP_ALLOW, 0, 0, 1};
	struct format_row row = {{0, 0, 0}, {ANY, 0}};
	struct hand_blob blob = one(&program, &allow, 1);

	(void)state;
	blob.sections[FORMAT_ROWS] = &row;
	for (uint32_t low = 0; low <= 8; low++) {
		row.shape[1] = low | ANY | UINT32_C(2) << FORMAT_SHAPE_REPLY_HANDLES;
		assert_int_equal(hand_blob_verify(&blob), low < 8 ? KSM_INDEX : KSM_OK);
	}
	row.shape[0] = 8 | ANY | UINT32_C(1) << FORMAT_SHAPE_CALL_ASK;
	row.shape[1] = FORMAT_SHAPE_NONE;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	row.shape[0] |= UINT32_C(1) << FORMAT_SHAPE_CALL_HANDLES;
	assert_int_equal(hand_blob_verify(&blob), KSM_INDEX);
	row.shape[0] = 8 | ANY;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
}

/* Labels of sixteen bits do not run into each other, neither in the order nor in the search. */
static void
test_labels(void **state)
{
	static const struct format_edge edges[] = {{1, 1, 16, 1, 0}, {1, 0x8001, 16, 1, 0}};
	static const struct format_program program = {0, 1, 0};
	static const struct format_op allow = {FORMAT_OP_ALLOW, 0, 0, 1};
	struct hand_blob blob = one(&program, &allow, 1);
	struct ksm ksm;
	size_t size;

	(void)state;
	blob.label_count = 0x9000;
	blob.entry_count = 2;
	blob.sections[FORMAT_EDGES] = edges;
	blob.counts[FORMAT_EDGES] = 2;
	assert_int_equal(hand_blob_verify(&blob), KSM_OK);
	uint8_t *bytes = hand_blob_bytes(&blob, &size);
	void *memory = malloc(ksm_memory_bytes(bytes, size));
	ksm_init(&ksm, bytes, size, memory);
	assert_ptr_equal(ksm_edge_open(&ksm, 1, 1, 16), &ksm.edges[0]);
	assert_ptr_equal(ksm_edge_open(&ksm, 1, 0x8001, 16), &ksm.edges[1]);
	free(memory);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_start),
		cmocka_unit_test(test_secret),
		cmocka_unit_test(test_secret_sum),
		cmocka_unit_test(test_loads),
		cmocka_unit_test(test_into),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_carries),
		cmocka_unit_test(test_labels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
