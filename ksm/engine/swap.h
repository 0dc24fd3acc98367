/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One policy takes the place of another. Inside of the engine. */
#ifndef KSM_SWAP_H
#define KSM_SWAP_H

#include "ksm/engine/ksm.h"

/* The blob is in force, its states are in `words`, and all entries are stale. */
void ksm_point(struct ksm *ksm, const uint8_t *blob, uint64_t *words);

/* A word of the policy in force has changed while another one is coming: it is moved again, if it
 * was before. */
void ksm_written(const struct ksm *ksm, const uint64_t *word);

void ksm_words_clear(uint64_t *words, size_t count);

/* The entry says what the policy in force says. */
/*@ requires \valid(entry_of(edge, method));
  @ assigns *entry_of(edge, method);
  @ ensures is_sound(entry_of(edge, method));
  @*/
void ksm_entry_renew(struct ksm *ksm, const struct ksm_edge *edge, uint32_t method);

#endif
