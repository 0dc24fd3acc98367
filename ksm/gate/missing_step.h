/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* missing_step.h: shortest steps at which two policies part: between missing.c and its search. */
#ifndef GATE_MISSING_STEP_H
#define GATE_MISSING_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"
#include "vector.h"

struct arena;
struct l1;
struct step_message;

/* A message, an instance that begins anew, or time that passes. */
struct missing_step {
	const char *text;                   /* as a test says it, a message without its verdict */
	const struct step_message *message; /* or NULL */
	uint16_t restarts;                  /* label of the instance, or 0 */
	uint64_t wait_ns;
};

/* A step as it comes out under the right policy. */
struct missing_said {
	const struct missing_step *step;
	enum ksm_reason reason;
};

/* At which step two policies part. */
enum missing_goal {
	MISSING_GRANT, /* one of them grants it */
	MISSING_REASON /* both deny it, and not for the same reason */
};

/*
 * Looks for the shortest way, of those steps, from the initial state to one at which the two part;
 * it is the last one of `said` (struct missing_said). Returns false if there is none among the
 * first few thousand states.
 */
bool missing_search(const struct l1 *right, const struct l1 *mistaken,
	const struct missing_step *const *steps, uint32_t step_count, enum missing_goal goal,
	struct arena *a, struct vector *said);

#endif
