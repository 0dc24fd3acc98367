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

#define RUN_WRITES (2 * EFFECTS_MAX) /* a grant of a window makes two */

struct write {
	uint64_t *word;
	uint64_t before; /* what stood there; of clears: how many words */
};

/* Registers of a program, and what its effects have written until it grants. */
struct run {
	struct ksm_edge *edge;
	int64_t v;
	int64_t w;
	uint32_t index;       /* which cell of a state is meant */
	uint16_t field;       /* f */
	bool is_secret;       /* v is */
	bool is_old;          /* it was asked which rule granted the call: none of this policy */
	struct write *next;   /* behind the last of `writes`; up to date in calls alone */
	struct write *clears; /* to the end of `writes`: what is zeroed when the event is granted */
	struct write writes[RUN_WRITES]; /* a denial takes them back */
	enum ksm_reason
		reason; /* of an effect that cannot be done; and `operand` of the verdict: */
	uint64_t why;
};

/*
 * An effect on a state that may have more words than one; words: of the cell that is meant; op, c:
 * the op's words. False: it cannot be done, then r->why is what the verdict says: of a window how
 * many ns are missing, else the size of the set.
 */
bool ksm_words_effect(uint64_t now_ns, const uint8_t *state, uint64_t *words, uint32_t op,
	uint32_t c, struct run *r);

/* The event is denied by the op at which the program stopped, or could not do what it says. */
struct ksm_verdict ksm_stop(const struct run *r, const struct ksm_query *query, const uint8_t *op);

/* Whether a set holds the value. */
bool ksm_set_has(const uint8_t *state, uint64_t *words, int64_t value);

#endif
