/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Counts the instructions of ksm_decide, out of line, in this process: of a plain decision, of one
 * with a limit and a machine, and of the dearest programs that gate takes. Prints a line for each:
 * figure ID MEAN WORST; the worst is that of single decisions, to a tick of the counter.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/process.h"
#include "deployments/bench/meter/measure.h"
#include "gatehouse/clock.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "ksm/engine/ksm.h"
#include "ksm/names/names.h"
#include "process_judge.h"

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

#define ROUNDS   10000u
#define BLOCK    64u
#define NS       UINT64_C(1000000000)
#define STEP_NS  (NS / 10)
#define CALL_RET 1u /* of the empty decision, that belongs to the other, too */
#define BYTES    256u

/* As long as the decision: the loop without it. */
typedef struct ksm_verdict decide(
	struct ksm *ksm, struct ksm_edge *edge, const struct ksm_query *query);

static struct ksm ksm;
static struct names names;
static uint8_t bytes[BYTES];
static uint64_t now_ns = NS; /* goes on from one figure to the next */

__attribute__((noinline)) static struct ksm_verdict
decide_nothing(struct ksm *k, struct ksm_edge *edge, const struct ksm_query *query)
{
	(void)k;
	(void)edge;
	(void)query;
	return (struct ksm_verdict){0};
}

static void
require(const char *what, bool is_right)
{
	if (!is_right) {
		printf("bench: %s\n", what);
		(void)power_off(JUDGE_POWER, 1);
	}
}

/* Returns the ticks of so many decisions; the message differs from one to the next. */
static uint64_t
ticks(decide *run, struct ksm_edge *edge, struct ksm_query *query, uint32_t rounds, uint8_t reason)
{
	uint64_t start = measure_counter();

	for (uint32_t i = 0; i < rounds; i++) {
		struct ksm_verdict verdict;

		now_ns += STEP_NS;
		query->now_ns = now_ns;
		bytes[0] = (uint8_t)(i % BLOCK);
		verdict = run(&ksm, edge, query);
		if (verdict.reason > reason) {
			require("a decision is another one", false);
		}
	}
	return measure_counter() - start;
}

static uint32_t
instructions(uint64_t of, uint64_t empty, uint32_t rounds)
{
	uint64_t passed = (of - empty) * (NS / measure_frequency_hz());

	return (uint32_t)((passed + rounds / 2) / rounds) + CALL_RET;
}

struct figure {
	uint32_t mean;
	uint32_t worst; /* of blocks */
};

static struct figure
measure(struct ksm_edge *edge, uint32_t method, uint32_t length, uint8_t reason)
{
	struct ksm_query query = {
		.event = KSM_CALL, .method = method, .bytes = bytes, .length_bytes = length};
	uint64_t empty = ticks(decide_nothing, edge, &query, ROUNDS, reason);
	uint64_t block = ticks(decide_nothing, edge, &query, BLOCK, reason);
	struct figure figure;
	uint32_t worst = 0;

	(void)ticks(ksm_decide, edge, &query, BLOCK, reason);
	figure.mean = instructions(ticks(ksm_decide, edge, &query, ROUNDS, reason), empty, ROUNDS);
	for (uint32_t i = 0; i < ROUNDS / BLOCK; i++) {
		uint32_t one =
			instructions(ticks(ksm_decide, edge, &query, BLOCK, reason), block, BLOCK);

		worst = one > worst ? one : worst;
	}
	figure.worst = worst;
	return figure;
}

static uint16_t
label_of(const char *name)
{
	struct names_label label;

	for (uint32_t i = 0; names_label(&names, i, &label); i++) {
		if (strcmp(label.name, name) == 0) {
			return (uint16_t)i;
		}
	}
	return 0;
}

static struct ksm_edge *
edge_open(void)
{
	for (uint16_t id = 0; id < UINT8_MAX; id++) {
		const char *name = names_interface(&names, id);

		if (name != NULL && strcmp(name, "Work") == 0) {
			return ksm_edge_open(&ksm, label_of("one"), label_of("two"), id);
		}
	}
	return NULL;
}

/* The dearest of those that gate takes: methods from the third on. */
static void
measure_dear(struct ksm_edge *edge)
{
	static const struct {
		const char *what;
		uint32_t length;
		uint8_t reason;
	} dear[] = {
		{"alternatives of two fields", 4, KSM_GUARD},
		{"a sum", 4, KSM_GUARD},
		{"sets", 4, KSM_FULL},
		{"windows", 0, KSM_GRANTED},
		{"counters", 0, KSM_GRANTED},
		{"buckets", 0, KSM_GRANTED},
		{"a text", 32, KSM_GUARD},
	};
	struct figure worst = {0};

	for (uint32_t i = 0; i < sizeof(dear) / sizeof(dear[0]); i++) {
		struct figure one = measure(edge, i + 3, dear[i].length, dear[i].reason);

		printf("part of ksm.worst: %s: %u, %u\n", dear[i].what, (unsigned)one.mean,
			(unsigned)one.worst);
		worst = one.worst > worst.worst ? one : worst;
	}
	printf("figure ksm.worst %u %u\n", (unsigned)worst.worst, (unsigned)worst.worst);
}

int
main(void)
{
	uint32_t length = process_info()->device_bytes;
	const uint8_t *policy = device_map_readonly(JUDGE_POLICY, length);
	struct ksm_edge *edge;
	struct figure figure;
	void *memory;

	if (process_info()->instance != 4) {
		clock_sleep_until(UINT64_MAX);
	}
	require("no policy", policy != NULL && names_open(&names, policy, length));
	length = (uint32_t)process_info()->system_offset;
	memory = malloc(ksm_memory_bytes(policy, length));
	require("no memory", memory != NULL);
	ksm_init(&ksm, policy, length, memory);
	edge = edge_open();
	require("no edge", edge != NULL);
	memset(bytes, '0', sizeof(bytes));
	figure = measure(edge, 1, 0, KSM_GRANTED);
	printf("figure ksm.plain %u %u\n", (unsigned)figure.mean, (unsigned)figure.worst);
	figure = measure(edge, 2, 0, KSM_GRANTED);
	printf("figure ksm.limit_state %u %u\n", (unsigned)figure.mean, (unsigned)figure.worst);
	measure_dear(edge);
	printf("figures are complete\n");
	(void)power_off(JUDGE_POWER, 0);
	return 0;
}
