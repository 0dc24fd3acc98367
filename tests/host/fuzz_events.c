/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random policies and events: what emit makes of them decides like the interpreter of L1, event for
 * event and word for word of what is remembered, also while two of them take turns and while the
 * clock stands, goes back or is beyond its end. */
/* test: ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/state.c
 *       ksm/gate/index.c
 * ksm/engine/swap.c ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c ksm/gate/emit_code.c ksm/gate/emit_load.c
 * ksm/gate/emit_cost.c
 * ksm/gate/emit_pool.c ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit_state.c
 * ksm/gate/emit_names.c ksm/gate/wire.c ksm/gate/buffer.c ksm/gate/vector.c ksm/gate/arena.c
 * ksm/gate/l1_effect.c ksm/gate/l1_eval.c ksm/gate/l1_shape.c
 * tools/host/sha256.c tests/host/support/random.c
 *       tests/host/support/fuzz.c tests/host/support/random_states.c
 *       tests/host/support/random_sum.c
 * tests/host/support/random_message.c
 * tests/host/support/random_world.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/step.h"
#include "ksm/engine/plain.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "ksm/gate/l1_eval.h"
#include "tests/host/support/fuzz.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_world.h"
#include "tools/host/sha256.h"

#define CASES    4800 /* two policies each, if they can be emitted: 10^6 events */
#define MESSAGES 150

#define NO_RULE UINT32_MAX /* an older policy granted the call */

static struct l1_memory memory; /* of L1 */
static bool time_stands;        /* there */
static uint64_t standing_ns;
static uint64_t told_ns; /* the latest time that a program was told [D9] */
static uint64_t events;  /* of the case */

static struct ksm_verdict
engine_decide(struct ksm *ksm, struct ksm_edge *edge, const struct l1_query *query)
{
	const struct ksm_query asked = {
		.event = query->event == L1_CALL && query->is_ask
				 ? KSM_ASK
				 : (uint32_t)query->event | query->status << KSM_STATUS_SHIFT,
		.method = query->method,
		.is_audit_full = query->is_audit_full,
		.number = query->number,
		.given = query->given,
		.call_rule = query->call_rule == NO_RULE ? KSM_CALL_OLD : query->call_rule,
		.bytes = query->bytes,
		.length_bytes = query->length_bytes,
		.now_ns = query->now_ns};
	struct ksm_verdict verdict;

	if (query->event >= L1_COMES) {
		return ksm_passes(
			ksm, (uint32_t)(edge - ksm->edges), query->number, query->event == L1_GOES);
	}
	if (query->event != L1_ABORT) {
		return ksm_decide(ksm, edge, &asked);
	}
	verdict = ksm_abort(ksm, edge, &asked);
	if (verdict.reason == KSM_GRANTED && verdict.rule == 0) {
		verdict.reason = KSM_DEFAULT; /* nothing is said about it */
	}
	return verdict;
}

/* By a little or by years; now and then not at all, back, or beyond where time stands still. What
 * instances remember until they restart goes with them. */
static uint64_t
time_pass(struct world *world, struct ksm *ksm)
{
	if (random_below(16) == 0) {
		uint16_t label = random_below(2) == 0 ? HOLDER : TARGET;

		l1_eval_restart(&world->l1, label, &memory);
		ksm_restart(ksm, label);
	}
	if (time_stands) {
		return standing_ns;
	}
	switch (random_below(16)) {
	case 0:
		return 0;
	case 1:
		return world->now_ns;
	case 2:
		return random_next() % (world->now_ns + 1);
	case 3:
		return random_below(64) == 0 ? UINT64_MAX - random_below(2) : world->now_ns;
	case 4:
		return random_below(64) == 0 ? KSM_TIME_MAX - 1 + random_below(3) : world->now_ns;
	default:
		world->now_ns += random_next() >> (16 + random_below(48));
		return world->now_ns;
	}
}

static uint64_t
later_of(uint64_t before_ns, uint64_t now_ns)
{
	uint64_t most_ns = now_ns < KSM_TIME_MAX ? now_ns : KSM_TIME_MAX;

	return before_ns < most_ns ? most_ns : before_ns;
}

/* D9: what a program is told counts from then on, what the table alone answers does not. */
static void
time_check(const struct ksm *ksm, const struct ksm_edge *edge, const struct l1_query *query,
	const struct ksm_verdict *verdict)
{
	uint64_t later_ns = later_of(told_ns, query->now_ns);
	const struct ksm_entry *entry = ksm_entry_at(edge, query->method);
	bool is_program =
		query->event != L1_ABORT && (entry->action[query->event] & FORMAT_ACTION_RUN) != 0;
	/* A wrong length is seen by the table or, between two right ones, by the program. */
	bool is_unsure = is_program && verdict->reason == KSM_SHAPE && verdict->field == 0xffff;

	if (query->event == L1_ABORT || is_unsure) {
		assert_true(ksm->now_ns == told_ns || ksm->now_ns == later_ns);
	} else {
		assert_true(ksm->now_ns == (is_program ? later_ns : told_ns));
	}
	told_ns = ksm->now_ns;
	memory.now_ns = told_ns;
}

/* What the table alone answers is exactly what it grants without a look or a record. */
static void
plain_check(const struct ksm_edge *edge, const struct l1_query *query, bool is_ask,
	const struct ksm_verdict *verdict)
{
	const struct ksm_entry *entry = ksm_entry_at(edge, query->method);
	enum ksm_event event = (enum ksm_event)query->event;
	bool is_run = (entry->action[event] & FORMAT_ACTION_RUN) != 0;

	if (query->event <= L1_REPLY && query->is_ask == is_ask) {
		assert_int_equal(ksm_is_plain(entry, event, query->length_bytes),
			!is_ask && !is_run && verdict->reason == KSM_GRANTED &&
				verdict->audit == 0);
	}
}

static void
compare(struct world *world, struct ksm *ksm, struct ksm_edge *edge)
{
	static const struct l1_message nothing;
	uint8_t bytes[128];
	struct l1_query query = {.holder = HOLDER,
		.target = TARGET,
		.interface = INTERFACE,
		.method = (uint16_t)(1 + random_below(METHODS)),
		.event = (enum l1_event)random_below(4),
		.bytes = bytes};
	const struct l1_method *method = &world->methods[query.method - 1];
	const struct l1_message *messages[] = {
		&method->call, &method->reply, &method->error, &nothing};
	struct l1_verdict expected;
	bool is_old;
	struct ksm_verdict verdict;

	if (query.event == L1_ABORT && method->is_reserved) {
		return; /* such a call was never granted */
	}
	query.is_ask = method->is_ask != (random_below(8) == 0);
	query.is_audit_full = random_below(8) == 0;
	query.now_ns = time_pass(world, ksm);
	is_old = random_below(8) == 0;
	query.call_rule = is_old ? NO_RULE : (uint32_t)random_below(world->l1.rule_count + 2u);
	query.status = query.event == L1_ERROR ? (uint32_t)random_below(3) : 0;
	query.length_bytes = query.event == L1_ABORT ? 0 : make_bytes(messages[query.event], bytes);
	expected = l1_eval(&world->l1, &query, &memory);
	verdict = engine_decide(ksm, edge, &query);
	events++;
	time_check(ksm, edge, &query, &verdict);
	plain_check(edge, &query, method->is_ask, &verdict);
	/* What is judged by the rule that granted the call, and none of this policy did. */
	if (is_old && expected.reason == KSM_DEFAULT && verdict.reason == KSM_EPOCH) {
		return;
	}
	/* A bound cell without its rule: L1 says so before it looks at forbids. */
	if (expected.reason == KSM_DEFAULT && verdict.reason == KSM_FORBID) {
		return;
	}
	assert_int_equal(verdict.reason, expected.reason);
	assert_int_equal(verdict.rule, expected.rule);
	if (verdict.reason != KSM_GRANTED || verdict.audit != 0 || verdict.field != 0) {
		assert_int_equal(verdict.field, expected.field);
	}
	assert_int_equal(verdict.operand, expected.operand);
	assert_int_equal(verdict.audit, expected.audit);
	assert_memory_equal(ksm->words, world->words, world->l1.word_count * sizeof(uint64_t));
}

/* A capability comes or goes. */
static void
passage_compare(struct world *world, struct ksm *ksm, struct ksm_edge *edge)
{
	const struct l1_query query = {.holder = HOLDER,
		.target = TARGET,
		.interface = INTERFACE,
		.event = random_below(2) == 0 ? L1_COMES : L1_GOES};
	struct l1_verdict expected = l1_eval(&world->l1, &query, &memory);
	struct ksm_verdict verdict = engine_decide(ksm, edge, &query);

	events++;
	assert_int_equal(verdict.reason, expected.reason);
	assert_int_equal(verdict.rule, expected.rule);
	assert_int_equal(verdict.field, expected.field);
	assert_int_equal(verdict.operand, expected.operand);
	assert_memory_equal(ksm->words, world->words, world->l1.word_count * sizeof(uint64_t));
}

/* A host never takes what is asked about for a message that the table alone grants. */
static void
check_asked(struct world *world, struct ksm *ksm)
{
	struct ksm_edge *edge = ksm_edge_open(ksm, HOLDER, TARGET, INTERFACE);

	for (uint32_t i = 0; edge != NULL && i < METHODS; i++) {
		const struct l1_message *call = &world->methods[i].call;

		assert_false(world->methods[i].is_ask &&
			     ksm_is_plain(ksm_entry_at(edge, i + 1), KSM_CALL, call->low_bytes));
	}
}

/* Returns whether the policy of that side could be emitted at all. */
static bool
policy_emit(struct world *world, uint32_t side, struct buffer *blob)
{
	const struct l1 *l1 = &world->sides[side];
	struct buffer again;
	struct emit_result result;
	const uint8_t *bytes;
	uint8_t digest[32];

	buffer_init(blob, &world->arena);
	buffer_init(&again, &world->arena);
	result = emit_policy(l1, blob);
	if (result.error == EMIT_COST || l1->cell_count == 0) {
		return false;
	}
	assert_int_equal(result.error, EMIT_OK);
	assert_int_equal(emit_policy(l1, &again).error, EMIT_OK);
	assert_int_equal(blob->size, again.size);
	assert_memory_equal(blob->bytes, again.bytes, blob->size);
	bytes = (const uint8_t *)blob->bytes;
	sha256(bytes + ksm_digest_offset(), blob->size - ksm_digest_offset(), digest);
	assert_int_equal(ksm_verify(bytes, blob->size, digest, l1->core_digest), KSM_OK);
	return true;
}

/* With an event between any two steps, of which each is at the same time. */
static void
swap_slowly(
	struct world *world, struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns)
{
	enum ksm_swapped swapped;

	standing_ns = now_ns;
	time_stands = true;
	while ((swapped = ksm_swap_step(ksm, blob, words, now_ns, false)) == KSM_SWAP_GOES_ON) {
		compare(world, ksm, ksm_edge_open(ksm, HOLDER, TARGET, INTERFACE));
	}
	time_stands = false;
	assert_int_equal(swapped, KSM_SWAP_DONE);
	told_ns = later_of(told_ns, now_ns);
	assert_true(ksm->now_ns == told_ns);
	memory.now_ns = told_ns;
}

/* The two take turns, sometimes before all entries are those of the one in force. */
static void
turns_check(struct world *world, struct ksm *ksm, const struct buffer blobs[2])
{
	const uint8_t *second = (const uint8_t *)blobs[1].bytes;
	uint64_t *words[2] = {ksm->words, malloc(ksm_state_bytes(second))};

	assert_true(ksm_is_for_same((const uint8_t *)blobs[0].bytes, second));
	for (uint32_t i = 0; i < MESSAGES; i++) {
		if (random_below(8) == 0) {
			const uint8_t *blob = (const uint8_t *)blobs[1 - world->side].bytes;
			uint64_t *next = words[ksm->words == words[0]];

			swap_slowly(world, ksm, blob, next, time_pass(world, ksm));
			side_take(world, 1 - world->side);
		}
		if (random_below(4) == 0) {
			(void)ksm_settle_step(ksm);
		}
		compare(world, ksm, ksm_edge_open(ksm, HOLDER, TARGET, INTERFACE));
		if (random_below(4) == 0) {
			passage_compare(world, ksm, ksm_edge_open(ksm, HOLDER, TARGET, INTERFACE));
		}
	}
	free(words[1]);
}

static void
policies_check(struct world *world)
{
	struct buffer blobs[2];
	bool are_made[2] = {policy_emit(world, 0, &blobs[0]), policy_emit(world, 1, &blobs[1])};
	struct ksm ksm;
	void *tables;

	if (!are_made[0]) {
		return;
	}
	told_ns = 0;
	memory = (struct l1_memory){.words = world->words};
	tables = malloc(ksm_memory_bytes((const uint8_t *)blobs[0].bytes, blobs[0].size));
	ksm_init(&ksm, (const uint8_t *)blobs[0].bytes, blobs[0].size, tables);
	check_asked(world, &ksm);
	for (uint32_t i = 0; i < MESSAGES; i++) {
		compare(world, &ksm, ksm_edge_open(&ksm, HOLDER, TARGET, INTERFACE));
		if (random_below(4) == 0) {
			passage_compare(
				world, &ksm, ksm_edge_open(&ksm, HOLDER, TARGET, INTERFACE));
		}
	}
	if (are_made[1]) {
		turns_check(world, &ksm, blobs);
	}
	free(tables);
}

static uint64_t
case_try(uint64_t n)
{
	static struct world world;

	(void)n;
	events = 0;
	random_guards = true;
	world_make(&world);
	policies_check(&world);
	arena_release(&world.arena);
	return events;
}

int
main(void)
{
	return fuzz_main("events", CASES, case_try);
}
