/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Blobs that say what no compiler writes, with a digest that fits: whatever the verifier accepts
 * can be opened, asked, swapped to and restarted without harm, and each program ends within its
 * steps.
 */
/* test: ksm/engine/verify.c ksm/engine/verify_program.c
 *       ksm/engine/edge.c ksm/engine/decide.c
 *       ksm/engine/program.c ksm/engine/state.c
 *       ksm/engine/swap.c ksm/engine/text.c ksm/gate/emit.c ksm/gate/emit_row.c
 * ksm/gate/emit_type.c ksm/gate/emit_tree.c
 *       ksm/gate/emit_cost.c
 *       ksm/gate/emit_code.c
 * ksm/gate/emit_load.c ksm/gate/emit_pool.c ksm/gate/emit_edges.c ksm/gate/emit_blob.c
 *       ksm/gate/emit_state.c ksm/gate/emit_names.c ksm/gate/wire.c ksm/gate/buffer.c
 *       ksm/gate/index.c
 *       ksm/gate/vector.c ksm/gate/arena.c tools/host/sha256.c tests/host/support/random.c
 *       tests/host/support/fuzz.c tests/host/support/random_states.c
 *       tests/host/support/random_sum.c
 *       tests/host/support/random_message.c
 * tests/host/support/random_world.c tests/host/support/random_blob.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/step.h"
#include "ksm/gate/buffer.h"
#include "ksm/gate/emit.h"
#include "tests/host/support/fuzz.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_blob.h"
#include "tests/host/support/random_world.h"

#define CASES     1000000
#define NEIGHBORS 64 /* cases that start from one blob */

static struct world world;
static struct buffer sound; /* what the compiler wrote */
static uint64_t made_for = UINT64_MAX;
static uint64_t tried;
static uint64_t accepted;

/* The blob is that of the group of cases, so each case is the same again alone. */
static void
sound_make(uint64_t group)
{
	if (group == made_for) {
		return;
	}
	if (made_for != UINT64_MAX) {
		arena_release(&world.arena);
	}
	made_for = group;
	random_restart(UINT64_MAX - group);
	world_make(&world);
	buffer_init(&sound, &world.arena);
	while (world.l1.cell_count == 0 || emit_policy(&world.l1, &sound).error != EMIT_OK) {
		arena_release(&world.arena);
		world_make(&world);
		buffer_init(&sound, &world.arena);
	}
}

static bool
is_accepted(const uint8_t *blob, size_t length)
{
	return ksm_verify(blob, length, blob + offsetof(struct format_header, digest),
		       world.l1.core_digest) == KSM_OK;
}

/* A message of a length that its row takes, mostly; in memory of exactly that length. */
static void
method_ask(struct ksm *ksm, struct ksm_edge *edge, uint32_t method)
{
	struct ksm_query query = {.event = (uint32_t)random_below(KSM_KIND + 1),
		.method = method,
		.call_rule = random_below(8) == 0 ? KSM_CALL_OLD : (uint32_t)random_below(4),
		.now_ns = random_next() >> random_below(64)};
	uint32_t shape = ksm_shape(edge, query.event == KSM_CALL ? KSM_CALL : KSM_REPLY, method);
	uint32_t low = format_shape_low(shape);
	uint32_t high = format_shape_high(shape);
	struct ksm_verdict verdict;
	uint8_t *bytes;

	if (query.event == KSM_ERROR) {
		query.event |= (uint32_t)random_below(4) << KSM_STATUS_SHIFT;
	} else if (random_below(8) == 0) {
		query.length_bytes = (uint32_t)random_below(24);
	} else {
		query.length_bytes = random_below(2) == 0 || high <= low
					     ? low
					     : low + (uint32_t)random_below(high - low + 1);
	}
	bytes = malloc(query.length_bytes + (query.length_bytes == 0));
	for (uint32_t i = 0; i < query.length_bytes; i++) {
		bytes[i] = random_below(2) == 0 ? 0 : (uint8_t)random_next();
	}
	query.bytes = bytes;
	verdict = ksm_decide(ksm, edge, &query);
	assert_in_range(verdict.reason, KSM_GRANTED, KSM_REASONS - 1);
	assert_true(verdict.reason != KSM_GRANTED || (verdict.operand == 0 && verdict.rule != 0));
	free(bytes);
	if (random_below(2) == 0) {
		(void)ksm_abort(ksm, edge, &query);
	}
}

static void
edges_ask(struct ksm *ksm)
{
	for (uint32_t i = 0; i < ksm->edge_count; i++) {
		struct ksm_edge *edge = &ksm->edges[i];

		assert_ptr_equal(
			ksm_edge_open(ksm, edge->holder, edge->target, edge->interface), edge);
		for (uint32_t method = 1; method <= edge->methods && method <= 16; method++) {
			method_ask(ksm, edge, method);
		}
		ksm_restart(ksm, edge->holder);
		(void)ksm_edge_granted(edge);
	}
}

/* The compiler's blob and this one take turns, if the monitor would let them. */
static void
turns_take(struct ksm *ksm, const uint8_t *blob)
{
	const uint8_t *other = (const uint8_t *)sound.bytes;
	uint64_t *words = ksm->words;
	uint64_t *others;

	if (!ksm_is_for_same(blob, other)) {
		return;
	}
	others = malloc(ksm_state_bytes(other) + 1);
	if (ksm_swap(ksm, other, others, random_next() >> random_below(64), false)) {
		edges_ask(ksm);
		(void)ksm_swap(ksm, blob, words, random_next() >> random_below(64), true);
	}
	(void)ksm_settle_step(ksm);
	edges_ask(ksm);
	free(others);
}

static uint64_t
case_try(uint64_t n)
{
	uint8_t *blob;
	size_t length;

	sound_make(n / NEIGHBORS);
	random_restart(n);
	blob = random_blob((const uint8_t *)sound.bytes, sound.size, &length);
	tried++;
	if (is_accepted(blob, length)) {
		void *memory = malloc(ksm_memory_bytes(blob, length) + 1);
		struct ksm ksm;

		accepted++;
		ksm_init(&ksm, blob, length, memory);
		edges_ask(&ksm);
		turns_take(&ksm, blob);
		free(memory);
	}
	free(blob);
	return 1;
}

int
main(void)
{
	int failed = fuzz_main("blob", CASES, case_try);

	/* A verifier that lets nothing through, or all, was not tried. */
	if (failed == 0 && tried >= 10000 && (accepted < tried / 50 || accepted > tried / 2)) {
		(void)fprintf(stderr, "FAIL: %llu of %llu blobs were accepted\n",
			(unsigned long long)accepted, (unsigned long long)tried);
		return 1;
	}
	(void)fprintf(stderr, "%llu of %llu were accepted\n", (unsigned long long)accepted,
		(unsigned long long)tried);
	return failed;
}
