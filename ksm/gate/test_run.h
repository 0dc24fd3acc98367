/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test_run.h: the steps of a test against L1 and, if there is one, the finished blob [S38]. */
#ifndef GATE_TEST_RUN_H
#define GATE_TEST_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "l1_eval.h"
#include "vector.h"

struct ast_test;
struct policy;

struct test_run {
	struct policy *policy; /* without bytes of a blob only L1 is asked */
	bool is_quiet;         /* nothing is printed */
	uint32_t *rules;       /* by number - 1: counts the messages that each decides; or NULL */
	/* Told of each event before it happens; or NULL. */
	void (*watch)(void *data, const struct l1_query *query, const struct l1_memory *memory);
	void *watch_data;
	struct ksm ksm;
	struct l1_memory memory;
	uint64_t now_ns;
	struct vector calls; /* that were granted; only test_run.c looks into them */
	struct vector held;  /* struct step_capability, once for each capability */
};

/* Runs one test from the initial state. Returns whether every step came out as it says; else says
 * which did not. Only policy, is_quiet and rules need be
 * set, and watch if it is wanted. */
bool test_run(struct test_run *r, const struct ast_test *test);

#endif
