/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A live swap in bounded steps, for a host that has something else to do in between. */
#ifndef KSM_STEP_H
#define KSM_STEP_H

#include "ksm/engine/ksm.h"

enum ksm_swapped {
	KSM_SWAP_FORGETS, /* nothing changed: a state would be forgotten, without may_forget */
	KSM_SWAP_DONE,
	KSM_SWAP_GOES_ON
};

/*
 * As ksm_swap, but only a step: clears up to 256 words, or moves up to four cells. With the same
 * arguments again while it goes on; until it is done the policy before judges, and what that one
 * remembers meanwhile comes along. Another blob or other words: that swap begins, this one is given
 * up.
 */
enum ksm_swapped ksm_swap_step(
	struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget);

#endif
