/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Both sides of each border that the verifier knows: the last thing it takes, the first it refuses.
 */
/* test: engine tests/host/support/hand_blob.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/format_state.h"
#include "tests/host/support/hand_blob.h"

#define HAND_OPS_MAX     80
#define OPS_MAX          HAND_OPS_MAX
#define SHAPE(low, high) ((uint32_t)(low) | (uint32_t)(high) << FORMAT_SHAPE_MAX_SHIFT)
#define ALLOW                                                                                      \
	{                                                                                          \
		FORMAT_OP_ALLOW, 0, 0, 1                                                           \
	}

/* A sound policy, of which each test changes a copy. */
struct hand_base {
	struct hand_blob blob;
	struct format_edge edges[2];
	struct format_row rows[3];
	struct format_program programs[2];
	struct format_op ops[HAND_OPS_MAX];
	struct format_set sets[2];
	struct format_range ranges[3];
	struct format_state states[7];
	struct format_abort aborts[2];
};

/* States by their kind, as the ops below name them. */
enum { BUCKET, WINDOW, LATCH, COUNTER, SET, MACHINE, LIMIT };

static const struct format_op allow_op = ALLOW;

/* The second program is these ops; the first is one ALLOW, which the row of method 1 runs. */
static void
hand_base_ops(struct hand_base *b, const struct format_op *ops, uint32_t count, uint16_t need_bytes)
{
	b->ops[0] = allow_op;
	(void)memcpy(&b->ops[1], ops, count * sizeof(*ops));
	b->programs[0] = (struct format_program){0, 1, 0};
	b->programs[1] = (struct format_program){1, (uint16_t)count, need_bytes};
	b->blob.counts[FORMAT_CODE] = 1 + count;
}

static struct hand_base *
hand_base(void)
{
	struct hand_base *b = calloc(1, sizeof(*b));
	const void *sections[FORMAT_SECTIONS] = {b->edges, b->rows, b->programs, b->ops, b->sets,
		b->ranges, b->states, b->aborts, "name"};
	const uint32_t counts[FORMAT_SECTIONS] = {2, 3, 2, 0, 2, 3, 7, 2, 4};

	(void)memcpy(b->blob.sections, sections, sizeof(sections));
	(void)memcpy(b->blob.counts, counts, sizeof(counts));
	b->blob.label_count = 5;
	b->blob.rule_count = 3;
	b->blob.entry_count = 3;
	b->blob.instance_count = 2;
	b->edges[0] = (struct format_edge){1, 2, 16, 2, 0};
	b->edges[1] = (struct format_edge){3, 4, 16, 1, 2};
	for (uint32_t i = 0; i < 3; i++) {
		b->rows[i] = (struct format_row){{FORMAT_ACTION_RUN, FORMAT_ACTION_GRANT | 1, 0},
			{SHAPE(8, 16), SHAPE(0, 0)}};
	}
	hand_base_ops(b, &allow_op, 1, 0);
	b->sets[0] = (struct format_set){0, 1};
	b->sets[1] = (struct format_set){1, 2};
	b->ranges[0] = (struct format_range){0, 3};
	b->ranges[1] = (struct format_range){0, 3};
	b->ranges[2] = (struct format_range){5, 9};
	b->states[BUCKET] = (struct format_state){FORMAT_BUCKET, 0, 1, 1, 2, 5, 0, 0, 100, 1};
	b->states[WINDOW] = (struct format_state){FORMAT_WINDOW, 0, 1, 1, 2, 4, 1, 0, 100, 2};
	b->states[LATCH] = (struct format_state){FORMAT_LATCH, 0, 1, 1, 2, 1, 6, 0, 100, 3};
	b->states[COUNTER] = (struct format_state){FORMAT_COUNTER, 1, 1, 1, 2, 1, 7, 0, 100, 4};
	b->states[SET] = (struct format_state){FORMAT_SET, 1, 1, 1, 2, 4, 8, -5, 100, 5};
	b->states[MACHINE] = (struct format_state){FORMAT_MACHINE, 1, 1, 1, 2, 3, 12, 0, 0, 6};
	b->states[LIMIT] = (struct format_state){FORMAT_LIMIT, 0, 1, 1, 2, 1, 13, 0, 100, 7};
	b->aborts[0] = (struct format_abort){0, 0};
	b->aborts[1] = (struct format_abort){2, 0};
	return b;
}

static enum ksm_verify_error
hand_base_end(struct hand_base *b)
{
	enum ksm_verify_error error = hand_blob_verify(&b->blob);

	free(b);
	return error;
}

static void
test_base(void **state)
{
	(void)state;
	assert_int_equal(hand_base_end(hand_base()), KSM_OK);
}

/* One field of one element: a value that is taken, and one that is not. */
struct border {
	const char *what;
	size_t offset; /* in struct hand_base */
	uint32_t width;
	uint64_t good;
	uint64_t bad;
	enum ksm_verify_error error;
};

#define AT(member, width) #member, offsetof(struct hand_base, member), (width)

static const struct border borders[] = {
	{AT(blob.label_count, 4), 0x10000, 0x10001, KSM_INDEX},
	{AT(blob.label_count, 4), 5, 4, KSM_INDEX},
	{AT(blob.rule_count, 4), FORMAT_ACTION_NUMBER, FORMAT_ACTION_NUMBER + 1, KSM_INDEX},
	{AT(blob.rule_count, 4), 1, 0, KSM_INDEX},
	{AT(blob.instance_count, 4), 0x10000, 0x10001, KSM_INDEX},
	{AT(blob.entry_count, 4), 3, 2, KSM_INDEX},
	{AT(blob.entry_count, 4), 3, 4, KSM_INDEX},
	{AT(edges[0].holder, 2), 1, 0, KSM_INDEX},
	{AT(edges[1].holder, 2), 4, 5, KSM_INDEX},
	{AT(edges[0].target, 2), 1, 0, KSM_INDEX},
	{AT(edges[1].target, 2), 4, 5, KSM_INDEX},
	{AT(edges[0].interface, 2), 1, 0, KSM_INDEX},
	{AT(edges[1].methods, 2), 1, 0, KSM_INDEX},
	{AT(edges[1].methods, 2), 1, 2, KSM_INDEX},
	{AT(edges[0].first, 4), 1, 2, KSM_INDEX},
	{AT(edges[0].first, 4), 0, 3, KSM_INDEX},
	{AT(edges[0].first, 4), 0, UINT32_MAX, KSM_INDEX},
	{AT(edges[1].holder, 2), 2, 1, KSM_OK}, /* the target is greater */
	{AT(rows[0].shape[0], 4), SHAPE(8, 1024), SHAPE(8, 1025), KSM_INDEX},
	{AT(rows[0].shape[0], 4), SHAPE(8, 8), SHAPE(8, 7), KSM_INDEX},
	{AT(rows[0].shape[1], 4), SHAPE(1024, 1024), SHAPE(1024, 1025), KSM_INDEX},
	{AT(rows[0].shape[1], 4), FORMAT_SHAPE_NONE, 2, KSM_INDEX},
	{AT(rows[0].shape[0], 4), SHAPE(16, 16) | UINT32_C(4) << 27,
		SHAPE(20, 20) | UINT32_C(5) << 27, KSM_INDEX},
	{AT(rows[0].shape[0], 4), SHAPE(16, 16) | UINT32_C(4) << 27,
		SHAPE(15, 16) | UINT32_C(4) << 27, KSM_INDEX},
	{AT(rows[0].shape[0], 4), SHAPE(16, 16) | UINT32_C(31) << 22,
		SHAPE(15, 16) | UINT32_C(31) << 22, KSM_INDEX},
	{AT(rows[0].shape[0], 4), SHAPE(8, 8) | UINT32_C(2) << 22, SHAPE(8, 8) | UINT32_C(1) << 22,
		KSM_RESERVED},
	{AT(rows[0].action[0], 4), FORMAT_ACTION_RUN | 1, FORMAT_ACTION_RUN | 2, KSM_INDEX},
	{AT(rows[0].action[0], 4), FORMAT_ACTION_GRANT | 3, FORMAT_ACTION_GRANT | 4, KSM_INDEX},
	{AT(rows[0].action[0], 4), FORMAT_ACTION_GRANT | 1, FORMAT_ACTION_GRANT, KSM_INDEX},
	{AT(rows[0].action[0], 4), 3, 4, KSM_INDEX},
	{AT(rows[0].action[0], 4), 0, 0x20000, KSM_RESERVED},
	{AT(rows[0].action[0], 4), FORMAT_ACTION_GRANT | 2u << 27 | 1, 2u << 27 | 1, KSM_RESERVED},
	{AT(rows[0].action[0], 4), FORMAT_ACTION_GRANT | 2u << 27 | 1,
		FORMAT_ACTION_GRANT | 3u << 27 | 1, KSM_RESERVED},
	{AT(rows[0].action[2], 4), FORMAT_ACTION_RUN | 1, FORMAT_ACTION_RUN | 2, KSM_INDEX},
	{AT(sets[0].first, 4), 0, 1, KSM_PROGRAM},
	{AT(sets[0].count, 4), 1, 0, KSM_PROGRAM},
	{AT(sets[1].count, 4), 2, 1, KSM_PROGRAM},
	{AT(sets[1].count, 4), 2, 3, KSM_PROGRAM},
	{AT(sets[1].first, 4), 1, 2, KSM_PROGRAM},
	{AT(ranges[0].high, 8), 0, UINT64_MAX, KSM_PROGRAM},
	{AT(ranges[0].low, 8), UINT64_C(1) << 63, 4, KSM_PROGRAM},
	{AT(ranges[1].high, 8), 3, 4, KSM_PROGRAM},
	{AT(ranges[2].low, 8), 5, 3, KSM_PROGRAM},
	{AT(ranges[2].high, 8), INT64_MAX, 4, KSM_PROGRAM},
	{AT(states[BUCKET].kind, 1), FORMAT_BUCKET, 0, KSM_PROGRAM},
	{AT(states[BUCKET].kind, 1), FORMAT_BUCKET, 7, KSM_PROGRAM},
	{AT(states[BUCKET].resets, 1), 1, 2, KSM_PROGRAM},
	{AT(states[BUCKET].cells, 2), 1, 0, KSM_PROGRAM},
	{AT(states[BUCKET].holder, 2), 4, 5, KSM_PROGRAM},
	{AT(states[BUCKET].target, 2), 4, 5, KSM_PROGRAM},
	{AT(states[BUCKET].count, 4), 0xffff, 0x10000, KSM_PROGRAM},
	{AT(states[BUCKET].count, 4), 1, 0, KSM_PROGRAM},
	{AT(states[WINDOW].count, 4), 4, 17, KSM_PROGRAM},
	{AT(states[LATCH].count, 4), 1, 2, KSM_PROGRAM},
	{AT(states[COUNTER].count, 4), 1, 2, KSM_PROGRAM},
	{AT(states[SET].count, 4), 4, 65, KSM_PROGRAM},
	{AT(states[MACHINE].count, 4), 32, 33, KSM_PROGRAM},
	{AT(states[BUCKET].amount, 8), FORMAT_AMOUNT_MAX / 5, FORMAT_AMOUNT_MAX / 5 + 1,
		KSM_PROGRAM},
	{AT(states[COUNTER].amount, 8), FORMAT_AMOUNT_MAX, FORMAT_AMOUNT_MAX + 1, KSM_PROGRAM},
	{AT(states[COUNTER].amount, 8), 1, 0, KSM_PROGRAM},
	{AT(states[MACHINE].amount, 8), 0, 1, KSM_PROGRAM},
	{AT(states[SET].low, 8), INT64_MAX, INT64_MAX, KSM_OK},
	{AT(states[COUNTER].low, 8), 0, 1, KSM_PROGRAM},
	{AT(states[COUNTER].first, 4), 7, 6, KSM_PROGRAM},
	{AT(states[BUCKET].id, 8), 1, 0, KSM_PROGRAM},
	{AT(states[WINDOW].id, 8), 2, 1, KSM_PROGRAM},
	{AT(aborts[0].entry, 4), 1, 2, KSM_INDEX},
	/* Two edges: four passages behind the three entries. */
	{AT(aborts[1].entry, 4), 2, 7, KSM_INDEX},
	{AT(aborts[1].entry, 4), 6, 7, KSM_INDEX},
	{AT(states[LIMIT].count, 4), 1, 2, KSM_PROGRAM},
	{AT(states[LIMIT].amount, 8), UINT64_C(1) << 62, 0, KSM_PROGRAM},
	{AT(states[LIMIT].kind, 1), FORMAT_LIMIT, FORMAT_LIMIT + 1, KSM_PROGRAM},
	{AT(aborts[1].entry, 4), 1, 0, KSM_INDEX},
	{AT(aborts[0].program, 4), 1, 2, KSM_INDEX},
	{AT(programs[0].first, 4), 0, 1, KSM_PROGRAM},
	{AT(programs[1].first, 4), 1, 0, KSM_PROGRAM},
	{AT(programs[1].need_bytes, 2), 1024, 1025, KSM_PROGRAM},
	{AT(blob.counts[FORMAT_CODE], 4), 2, 3, KSM_PROGRAM},
	{AT(blob.counts[FORMAT_CODE], 4), 2, 1, KSM_PROGRAM},
	{AT(blob.counts[FORMAT_RANGES], 4), 3, 2, KSM_PROGRAM},
};

static void
test_fields(void **state)
{
	uint32_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(borders) / sizeof(borders[0]); i++) {
		const struct border *border = &borders[i];
		struct hand_base *good = hand_base();
		struct hand_base *bad = hand_base();
		enum ksm_verify_error taken;
		enum ksm_verify_error refused;

		(void)memcpy((uint8_t *)good + border->offset, &border->good, border->width);
		(void)memcpy((uint8_t *)bad + border->offset, &border->bad, border->width);
		taken = hand_base_end(good);
		refused = hand_base_end(bad);
		if (taken != KSM_OK || refused != border->error) {
			print_message("%s: %llu: %s; %llu: %s\n", border->what,
				(unsigned long long)border->good, ksm_verify_text(taken),
				(unsigned long long)border->bad, ksm_verify_text(refused));
			failures++;
		}
	}
	assert_int_equal(failures, 0);
}

/* Leases have no place in a reply, handles do: at most four, and never unseen. */
static void
test_reply_handles(void **state)
{
	(void)state;
	for (uint32_t handles = 3; handles <= 5; handles++) {
		struct hand_base *b = hand_base();
		struct hand_base *unseen = hand_base();

		b->rows[0].shape[1] = SHAPE(20, 20) | handles << FORMAT_SHAPE_REPLY_HANDLES;
		b->rows[0].action[1] = FORMAT_ACTION_RUN;
		unseen->rows[0].shape[1] = b->rows[0].shape[1];
		assert_int_equal(hand_base_end(b), handles <= 4 ? KSM_OK : KSM_INDEX);
		assert_int_equal(hand_base_end(unseen), KSM_INDEX);
	}
}

/* An op before an ALLOW, of a program that sees at least 8 bytes. */
struct op_border {
	struct format_op good;
	struct format_op bad;
};

static const struct op_border op_borders[] = {
	{{FORMAT_OP_LOAD, 1, 0, 7}, {FORMAT_OP_LOAD, 1, 0, 8}},
	{{FORMAT_OP_LOAD, 8, 0, 0}, {FORMAT_OP_LOAD, 8, 0, 1}},
	{{FORMAT_OP_LOAD, 8 | 0x30, 0, 0}, {FORMAT_OP_LOAD, 8 | 0x40, 0, 0}},
	{{FORMAT_OP_LOAD, 4, 0, 4}, {FORMAT_OP_LOAD, 0, 0, 4}},
	{{FORMAT_OP_LOAD, 2, 0, 0}, {FORMAT_OP_LOAD, 3, 0, 0}},
	{{FORMAT_OP_LOAD, 8, 0, 0}, {FORMAT_OP_LOAD, 9, 0, 0}},
	{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_SUBTRACT, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX + FORMAT_LOAD_ADD, 0}},
	{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_ADD, 7}, {FORMAT_OP_LOAD, 1, FORMAT_LOAD_ADD, 8}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_TEXT, 1024}, {FORMAT_OP_LOAD, 0, FORMAT_LOAD_TEXT, 1025}},
	{{FORMAT_OP_LOAD, 0x20, FORMAT_LOAD_TEXT, 8}, {FORMAT_OP_LOAD, 0x10, FORMAT_LOAD_TEXT, 8}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, 8}, {FORMAT_OP_LOAD, 1, FORMAT_LOAD_LENGTH, 8}},
	{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_PATH, 8}, {FORMAT_OP_LOAD, 0, FORMAT_LOAD_PATH, 8}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_STATUS, 1024},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_STATUS, 1025}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_STATUS, 1024},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_STATUS, 1024}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_HANDLE, 4}, {FORMAT_OP_LOAD, 0, FORMAT_LOAD_HANDLE, 5}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX | FORMAT_LOAD_HANDLE, 0}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD | FORMAT_LOAD_HANDLE, 0},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD | (FORMAT_LOAD_HANDLE + 1), 0}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_NUMBER, 1}, {FORMAT_OP_LOAD, 0, FORMAT_LOAD_NUMBER, 2}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_NUMBER, 1}, {FORMAT_OP_LOAD, 1, FORMAT_LOAD_NUMBER, 1}},
	{{FORMAT_OP_LOAD, 0, FORMAT_LOAD_COUNT, 1024 | 7 << FORMAT_LOAD_SHIFT},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_COUNT, 1025 | 7 << FORMAT_LOAD_SHIFT}},
	{{FORMAT_OP_LOAD, 0x20, FORMAT_LOAD_COUNT, 0},
		{FORMAT_OP_LOAD, 0x10, FORMAT_LOAD_COUNT, 0}},
	{{FORMAT_OP_LOAD, 15, FORMAT_LOAD_PATH, 1024},
		{FORMAT_OP_LOAD, 15, FORMAT_LOAD_PATH, 1025}},
	{{FORMAT_OP_LOAD, 15, FORMAT_LOAD_PATH, 8}, {FORMAT_OP_LOAD, 16, FORMAT_LOAD_PATH, 8}},
	{{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_SUBTRACT, COUNTER},
		{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_INDEX, COUNTER}},
	{{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_ADD, COUNTER},
		{FORMAT_OP_LOAD_STATE, 0, FORMAT_LOAD_ADD + 1, COUNTER}},
	{{FORMAT_OP_LOAD, 1, 0, 0}, {FORMAT_OP_LOAD, 1, 0, UINT32_MAX}},
	{{FORMAT_OP_OTHER, 0, 0, 0}, {FORMAT_OP_OTHER, 1, 0, 0}},
	{{FORMAT_OP_OTHER, 0, 0, 0}, {FORMAT_OP_OTHER, 0, 1, 0}},
	{{FORMAT_OP_OTHER, 0, 0, 0}, {FORMAT_OP_OTHER, 0, 0, 1}},
	{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 1023}, {FORMAT_OP_LOAD, 2, FORMAT_LOAD_LATE, 1023}},
	{{FORMAT_OP_LOAD, 8 | 0x30, FORMAT_LOAD_LATE, 1016},
		{FORMAT_OP_LOAD, 8 | 0x40, FORMAT_LOAD_LATE, 1016}},
	{{FORMAT_OP_LOAD, 4, FORMAT_LOAD_LATE, 1 << FORMAT_LOAD_SHIFT},
		{FORMAT_OP_LOAD, 4, FORMAT_LOAD_LATE, 2 << FORMAT_LOAD_SHIFT}},
	{{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0}, {FORMAT_OP_LOAD, 0, FORMAT_LOAD_LATE, 0}},
	{{FORMAT_OP_ZERO, 0, 7, 1}, {FORMAT_OP_ZERO, 0, 8, 0}},
	{{FORMAT_OP_ZERO, 0, 1, 7}, {FORMAT_OP_ZERO, 0, 1, 8}},
	{{FORMAT_OP_ZERO, 0, 1, 0}, {FORMAT_OP_ZERO, 0, 0, 0}},
	{{FORMAT_OP_ZERO, 0, 1, 0}, {FORMAT_OP_ZERO, 1, 1, 0}},
	{{FORMAT_OP_IN, 1, 1, 1}, {FORMAT_OP_IN, 1, 1, 2}},
	{{FORMAT_OP_IN, 1, 1, 0}, {FORMAT_OP_IN, 2, 1, 0}},
	{{FORMAT_OP_IN, 0, 1, 0}, {FORMAT_OP_IN, 0, 2, 0}},
	{{FORMAT_OP_IN, 0, 1, 0}, {FORMAT_OP_IN, 0, 0, 0}},
	{{FORMAT_OP_LESS, 0, 1, 0}, {FORMAT_OP_LESS, 0, 1, 1}},
	{{FORMAT_OP_GRANTED, 0, 1, 3}, {FORMAT_OP_GRANTED, 0, 1, 4}},
	{{FORMAT_OP_GRANTED, 0, 1, 1}, {FORMAT_OP_GRANTED, 0, 1, 0}},
	{{FORMAT_OP_MEMBER, 0, 1, SET}, {FORMAT_OP_MEMBER, 0, 1, COUNTER}},
	{{FORMAT_OP_MEMBER, 1, 1, SET}, {FORMAT_OP_MEMBER, 1, 1, 7}},
	{{FORMAT_OP_LOAD_STATE, 0, 0, COUNTER}, {FORMAT_OP_LOAD_STATE, 1, 0, COUNTER}},
	{{FORMAT_OP_LOAD_STATE, 0, 0, LATCH}, {FORMAT_OP_LOAD_STATE, 0, 1, LATCH}},
	{{FORMAT_OP_LOAD_STATE, 0, 0, MACHINE}, {FORMAT_OP_LOAD_STATE, 0, 0, SET}},
	{{FORMAT_OP_TAKE, 0, BUCKET, 5}, {FORMAT_OP_TAKE, 0, BUCKET, 6}},
	{{FORMAT_OP_TAKE, 0, BUCKET, 1}, {FORMAT_OP_TAKE, 0, BUCKET, 0}},
	{{FORMAT_OP_TAKE, 0, BUCKET, 1}, {FORMAT_OP_TAKE, 1, BUCKET, 1}},
	{{FORMAT_OP_TAKE, 0, BUCKET, 1}, {FORMAT_OP_TAKE, 0, WINDOW, 1}},
	{{FORMAT_OP_SLIDE, 0, WINDOW, 0}, {FORMAT_OP_SLIDE, 0, WINDOW, 1}},
	{{FORMAT_OP_SLIDE, 0, WINDOW, 0}, {FORMAT_OP_SLIDE, 1, WINDOW, 0}},
	{{FORMAT_OP_SLIDE, 0, WINDOW, 0}, {FORMAT_OP_SLIDE, 0, BUCKET, 0}},
	{{FORMAT_OP_ADD, 0, COUNTER, 1}, {FORMAT_OP_ADD, 0, COUNTER, 0}},
	{{FORMAT_OP_ADD, 1, COUNTER, 0}, {FORMAT_OP_ADD, 1, COUNTER, 1}},
	{{FORMAT_OP_SUB, 1, COUNTER, 0}, {FORMAT_OP_SUB, 2, COUNTER, 0}},
	{{FORMAT_OP_SUB, 0, COUNTER, UINT32_MAX}, {FORMAT_OP_SUB, 2, COUNTER, 1}},
	{{FORMAT_OP_INSERT, 0, SET, 1}, {FORMAT_OP_INSERT, 0, 7, 1}},
	{{FORMAT_OP_REMOVE, 1, SET, 0}, {FORMAT_OP_REMOVE, 1, SET, 1}},
	{{FORMAT_OP_ENTER, 2, MACHINE, 7}, {FORMAT_OP_ENTER, 3, MACHINE, 7}},
	{{FORMAT_OP_ENTER, 0, MACHINE, 1}, {FORMAT_OP_ENTER, 0, MACHINE, 0}},
	{{FORMAT_OP_ENTER, 0, MACHINE, 7}, {FORMAT_OP_ENTER, 0, MACHINE, 8}},
	{{FORMAT_OP_HOLD, 0, LATCH, 0}, {FORMAT_OP_HOLD, 1, LATCH, 0}},
	{{FORMAT_OP_HOLD, 0, LATCH, 0}, {FORMAT_OP_HOLD, 0, LATCH, 1}},
	{{FORMAT_OP_DROP, 0, LATCH, 0}, {FORMAT_OP_DROP, 0, LATCH, 1}},
	{{FORMAT_OP_ALLOW, 3, 0, 3}, {FORMAT_OP_ALLOW, 4, 0, 3}},
	{{FORMAT_OP_ALLOW, 0, 0, 3}, {FORMAT_OP_ALLOW, 0, 0, 4}},
	{{FORMAT_OP_ALLOW, 0, 0, 1}, {FORMAT_OP_ALLOW, 0, 1, 1}},
	{{FORMAT_OP_DENY, KSM_GUARD, 3, 3}, {FORMAT_OP_DENY, KSM_GUARD, 4, 3}},
	{{FORMAT_OP_DENY, KSM_GUARD, 0, 3}, {FORMAT_OP_DENY, KSM_GUARD, 0, 4}},
	{{FORMAT_OP_DENY, KSM_FORBID, 0, 1}, {FORMAT_OP_DENY, KSM_FORBID, 0, 0}},
	{{FORMAT_OP_DENY, KSM_REPLY_TAIL, 0, 1}, {FORMAT_OP_DENY, KSM_EPOCH, 0, 1}},
	{{FORMAT_OP_DENY, KSM_SHAPE, 1, 0}, {FORMAT_OP_DENY, KSM_SHAPE, 1, 1}},
	{{FORMAT_OP_DENY, KSM_SHAPE, 1, 0}, {FORMAT_OP_DENY, KSM_SHAPE, 2, 0}},
	{{FORMAT_OP_DENY, KSM_DEFAULT, 0, 0}, {FORMAT_OP_DENY, KSM_DEFAULT, 0, 1}},
	{{FORMAT_OP_LOAD_STATE, 0, 0, LIMIT}, {FORMAT_OP_LOAD_STATE, 0, 0, BUCKET}},
	{{FORMAT_OP_ADD, 0, LIMIT, 1}, {FORMAT_OP_ADD, 0, MACHINE, 1}},
	{{FORMAT_OP_SUB, 0, LIMIT, 1}, {FORMAT_OP_SUB, 0, LATCH, 1}},
	{{FORMAT_OP_ANEW, 0, LIMIT, 0}, {FORMAT_OP_ANEW, 0, 7, 0}},
	{{FORMAT_OP_ANEW, 0, WINDOW, 0}, {FORMAT_OP_ANEW, 1, WINDOW, 0}},
	{{FORMAT_OP_ANEW, 0, SET, 0}, {FORMAT_OP_ANEW, 0, SET, 1}},
	{{FORMAT_OP_ANEW, 0, BUCKET, 0}, {FORMAT_OPS + 1, 0, BUCKET, 0}},
};

static enum ksm_verify_error
ops_verify(const struct format_op *ops, uint32_t count)
{
	struct hand_base *b = hand_base();

	hand_base_ops(b, ops, count, 8);
	return hand_base_end(b);
}

static void
test_ops(void **state)
{
	uint32_t failures = 0;

	(void)state;
	for (uint32_t i = 0; i < sizeof(op_borders) / sizeof(op_borders[0]); i++) {
		const struct format_op good[] = {op_borders[i].good, ALLOW};
		const struct format_op bad[] = {op_borders[i].bad, ALLOW};

		if (ops_verify(good, 2) != KSM_OK || ops_verify(bad, 2) != KSM_PROGRAM) {
			print_message("op border %u (op %u)\n", i, good[0].op);
			failures++;
		}
	}
	assert_int_equal(failures, 0);
}

/* Ops of one kind, then ALLOW: how many there may be. */
static void
most_of(struct format_op op, uint32_t most)
{
	struct format_op ops[OPS_MAX];

	for (uint32_t i = 0; i <= most; i++) {
		ops[i] = op;
	}
	ops[most] = allow_op;
	assert_int_equal(ops_verify(ops, most + 1), KSM_OK);
	ops[most] = op;
	ops[most + 1] = allow_op;
	assert_int_equal(ops_verify(ops, most + 2), KSM_PROGRAM);
}

/* What each op costs, the ALLOW included, and that 64 steps and 8 effects are the most. */
static void
test_costs(void **state)
{
	(void)state;
	most_of((struct format_op){FORMAT_OP_LOAD, 1, 0, 0}, 63);
	most_of((struct format_op){FORMAT_OP_LOAD, 1, FORMAT_LOAD_PATH, 0}, 31);
	most_of((struct format_op){FORMAT_OP_IN, 0, 1, 1}, 31);       /* two ranges: 2 */
	most_of((struct format_op){FORMAT_OP_MEMBER, 0, 1, SET}, 15); /* four places: 4 */
	most_of((struct format_op){FORMAT_OP_LOAD_STATE, 0, 0, MACHINE}, 63);
	most_of((struct format_op){FORMAT_OP_HOLD, 0, LATCH, 0}, FORMAT_EFFECTS_MAX);
}

/* Effects stand together before their ALLOW, only loads between them. */
static void
test_effects(void **state)
{
	const struct format_op hold = {FORMAT_OP_HOLD, 0, LATCH, 0};
	const struct format_op load = {FORMAT_OP_LOAD, 1, 0, 0};
	const struct format_op other = {FORMAT_OP_OTHER, 0, 0, 0};
	const struct format_op state_load = {FORMAT_OP_LOAD_STATE, 0, 0, COUNTER};
	const struct format_op test = {FORMAT_OP_IN, 0, 1, 0};
	const struct format_op deny = {FORMAT_OP_DENY, KSM_GUARD, 0, 1};
	const struct format_op between[] = {hold, load, hold, ALLOW};
	const struct format_op *bad[] = {&other, &state_load, &test};
	const struct format_op ends[] = {hold, deny};
	const struct format_op again[] = {hold, hold, hold, hold, hold, ALLOW, hold, hold, hold,
		hold, hold, ALLOW, load, other, deny};

	(void)state;
	assert_int_equal(ops_verify(between, 4), KSM_OK);
	for (uint32_t i = 0; i < 3; i++) {
		const struct format_op ops[] = {hold, *bad[i], hold, ALLOW};

		assert_int_equal(ops_verify(ops, 4), KSM_PROGRAM);
	}
	assert_int_equal(ops_verify(ends, 2), KSM_PROGRAM);
	assert_int_equal(ops_verify(again, 15), KSM_OK);
}

/* A program ends with ALLOW or DENY and has at least one op. */
static void
test_ends(void **state)
{
	const struct format_op load[] = {ALLOW, {FORMAT_OP_LOAD, 1, 0, 0}};
	const struct format_op deny[] = {{FORMAT_OP_DENY, KSM_GUARD, 0, 1}};

	(void)state;
	assert_int_equal(ops_verify(load, 2), KSM_PROGRAM);
	assert_int_equal(ops_verify(load, 0), KSM_PROGRAM);
	assert_int_equal(ops_verify(deny, 1), KSM_OK);
}

/* A set that many ranges are in costs more; its steps are counted up to the border. */
static void
test_wide_set(void **state)
{
	struct hand_base *b = hand_base();
	struct format_range ranges[257];
	struct format_op ops[OPS_MAX];

	(void)state;
	for (int64_t i = 0; i < 257; i++) {
		ranges[i] = (struct format_range){3 * i, 3 * i};
	}
	b->blob.sections[FORMAT_RANGES] = ranges;
	b->blob.counts[FORMAT_RANGES] = 257;
	b->sets[0].count = 1;
	b->sets[1].count = 256; /* 9 steps */
	for (uint32_t i = 0; i < 7; i++) {
		ops[i] = (struct format_op){FORMAT_OP_IN, 0, 1, 1};
	}
	ops[7] = allow_op;
	hand_base_ops(b, ops, 8, 8);
	assert_int_equal(hand_blob_verify(&b->blob), KSM_OK);
	ops[7] = (struct format_op){FORMAT_OP_LOAD, 1, 0, 0};
	ops[8] = allow_op;
	hand_base_ops(b, ops, 9, 8);
	assert_int_equal(hand_base_end(b), KSM_PROGRAM);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_ops),
		cmocka_unit_test(test_costs),
		cmocka_unit_test(test_effects),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_wide_set),
		cmocka_unit_test(test_reply_handles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
