/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Decisions of the engine on a small policy: each reason by hand, then against the interpreter of
 * L1. */
/* test: ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/swap.c ksm/engine/state.c
 *       ksm/gate/index.c
 * ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c
 * ksm/gate/emit_load.c ksm/gate/emit_pool.c
 * ksm/gate/emit_cost.c
 *       ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c ksm/gate/emit_names.c
 * ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c ksm/gate/l1_effect.c
 * ksm/gate/l1_eval.c
 * ksm/gate/l1_shape.c tools/host/sha256.c tests/host/support/policy_fixture.c
 * tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "ksm/engine/plain.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "ksm/gate/l1_eval.h"
#include "tests/host/support/policy_fixture.h"
#include "tests/host/support/random.h"
#include "tools/host/sha256.h"

#define ROUNDS 300000

static struct arena arena;
static struct ksm ksm;
static void *memory;

static int
setup(void **state)
{
	struct buffer blob;
	struct emit_result result;
	const uint8_t *bytes;
	uint8_t digest[32];

	(void)state;
	arena_init(&arena);
	buffer_init(&blob, &arena);
	result = emit_policy(fixture_l1(), &blob);
	assert_int_equal(result.error, EMIT_OK);
	bytes = (const uint8_t *)blob.bytes;
	sha256(bytes + ksm_digest_offset(), blob.size - ksm_digest_offset(), digest);
	assert_int_equal(ksm_verify(bytes, blob.size, digest, fixture_l1()->core_digest), KSM_OK);
	assert_int_equal(result.memory_bytes, ksm_memory_bytes(bytes, blob.size));
	memory = malloc(result.memory_bytes);
	ksm_init(&ksm, bytes, blob.size, memory);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(memory);
	arena_release(&arena);
	return 0;
}

static struct ksm_verdict
decide(enum fixture_number holder, enum fixture_number interface, enum ksm_event event,
	uint32_t method, const char *bytes, uint32_t length)
{
	struct ksm_edge *edge =
		ksm_edge_open(&ksm, (uint16_t)holder, FIXTURE_SERVER, (uint16_t)interface);

	assert_non_null(edge);
	return ksm_decide(&ksm, edge,
		&(struct ksm_query){.event = event == KSM_ERROR ? ksm_answer(1) : event,
			.method = method,
			.bytes = (const uint8_t *)bytes,
			.length_bytes = length});
}

static void
expect(struct ksm_verdict verdict, enum ksm_reason reason, uint32_t rule, uint32_t field,
	int64_t operand)
{
	assert_string_equal(ksm_reason_text(verdict.reason), ksm_reason_text(reason));
	assert_int_equal(verdict.rule, rule);
	if (reason != KSM_GRANTED || verdict.audit != 0 || verdict.field != 0) {
		assert_int_equal(verdict.field, field);
	}
	assert_int_equal(verdict.operand, operand);
}

static struct ksm_verdict
set(const char *bytes, uint32_t length)
{
	return decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_CALL, FIXTURE_SET, bytes, length);
}

static void
test_set(void **state)
{
	(void)state;
	expect(set("\3\0\5\0", 4), KSM_GRANTED, 1, 0xffff, 0);
	expect(set("\3\0\5", 3), KSM_SHAPE, 0, 0xffff, 0);
	expect(set("\3\0\5\0\0", 5), KSM_SHAPE, 0, 0xffff, 0);
	expect(set("\10\0\5\0", 4), KSM_SHAPE, 0, 0, 8);
	expect(set("\3\0\x6f\xfe", 4), KSM_SHAPE, 0, 2, -401);
	expect(set("\3\0\x70\xfe", 4), KSM_GRANTED, 1, 0xffff, 0);
	expect(set("\3\7\5\0", 4), KSM_SHAPE, 0, 1, 7);
	expect(set("\3\0\x59\x02", 4), KSM_FORBID, 3, 0xffff, 0); /* 601 */
	expect(set("\3\0\x58\x02", 4), KSM_GRANTED, 1, 0xffff, 0);
	expect(set("\5\0\x14\0", 4), KSM_GRANTED, 2, 0xffff, 0);
	expect(set("\5\0\x15\0", 4), KSM_GUARD, 1, 0, 5);
	expect(set("\4\0\0\0", 4), KSM_GUARD, 1, 0, 4);
}

static void
test_reply(void **state)
{
	(void)state;
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_REPLY, FIXTURE_READ, "\0\0", 2),
		KSM_GRANTED, 4, 0xffff, 0);
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_REPLY, FIXTURE_READ, "\x18\xfc", 2),
		KSM_FORBID, 5, 0xffff, 0);
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_ERROR, FIXTURE_READ, "", 0), KSM_SHAPE, 0,
		0xffff, 0);
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_ERROR, FIXTURE_SET, "", 0), KSM_GRANTED, 1,
		0xffff, 0);
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_ERROR, FIXTURE_SET, "x", 1), KSM_SHAPE, 0,
		0xffff, 0);
}

/* Lengths near the end of their 32 bits are not those that the table has in one word. */
static void
test_huge(void **state)
{
	(void)state;
	for (uint32_t length = KSM_RUNS / 2; length != 0; length *= 2) {
		expect(set("", length), KSM_SHAPE, 0, 0xffff, 0);
		for (uint32_t more = 0; more <= 8; more++) {
			expect(set("", more - length), KSM_SHAPE, 0, 0xffff, 0);
		}
	}
}

static enum ksm_reason
status_decide(struct ksm_edge *edge, enum ksm_event event, uint32_t status)
{
	const struct ksm_query query = {
		.event = event | status << KSM_STATUS_SHIFT, .method = FIXTURE_SET};

	return (enum ksm_reason)ksm_decide(&ksm, edge, &query).reason;
}

static void
test_error_status(void **state)
{
	struct ksm_edge *edge = ksm_edge_open(&ksm, FIXTURE_CLIENT, FIXTURE_SERVER, FIXTURE_VALVE);

	(void)state;
	assert_int_equal(status_decide(edge, KSM_ERROR, 0), KSM_SHAPE);
	assert_int_equal(status_decide(edge, KSM_ERROR, 2), KSM_GRANTED);
	assert_int_equal(status_decide(edge, KSM_ERROR, 3), KSM_SHAPE);
	assert_int_equal(status_decide(edge, KSM_REPLY, 1), KSM_SHAPE);
	assert_int_equal(status_decide(edge, KSM_EVENTS, 0), KSM_SHAPE);
	assert_int_equal(ksm_answer(0), KSM_REPLY);
	assert_int_equal(ksm_answer(2), KSM_ERROR | 2 << KSM_STATUS_SHIFT);
	assert_int_equal(ksm_answer(UINT32_MAX), ksm_answer(KSM_STATUS_MAX));
}

static void
test_methods(void **state)
{
	(void)state;
	for (uint32_t method = 0; method < 70000; method += method < 10 ? 1 : 9999) {
		struct ksm_verdict verdict =
			decide(FIXTURE_CLIENT, FIXTURE_PLAIN, KSM_CALL, method, "", 0);

		switch (method) {
		case FIXTURE_ECHO:
			expect(verdict, KSM_GRANTED, 8, 0xffff, 0);
			break;
		case FIXTURE_PING:
			expect(verdict, KSM_FORBID, 9, 0xffff, 0);
			break;
		default:
			expect(verdict, KSM_SHAPE, 0, 0xffff, 0);
			break;
		}
	}
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_CALL, FIXTURE_GONE, "", 0), KSM_SHAPE, 0,
		0xffff, 0);
	expect(decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_CALL, FIXTURE_GONE, "\0", 1), KSM_SHAPE, 0,
		0xffff, 0);
}

static void
test_default(void **state)
{
	(void)state;
	expect(decide(FIXTURE_STRANGER, FIXTURE_PLAIN, KSM_CALL, FIXTURE_ECHO, "", 0), KSM_DEFAULT,
		0, 0xffff, 0);
	expect(decide(FIXTURE_STRANGER, FIXTURE_PLAIN, KSM_CALL, FIXTURE_PING, "x", 1), KSM_SHAPE,
		0, 0xffff, 0);
	/* Wired, but no rule names it. */
	expect(decide(FIXTURE_STRANGER, FIXTURE_VALVE, KSM_CALL, FIXTURE_SET, "\3\0\0\0", 4),
		KSM_DEFAULT, 0, 0xffff, 0);
	expect(decide(FIXTURE_STRANGER, FIXTURE_VALVE, KSM_CALL, FIXTURE_SET, "\10\0\0\0", 4),
		KSM_SHAPE, 0, 0, 8);
	assert_non_null(ksm_edge_open(&ksm, FIXTURE_STRANGER, FIXTURE_SERVER, INTERFACE_SIGNAL));
	assert_null(ksm_edge_open(&ksm, FIXTURE_SERVER, FIXTURE_CLIENT, FIXTURE_VALVE));
	assert_null(ksm_edge_open(&ksm, 0, 0, 0));
	assert_null(ksm_edge_open(&ksm, 0xffff, 0xffff, 0xffff));
}

static void
test_secret(void **state)
{
	(void)state;
	expect(decide(FIXTURE_STRANGER, FIXTURE_PLAIN, KSM_CALL, FIXTURE_SECRET, "\xe8\3", 2),
		KSM_GRANTED, 10, 0xffff, 0);
	expect(decide(FIXTURE_STRANGER, FIXTURE_PLAIN, KSM_CALL, FIXTURE_SECRET, "\1\0", 2),
		KSM_GUARD, 10, 0, 0);
	expect(decide(FIXTURE_STRANGER, FIXTURE_PLAIN, KSM_CALL, FIXTURE_SECRET, "\x10\x27", 2),
		KSM_SHAPE, 0, 0, 0);
}

static void
test_audit(void **state)
{
	static const char bytes[16] = {9, 1};
	struct ksm_verdict verdict =
		decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_CALL, FIXTURE_MODE, bytes, sizeof(bytes));

	(void)state;
	expect(verdict, KSM_GRANTED, 6, 0xffff, 0);
	assert_int_equal(verdict.audit, 1);
	verdict = decide(FIXTURE_CLIENT, FIXTURE_VALVE, KSM_REPLY, FIXTURE_MODE, "", 0);
	assert_int_equal(verdict.audit, 1);
	assert_int_equal(set("\0\0\0\0", 4).audit, 0);
}

static void
test_counts(void **state)
{
	struct ksm_edge *edge = ksm_edge_open(&ksm, FIXTURE_CLIENT, FIXTURE_SERVER, FIXTURE_VALVE);
	uint64_t granted = ksm_edge_granted(edge);
	struct ksm_entry *entry = ksm_entry_at(edge, FIXTURE_SET);
	uint32_t guards = edge->denied[KSM_GUARD];

	(void)state;
	for (uint32_t i = 0; i < 5; i++) {
		set("\0\0\0\0", 4);
		set("\6\0\0\0", 4);
	}
	assert_int_equal(ksm_edge_granted(edge), granted + 5);
	assert_int_equal(edge->denied[KSM_GUARD], guards + 5);
	granted = ksm_edge_granted(edge) - entry->granted[KSM_CALL];
	entry->granted[KSM_CALL] = UINT32_MAX;
	set("\0\0\0\0", 4);
	assert_int_equal(ksm_edge_granted(edge), granted + (UINT64_C(1) << 32));
	edge->denied[KSM_SHAPE] = UINT32_MAX;
	set("", 0);
	assert_int_equal(edge->denied[KSM_SHAPE], UINT32_MAX);
}

/* What the table alone grants, is counted beyond 32 bits, too. */
static void
test_plain_counts(void **state)
{
	uint32_t plain = 0;

	(void)state;
	for (uint32_t i = 0; i < ksm.edge_count; i++) {
		struct ksm_edge *edge = &ksm.edges[i];

		for (uint32_t method = 1; method <= edge->methods; method++) {
			struct ksm_entry *entry = ksm_entry_at(edge, method);
			uint32_t length = ksm_lengths_low(entry->lengths[KSM_CALL]);
			const struct ksm_query query = {.method = method, .length_bytes = length};
			uint32_t wraps = edge->granted_wraps;

			if (ksm_is_plain(entry, KSM_CALL, length)) {
				entry->granted[KSM_CALL] = UINT32_MAX;
				assert_int_equal(
					ksm_decide(&ksm, edge, &query).reason, KSM_GRANTED);
				assert_int_equal(entry->granted[KSM_CALL], 0);
				assert_int_equal(edge->granted_wraps, wraps + 1);
				plain++;
			}
		}
	}
	assert_true(plain > 0);
}

/* Values around everything that the fixture tests. */
static uint8_t
interesting_byte(void)
{
	static const uint8_t bytes[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 20, 21, 30, 0xe8, 0x57, 0x58,
		0x59, 0x52, 0x53, 0x70, 0x6f, 0xfe, 0xff, 0xfb, 0xfc, 0x18};

	return random_below(8) == 0 ? (uint8_t)random_next() : bytes[random_below(sizeof(bytes))];
}

static void
compare(const struct l1_query *query)
{
	struct l1_memory nothing = {0};
	struct l1_verdict expected = l1_eval(fixture_l1(), query, &nothing);
	struct ksm_edge *edge = ksm_edge_open(&ksm, query->holder, query->target, query->interface);
	struct ksm_verdict verdict;

	if (edge == NULL) {
		assert_int_equal(expected.reason, KSM_DEFAULT);
		return;
	}
	verdict = ksm_decide(&ksm, edge,
		&(struct ksm_query){.event = query->event | query->status << KSM_STATUS_SHIFT,
			.method = query->method,
			.bytes = query->bytes,
			.length_bytes = query->length_bytes});
	expect(verdict, expected.reason, expected.rule, expected.field, expected.operand);
	assert_int_equal(verdict.audit, expected.audit);
}

static void
test_against_l1(void **state)
{
	static const uint8_t usual[3][6] = {{0}, {0, 4, 1, 0, 16, 18}, {0, 0, 0, 2, 0, 0}};
	uint8_t *bytes;

	(void)state;
	random_start(1);
	for (uint32_t i = 0; i < ROUNDS; i++) {
		struct l1_query query = {.holder = (uint16_t)(3 + random_below(3)),
			.target = FIXTURE_SERVER,
			.interface = (uint16_t)(FIXTURE_VALVE + random_below(2)),
			.method = (uint16_t)random_below(7),
			.event = (enum l1_event)random_below(3)};

		query.status = query.event == L1_ERROR ? (uint32_t)random_below(4) : 0;
		query.length_bytes = (uint32_t)random_below(20);
		if (random_below(4) != 0 && query.event != L1_ERROR && query.method < 6) {
			query.length_bytes =
				query.interface == FIXTURE_PLAIN && query.method == 3
					? 2
					: usual[query.event == L1_CALL ? 1 : 2][query.method];
		}
		bytes = malloc(query.length_bytes + 1u); /* exact, for the sanitizer */
		for (uint32_t j = 0; j < query.length_bytes; j++) {
			bytes[j] = random_below(3) == 0 ? 0 : interesting_byte();
		}
		query.bytes = realloc(bytes, query.length_bytes + (query.length_bytes == 0));
		compare(&query);
		free((void *)query.bytes);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_reply),
		cmocka_unit_test(test_huge),
		cmocka_unit_test(test_error_status),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_secret),
		cmocka_unit_test(test_audit),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_plain_counts),
		cmocka_unit_test(test_against_l1),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
