/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * l1_effect.h: the part of the reference interpreter that knows buckets, windows, latches,
 * counters, sets and machines [S13, S14, S24 to S28, O2, O5].
 */
#ifndef GATE_L1_EFFECT_H
#define GATE_L1_EFFECT_H

#include "ksm/engine/ksm.h"
#include "l1_interface.h"
#include "l1_state.h"

/*
 * after: the words of the effect's state as they stand before the event; they become what the
 * effect makes of them. amount: the effect's, or the value of its field. Returns KSM_GRANTED, or
 * why it cannot be done: then *operand says how far off it is [D8], and after is not of use.
 */
enum ksm_reason l1_effect_apply(const struct l1_effect *effect, int64_t amount, uint64_t now_ns,
	uint64_t *after, int64_t *operand);

/* Returns the word by which a set keeps the value; one that no place holds if it is not of its
 * type. */
uint64_t l1_effect_word(const struct l1_object *set, int64_t value);

/* What rules call it. */
const char *l1_effect_name(enum l1_effect_kind kind);

#endif
