/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * missing.h: the test that is missing: steps that come out as they say under a policy and not under
 * the same policy with a mistake in it [R15].
 */
#ifndef GATE_MISSING_H
#define GATE_MISSING_H

#include <stdbool.h>
#include <stdio.h>

#include "vector.h"

struct diff;
struct l1;
struct policy;

struct missing {
	struct policy *policy;
	struct vector steps; /* struct missing_step *: a message for each rule and tail */
	struct vector tests; /* struct missing_test: that were printed */
	bool is_bare;        /* nothing but tests is printed, as a file has them */
};

/* Requires: the policy is whole, a blob apart, and outlives this. */
void missing_begin(struct missing *missing, struct policy *policy, bool is_bare);

/*
 * Prints a test of that name, which was run: the policy passes it, the mistaken one does not. If
 * one that was printed before does the same, it is named instead. Returns false if a bounded search
 * finds none; then nothing is printed. Requires: diff is of the policy (OLD) and the mistaken one
 * (NEW).
 */
bool missing_print(struct missing *missing, struct policy *mistaken, const struct diff *diff,
	const char *name, FILE *out);

/* Returns whether the mistake is that a forbid is dropped where no allow grants anything: then no
 * test can tell the two apart. Requires: there is one mistake. */
bool missing_is_none(const struct l1 *right, const struct l1 *mistaken);

#endif
