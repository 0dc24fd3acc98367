/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One policy takes the place of another. Inside of the engine. */
#ifndef KSM_SWAP_H
#define KSM_SWAP_H

#include "ksm/engine/ksm.h"

/* The blob is in force, its states begin anew in `words`, and all entries are stale. */
void ksm_point(struct ksm *ksm, const uint8_t *blob, uint64_t *words);

/* The entry says what the policy in force says. */
void ksm_entry_renew(struct ksm *ksm, const struct ksm_edge *edge, uint32_t method);

#endif
