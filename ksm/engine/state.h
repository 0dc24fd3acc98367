/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a policy remembers, and what a program is about to make of it. Inside of the engine. */
#ifndef KSM_STATE_H
#define KSM_STATE_H

#include "ksm/engine/ksm.h"

/* The verifier's part about the section of states: what all that follows relies on. */
/*@ requires \valid_read(state + (0 .. count * 40 - 1));
  @ assigns \nothing;
  @*/
enum ksm_verify_error ksm_state_verify(const uint8_t *state, uint32_t count, uint32_t label_count);

#define EFFECTS_MAX 8 /* FORMAT_EFFECTS_MAX, which needs more headers */

struct write {
	uint64_t *word;
	uint64_t value;
};

/* What is seldom needed, so that what is often needed stands in registers of the machine. */
struct run {
	struct ksm_edge *edge;
	uint32_t *granted;
	int64_t w;
	uint16_t field;       /* f */
	bool is_secret;       /* v is */
	bool is_old;          /* it was asked which rule granted the call: none of this policy */
	uint32_t clear_count; /* of clears */
	struct write *next;   /* behind the last of `writes`; up to date in calls alone */
	/* What effects will write when the event is granted: nothing is written before ALLOW. */
	struct write writes[2 * EFFECTS_MAX]; /* a grant of a window makes two */
	struct {
		uint64_t *words;
		uint32_t count;
	} clears[EFFECTS_MAX];
	uint64_t why; /* of an effect that cannot be done: `operand` of the verdict */
};

/*
 * An effect on a state that may have more words than one; words: of the cell that is meant; op, c:
 * the op's words, v: the register. Returns KSM_GRANTED, or why it cannot be done, then r->why is
 * what the verdict says: of a window how many ns are missing, else the size of the set.
 */
enum ksm_reason ksm_words_effect(uint64_t now_ns, const uint8_t *state, uint64_t *words,
	uint32_t op, uint32_t c, int64_t v, struct run *r);

/* Whether a set holds the value. */
bool ksm_set_has(const uint8_t *state, uint64_t *words, int64_t value);

#endif
