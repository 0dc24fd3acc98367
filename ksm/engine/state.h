/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a policy remembers: tests read it, effects say what it shall become. Inside of the engine.
 */
#ifndef KSM_STATE_H
#define KSM_STATE_H

#include "ksm/engine/ksm.h"

/* The verifier's part about the section of states: what all that follows relies on. */
/*@ requires \valid_read(state + (0 .. count * 40 - 1));
  @ assigns \nothing;
  @*/
enum ksm_verify_error ksm_state_verify(const uint8_t *state, uint32_t count, uint32_t label_count);

/* A word that an effect will write when the event is granted. */
struct state_write {
	uint64_t *word;
	uint64_t value;
	uint32_t count; /* of words that get it; 0: nothing changes */
};

/* The number of a counter or of a machine's state; of a latch 1 if it is held, else 0. */
int64_t ksm_state_value(const struct ksm *ksm, uint32_t number);
bool ksm_state_has(const struct ksm *ksm, uint32_t number, int64_t value);

/*
 * What an effect makes of its state (op, c: its words, v: the register); nothing is written.
 * Returns KSM_GRANTED, or why it cannot be done, then *operand: of a bucket and a window how many
 * ns are missing, else the number of the counter, the machine's state, the size of the set.
 */
enum ksm_reason ksm_state_effect(const struct ksm *ksm, uint32_t op, uint32_t c, int64_t v,
	struct state_write *write, int64_t *operand);

#endif
