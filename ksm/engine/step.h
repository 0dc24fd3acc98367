/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is done in bounded steps, for a host that has something else to do in between: a live swap,
 * a restart. */
#ifndef KSM_STEP_H
#define KSM_STEP_H

#include "ksm/engine/ksm.h"

enum ksm_swapped {
	KSM_SWAP_FORGETS, /* nothing changed: a state would be forgotten, without may_forget */
	KSM_SWAP_DONE,
	KSM_SWAP_GOES_ON
};

/*
 * A step of a live swap, for two policies that ksm_verify accepted and that ksm_is_for_same says
 * are for the same system: clears up to 256 words, or moves up to four cells. With the same
 * arguments again while it goes on; until it is done the policy before judges, and what that one
 * remembers meanwhile comes along. Another blob or other words: that swap begins, this one is given
 * up.
 *
 * When it is done, `blob` is in force, the epoch is one more, and what was remembered is remembered
 * on: as it was, or on the stricter side of bounds that are narrower now. words: ksm_state_bytes,
 * not those in use. Entries are those of the policy before until an event is decided with them or
 * ksm_settle_step has come by: while is_stale, every event must be decided by ksm_decide.
 */
enum ksm_swapped ksm_swap_step(
	struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget);
bool ksm_settle_step(struct ksm *ksm); /* brings some entries up to date; returns is_stale */

/* The instance with this label restarts: states that do not survive it begin anew, some of them
 * from number `from` on. Returns where to go on, 0: that were all. */
uint32_t ksm_restart_step(struct ksm *ksm, uint16_t label, uint32_t from);

/* All steps of a swap at once. Whether it is done. */
static inline bool
ksm_swap(struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget)
{
	enum ksm_swapped swapped;

	do {
		swapped = ksm_swap_step(ksm, blob, words, now_ns, may_forget);
	} while (swapped == KSM_SWAP_GOES_ON);
	return swapped == KSM_SWAP_DONE;
}

/* All steps of a restart at once. */
static inline void
ksm_restart(struct ksm *ksm, uint16_t label)
{
	uint32_t at = 0;

	do {
		at = ksm_restart_step(ksm, label, at);
	} while (at != 0);
}

#endif
