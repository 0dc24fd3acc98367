/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The verifier: every byte counts, every field is checked, and what it accepts cannot do harm. */
/* test: ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c
 *       ksm/gate/index.c
 * ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c
 * ksm/gate/emit_load.c ksm/gate/emit_pool.c
 * ksm/gate/emit_cost.c
 *       ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c tools/host/sha256.c
 *       tests/host/support/policy_fixture.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/step.h"
#include "ksm/format.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "tests/host/support/policy_fixture.h"
#include "tests/host/support/random.h"
#include "tools/host/sha256.h"

#define MUTATIONS 200000

static struct arena arena;
static struct buffer sound; /* the blob that everything starts from */
static uint8_t *copy;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	buffer_init(&sound, &arena);
	assert_int_equal(emit_policy(fixture_l1(), &sound).error, EMIT_OK);
	copy = malloc(sound.size);
	return copy == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	free(copy);
	arena_release(&arena);
	return 0;
}

static void
copy_reset(void)
{
	memcpy(copy, sound.bytes, sound.size);
}

/* As a host does it: hashes what is there. */
static enum ksm_verify_error
verify_hashed(const uint8_t *blob, size_t length)
{
	uint8_t digest[32] = {0};

	if (length > ksm_digest_offset()) {
		sha256(blob + ksm_digest_offset(), length - ksm_digest_offset(), digest);
	}
	return ksm_verify(blob, length, digest, fixture_l1()->core_digest);
}

/* With a digest that fits, as after a signature by mistake. */
static enum ksm_verify_error
verify_trusting(const uint8_t *blob, size_t length)
{
	return ksm_verify(blob, length, blob + offsetof(struct format_header, digest),
		fixture_l1()->core_digest);
}

static void
put(size_t at, uint64_t value, uint32_t width)
{
	for (uint32_t i = 0; i < width; i++) {
		copy[at + i] = (uint8_t)(value >> 8 * i);
	}
}

static size_t
section_at(enum format_section_id id)
{
	return format_u32((const uint8_t *)sound.bytes + offsetof(struct format_header, sections) +
			  id * sizeof(struct format_section));
}

static uint32_t
section_count(enum format_section_id id)
{
	return format_u32((const uint8_t *)sound.bytes + offsetof(struct format_header, sections) +
			  id * sizeof(struct format_section) + 4);
}

static void
test_sound(void **state)
{
	(void)state;
	assert_int_equal(verify_hashed((const uint8_t *)sound.bytes, sound.size), KSM_OK);
	assert_int_equal(verify_trusting((const uint8_t *)sound.bytes, sound.size), KSM_OK);
	assert_memory_equal(
		ksm_abi_digest((const uint8_t *)sound.bytes), fixture_l1()->abi_digest, 32);
}

static void
test_every_byte(void **state)
{
	(void)state;
	for (size_t at = 0; at < sound.size; at++) {
		copy_reset();
		copy[at] ^= (uint8_t)(1u << at % 8);
		assert_int_not_equal(verify_hashed(copy, sound.size), KSM_OK);
	}
}

static void
test_every_length(void **state)
{
	(void)state;
	for (size_t length = 0; length < sound.size; length++) {
		uint8_t *exact = malloc(length + (length == 0));

		memcpy(exact, sound.bytes, length);
		assert_int_not_equal(verify_hashed(exact, length), KSM_OK);
		if (length >= sizeof(struct format_header)) {
			exact[12] = (uint8_t)length;
			exact[13] = (uint8_t)(length >> 8);
			assert_int_not_equal(verify_trusting(exact, length), KSM_OK);
		}
		free(exact);
	}
}

struct corruption {
	const char *what;
	enum format_section_id section; /* FORMAT_SECTIONS: the header */
	uint32_t index;
	uint32_t offset;
	uint32_t width;
	uint64_t value;
	enum ksm_verify_error error;
};

#define HEADER(field)           FORMAT_SECTIONS, 0, offsetof(struct format_header, field)
#define EDGE(index, field)      FORMAT_EDGES, (index), offsetof(struct format_edge, field)
#define ROW(index, field, more) FORMAT_ROWS, (index), offsetof(struct format_row, field) + (more)

static const struct corruption corruptions[] = {
	{"magic", HEADER(magic), 8, 1, KSM_MAGIC},
	{"version", HEADER(version), 4, 1, KSM_VERSION},
	{"length", HEADER(length_bytes), 4, 8, KSM_LENGTH},
	{"core digest", HEADER(core_digest), 1, 99, KSM_INTERFACES},
	{"labels", HEADER(label_count), 4, 0x10001, KSM_INDEX},
	{"labels too few", HEADER(label_count), 4, 4, KSM_INDEX},
	{"instances", HEADER(instance_count), 4, 0x10001, KSM_INDEX},
	{"rules", HEADER(rule_count), 4, 0x20000, KSM_INDEX},
	{"rules too few", HEADER(rule_count), 4, 1, KSM_INDEX},
	{"entries", HEADER(entry_count), 4, 1, KSM_INDEX},
	{"entries too many", HEADER(entry_count), 4, 100, KSM_INDEX},
	{"entries far too many", HEADER(entry_count), 4, UINT32_MAX, KSM_INDEX},
	{"edges offset", HEADER(sections), 4, 0, KSM_SECTION},
	{"edges count", HEADER(sections) + 4, 4, UINT32_MAX, KSM_SECTION},
	{"rows offset", HEADER(sections) + 8, 4, UINT32_MAX, KSM_SECTION},
	{"names count", HEADER(sections) + sizeof(struct format_section) * FORMAT_NAMES + 4, 4, 8,
		KSM_SECTION},
	{"holder 0", EDGE(0, holder), 2, 0, KSM_INDEX},
	{"holder unknown", EDGE(4, holder), 2, 11, KSM_INDEX},
	{"target 0", EDGE(0, target), 2, 0, KSM_INDEX},
	{"target unknown", EDGE(1, target), 2, 11, KSM_INDEX},
	{"interface 0", EDGE(0, interface), 2, 0, KSM_INDEX},
	{"not sorted", EDGE(0, interface), 2, 18, KSM_INDEX},
	{"twice", EDGE(0, interface), 2, 17, KSM_INDEX},
	{"no methods", EDGE(0, methods), 2, 0, KSM_INDEX},
	{"many methods", EDGE(0, methods), 2, 0xffff, KSM_INDEX},
	{"first row", EDGE(0, first), 4, 0xffffffff, KSM_INDEX},
	{"last row", EDGE(0, first), 4, 14, KSM_INDEX},
	{"grant and run", ROW(0, action, 0), 4, 0xc0000000, KSM_RESERVED},
	{"reserved action", ROW(0, action, 0), 4, 0x00020000, KSM_RESERVED},
	{"rule of 17 bits", ROW(0, action, 4), 4, 0x80010000, KSM_INDEX},
	{"reserved action 2", ROW(0, action, 4), 4, 0x84000001, KSM_RESERVED},
	{"audit of a run", ROW(0, action, 0), 4, 0x48000000, KSM_RESERVED},
	{"audit of a denial", ROW(0, action, 8), 4, 0x08000001, KSM_RESERVED},
	{"program", ROW(0, action, 0), 4, 0x4000ffff, KSM_INDEX},
	{"program on an error", ROW(0, action, 8), 4, 0x40000000, KSM_INDEX},
	{"program on a short message", ROW(1, action, 0), 4, 0x40000000, KSM_INDEX},
	{"rule", ROW(0, action, 4), 4, 0x8000000b, KSM_INDEX},
	{"no rule", ROW(0, action, 4), 4, 0x80000000, KSM_INDEX},
	{"forbid's rule", ROW(0, action, 4), 4, 0x0000000b, KSM_INDEX},
	{"shape inverted", ROW(0, shape, 0), 4, 5 | 4 << 11, KSM_INDEX},
	{"shape inverted 2", ROW(0, shape, 4), 4, 1 | 2 << 22, KSM_INDEX},
	{"shape 1025", ROW(0, shape, 0), 4, 4 | 1025 << 11, KSM_INDEX},
	{"shape 2047", ROW(5, shape, 4), 4, 2047 << 11, KSM_INDEX},
	{"no lease, said twice", ROW(0, shape, 0), 4, 4 | 4 << 11 | 1 << 22, KSM_RESERVED},
	{"reserved shape", ROW(0, shape, 0), 4, 4 | 4 << 11 | UINT32_C(1) << 31, KSM_RESERVED},
	{"two leases in one word", ROW(0, shape, 0), 4, 4 | 4 << 11 | 4 << 22, KSM_INDEX},
	{"lease and handle in one word", ROW(0, shape, 0), 4, 4 | 4 << 11 | 2 << 22 | 1 << 27,
		KSM_INDEX},
	{"answer to what is asked", ROW(0, shape, 0), 4, 4 | 4 << 11 | UINT32_C(1) << 30,
		KSM_INDEX},
	{"five handles", ROW(0, shape, 0), 4, 24 | 24 << 11 | UINT32_C(5) << 27, KSM_INDEX},
	{"handle granted unseen", ROW(0, shape, 4), 4, 4 | 4 << 11 | UINT32_C(1) << 29, KSM_INDEX},
	{"program's first op", FORMAT_PROGRAMS, 0, 0, 4, 1, KSM_PROGRAM},
	{"program's second first op", FORMAT_PROGRAMS, 1, 0, 4, 0, KSM_PROGRAM},
	{"no ops", FORMAT_PROGRAMS, 0, 4, 2, 0, KSM_PROGRAM},
	{"many ops", FORMAT_PROGRAMS, 0, 4, 2, 0xffff, KSM_PROGRAM},
	{"fewer ops", FORMAT_PROGRAMS, 0, 4, 2, 10, KSM_PROGRAM},
	{"need less", FORMAT_PROGRAMS, 0, 6, 2, 3, KSM_PROGRAM},
	{"need 1025", FORMAT_PROGRAMS, 0, 6, 2, 1025, KSM_INDEX},
	{"set's first range", FORMAT_SETS, 0, 0, 4, 1, KSM_PROGRAM},
	{"set of nothing", FORMAT_SETS, 0, 4, 4, 0, KSM_PROGRAM},
	{"set too large", FORMAT_SETS, 0, 4, 4, UINT32_MAX, KSM_PROGRAM},
	{"range inverted", FORMAT_RANGES, 0, 0, 8, 8, KSM_PROGRAM},
};

static void
corrupt(const struct corruption *corruption)
{
	static const uint8_t element_bytes[] = {12, 20, 8, 8, 8, 16, 1, 0};
	size_t at = corruption->offset;

	if (corruption->section != FORMAT_SECTIONS) {
		assert_in_range(corruption->index, 0, section_count(corruption->section) - 1);
		at += section_at(corruption->section) +
		      (size_t)corruption->index * element_bytes[corruption->section];
	}
	copy_reset();
	put(at, corruption->value, corruption->width);
}

static void
test_one_field(void **state)
{
	uint32_t failures = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(corruptions) / sizeof(corruptions[0]); i++) {
		enum ksm_verify_error error;

		corrupt(&corruptions[i]);
		error = verify_trusting(copy, sound.size);
		if (error != corruptions[i].error) {
			print_message("%s: %s\n", corruptions[i].what, ksm_verify_text(error));
			failures++;
		}
	}
	assert_int_equal(failures, 0);
}

/* Ops of the first program, each replaced by one that is wrong in one way. */
static void
test_one_op(void **state)
{
	static const struct format_op ops[] = {
		{0, 0, 0, 0},
		{10, 0, 0, 0},
		{255, 0, 0, 0},
		{FORMAT_OP_LOAD, 0, 0, 0},
		{FORMAT_OP_LOAD, 3, 0, 0},
		{FORMAT_OP_LOAD, 1 | 0x40, 0, 0},
		{FORMAT_OP_LOAD, 1, 1, 0},
		{FORMAT_OP_LOAD, 1, 0, 4},
		{FORMAT_OP_LOAD, 2, 0, 3},
		{FORMAT_OP_LOAD, 8, 0, 0},
		{FORMAT_OP_LOAD, 1, 0, UINT32_MAX},
		{FORMAT_OP_LOAD, 4, 0, UINT32_MAX - 1},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_TEXT, FORMAT_MESSAGE_MAX + 1},
		{FORMAT_OP_LOAD, FORMAT_LOAD_SIGNED, FORMAT_LOAD_TEXT, 0},
		{FORMAT_OP_LOAD, 8, FORMAT_LOAD_TEXT, 0},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_LENGTH, FORMAT_MESSAGE_MAX + 1},
		{FORMAT_OP_LOAD, 0x80, FORMAT_LOAD_LENGTH, 0},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_PATH, 0},
		{FORMAT_OP_LOAD, 0x40 | 1, FORMAT_LOAD_PATH, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_PATH, UINT32_MAX},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_ADD, 0},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_SUBTRACT, 4},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX, 4},
		{FORMAT_OP_LOAD, 0, FORMAT_LOAD_INDEX, 2},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_INDEX + 1, 0},
		{FORMAT_OP_OTHER, 1, 0, 0},
		{FORMAT_OP_OTHER, 0, FORMAT_LOAD_ADD, 0},
		{FORMAT_OP_OTHER, 0, 0, 4},
		{FORMAT_OP_LOAD, 1, FORMAT_LOAD_LATE, 0xffff << FORMAT_LOAD_SHIFT},
		{FORMAT_OP_LOAD, 3, FORMAT_LOAD_LATE, 0},
		{FORMAT_OP_ZERO, 1, 1, 0},
		{FORMAT_OP_ZERO, 0, 0, 0},
		{FORMAT_OP_ZERO, 0, 8, 0},
		{FORMAT_OP_ZERO, 0, 5, 0},
		{FORMAT_OP_ZERO, 0, 1, 4},
		{FORMAT_OP_ZERO, 0, 1, UINT32_MAX},
		{FORMAT_OP_IN, 2, 1, 0},
		{FORMAT_OP_IN, 0, 0, 0},
		{FORMAT_OP_IN, 0, 0xffff, 0},
		{FORMAT_OP_IN, 0, 1, 0xffff},
		{FORMAT_OP_LESS, 0, 1, 1},
		{FORMAT_OP_LESS, 2, 1, 0},
		{FORMAT_OP_LESS_EQUAL, 0, 0, 0},
		{FORMAT_OP_EQUAL, 0, 0xffff, 0},
		{FORMAT_OP_ALLOW, 4, 0, 1},
		{FORMAT_OP_ALLOW, 0, 1, 1},
		{FORMAT_OP_ALLOW, 0, 0, 0},
		{FORMAT_OP_ALLOW, 0, 0, 11},
		{FORMAT_OP_DENY, KSM_GRANTED, 0, 1},
		{FORMAT_OP_DENY, KSM_CAPABILITY, 0, 1},
		{FORMAT_OP_DENY, KSM_FULL, 0, 1},
		{FORMAT_OP_DENY, 255, 0, 1},
		{FORMAT_OP_DENY, KSM_SHAPE, 0, 1},
		{FORMAT_OP_DENY, KSM_DEFAULT, 0, 1},
		{FORMAT_OP_DENY, KSM_FORBID, 0, 0},
		{FORMAT_OP_DENY, KSM_GUARD, 0, 11},
		{FORMAT_OP_DENY, KSM_GUARD, 4, 1},
		{FORMAT_OP_DENY, KSM_DEFAULT, 2, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		size_t at = section_at(FORMAT_CODE);

		copy_reset();
		put(at, ops[i].op, 1);
		put(at + 1, ops[i].a, 1);
		put(at + 2, ops[i].b, 2);
		put(at + 4, ops[i].c, 4);
		assert_int_equal(verify_trusting(copy, sound.size), KSM_PROGRAM);
	}
}

/* The last op of a program must end it; a jump may not leave it. */
static void
test_program_end(void **state)
{
	uint32_t count = format_u16((const uint8_t *)sound.bytes + section_at(FORMAT_PROGRAMS) + 4);
	size_t last = section_at(FORMAT_CODE) + (count - 1) * sizeof(struct format_op);

	(void)state;
	copy_reset();
	put(last, FORMAT_OP_LOAD | 1 << 8, 8);
	assert_int_equal(verify_trusting(copy, sound.size), KSM_PROGRAM);
	copy_reset();
	put(last, FORMAT_OP_IN | 1 << 16, 8);
	assert_int_equal(verify_trusting(copy, sound.size), KSM_PROGRAM);
	copy_reset();
	put(section_at(FORMAT_CODE), FORMAT_OP_IN | (uint64_t)count << 16, 8);
	assert_int_equal(verify_trusting(copy, sound.size), KSM_PROGRAM);
	put(section_at(FORMAT_CODE), FORMAT_OP_IN | (uint64_t)(count - 1) << 16, 8);
	assert_int_equal(verify_trusting(copy, sound.size), KSM_OK);
}

/* A range that touches or overlaps the one before it, at the ends of the number line too. */
static void
test_ranges(void **state)
{
	static const int64_t good[][4] = {{INT64_MIN, -2, 0, INT64_MAX}, {0, 0, 2, 2}};
	static const int64_t bad[][4] = {{INT64_MIN, -1, 0, INT64_MAX}, {0, 0, 1, 1}, {0, 5, 3, 9},
		{5, 5, 1, 1}, {INT64_MIN, INT64_MAX, INT64_MIN, INT64_MIN},
		{INT64_MAX, INT64_MAX, INT64_MIN, INT64_MIN}};
	uint32_t set = 0;
	size_t at;

	(void)state;
	while (format_u32((const uint8_t *)sound.bytes + section_at(FORMAT_SETS) + (size_t)8 * set +
			  4) != 2) {
		set++;
	}
	at = section_at(FORMAT_RANGES) +
	     (size_t)16 * format_u32((const uint8_t *)sound.bytes + section_at(FORMAT_SETS) +
				     (size_t)8 * set);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		copy_reset();
		for (uint32_t j = 0; j < 4; j++) {
			put(at + (size_t)8 * j, (uint64_t)bad[i][j], 8);
		}
		assert_int_equal(verify_trusting(copy, sound.size), KSM_PROGRAM);
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		copy_reset();
		for (uint32_t j = 0; j < 4; j++) {
			put(at + (size_t)8 * j, (uint64_t)good[i][j], 8);
		}
		assert_int_equal(verify_trusting(copy, sound.size), KSM_OK);
	}
}

/* Runs everything that an accepted blob can do, on buffers of exact length. */
static void
exercise(const uint8_t *blob, size_t length)
{
	struct ksm ksm;
	void *memory = malloc(ksm_memory_bytes(blob, length) + 1);

	ksm_init(&ksm, blob, length, memory);
	for (uint32_t i = 0; i < ksm.edge_count; i++) {
		struct ksm_edge *edge = &ksm.edges[i];

		assert_ptr_equal(
			ksm_edge_open(&ksm, edge->holder, edge->target, edge->interface), edge);
		for (uint32_t method = 0; method <= edge->methods; method++) {
			uint32_t bytes_count = (uint32_t)random_below(24);
			uint8_t *bytes = malloc(bytes_count + (bytes_count == 0));
			const uint32_t given[FORMAT_HANDLES_MAX] = {
				(uint32_t)random_next(), 1, 2, 3};
			struct ksm_query query = {
				.event = (uint32_t)random_below(12),
				.method = method,
				.call_rule = (uint32_t)random_below(3),
				.number = (uint32_t)random_next(),
				.given = random_below(4) == 0 ? NULL : given,
				.bytes = bytes,
				.length_bytes = bytes_count,
				.now_ns = random_next() >> random_below(64),
			};

			for (uint32_t j = 0; j < bytes_count; j++) {
				bytes[j] = (uint8_t)random_next();
			}
			(void)ksm_decide(&ksm, edge, &query);
			free(bytes);
			if (method != 0) {
				(void)ksm_abort(&ksm, edge, &query);
			}
		}
		ksm_restart(&ksm, edge->holder);
		(void)ksm_edge_granted(edge);
	}
	free(memory);
}

static void
test_mutations(void **state)
{
	/* Names are not the engine's: mutations go before them. */
	size_t limit = section_at(FORMAT_NAMES);
	uint32_t accepted = 0;

	(void)state;
	random_start(2);
	for (uint32_t i = 0; i < MUTATIONS; i++) {
		uint64_t count = 1 + random_below(3);

		copy_reset();
		for (uint64_t j = 0; j < count; j++) {
			size_t at = 48 + random_below(limit - 48);

			copy[at] = random_below(2) == 0
					   ? (uint8_t)random_next()
					   : (uint8_t)(copy[at] + 1 - 2 * random_below(2));
		}
		if (verify_trusting(copy, sound.size) == KSM_OK) {
			accepted++;
			exercise(copy, sound.size);
		}
	}
	print_message("%u of %u mutations accepted, none did harm\n", accepted, MUTATIONS);
	assert_in_range(accepted, 1, MUTATIONS - 1);
}

static void
test_texts(void **state)
{
	(void)state;
	for (uint32_t i = 0; i <= KSM_INTERFACES + 1u; i++) {
		assert_true(strlen(ksm_verify_text((enum ksm_verify_error)i)) > 5);
	}
	for (uint32_t i = 0; i <= KSM_REASONS; i++) {
		assert_true(strlen(ksm_reason_text((enum ksm_reason)i)) > 3);
	}
	assert_string_equal(
		ksm_verify_text(KSM_INTERFACES), "the policy is for other kernel interfaces");
	assert_string_equal(ksm_reason_text(KSM_REASONS - 1), "epoch");
	assert_string_equal(ksm_reason_text(KSM_REASONS + 1), "unknown");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_every_byte),
		cmocka_unit_test(test_every_length),
		cmocka_unit_test(test_one_field),
		cmocka_unit_test(test_one_op),
		cmocka_unit_test(test_program_end),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_mutations),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
