/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_effect.c: what one effect makes of its state, sentence by sentence of ksm/SPEC.md. */
#include "l1_effect.h"

#include <stddef.h>
#include <string.h>

/* O2: a set keeps a value as its distance from the smallest one, from 1; 0 is a free place, which
 * no value outside of its type finds. */
uint64_t
l1_effect_word(const struct l1_object *set, int64_t value)
{
	uint64_t word = (uint64_t)value - (uint64_t)set->low + 1;

	return value >= set->low && word <= set->amount ? word : UINT64_MAX;
}

static enum ksm_reason
bucket_take(const struct l1_state *state, uint64_t tokens, uint64_t now_ns, uint64_t *after,
	int64_t *operand)
{
	uint64_t step_ns = state->object->amount;
	uint64_t from_ns = *after > now_ns ? *after : now_ns;
	uint64_t to_ns = from_ns + tokens * step_ns;
	uint64_t latest_ns = now_ns + state->object->count * step_ns;

	if (to_ns > latest_ns) {
		*operand = (int64_t)(to_ns - latest_ns);
		return KSM_FULL;
	}
	*after = to_ns;
	return KSM_GRANTED;
}

static enum ksm_reason
window_take(const struct l1_state *state, uint64_t now_ns, uint64_t *after, int64_t *operand)
{
	uint64_t *oldest = &after[1 + after[0]];

	if (*oldest > now_ns) {
		*operand = (int64_t)(*oldest - now_ns);
		return KSM_FULL;
	}
	*oldest = now_ns + state->object->amount;
	after[0] = (after[0] + 1) % state->object->count;
	return KSM_GRANTED;
}

static enum ksm_reason
counter_change(const struct l1_effect *effect, int64_t by, uint64_t *after, int64_t *operand)
{
	int64_t value = (int64_t)*after;
	bool fits = effect->kind == L1_ADD ? by <= (int64_t)effect->state->object->amount - value
					   : by <= value;

	*operand = value;
	*after = (uint64_t)(effect->kind == L1_ADD ? value + (fits ? by : 0) : value - by);
	return fits ? KSM_GRANTED : KSM_FULL;
}

static enum ksm_reason
set_change(const struct l1_effect *effect, int64_t value, uint64_t *after, int64_t *operand)
{
	const struct l1_state *state = effect->state;
	uint64_t word = l1_effect_word(state->object, value);
	uint64_t *place = NULL;

	for (uint32_t i = 0; i < state->word_count; i++) {
		if (after[i] == word) {
			after[i] = effect->kind == L1_INSERT ? word : 0;
			return KSM_GRANTED;
		}
		place = after[i] == 0 ? &after[i] : place;
	}
	if (effect->kind == L1_REMOVE) {
		return KSM_GRANTED;
	}
	if (place == NULL) {
		*operand = state->word_count;
		return KSM_FULL;
	}
	*place = word;
	return KSM_GRANTED;
}

enum ksm_reason
l1_effect_apply(const struct l1_effect *effect, int64_t amount, uint64_t now_ns, uint64_t *after,
	int64_t *operand)
{
	const struct l1_object *object = effect->state->object;
	uint64_t until_ns;

	switch (effect->kind) {
	case L1_TAKE:
		return object->kind == L1_BUCKET
			       ? bucket_take(
					 effect->state, (uint64_t)amount, now_ns, after, operand)
			       : window_take(effect->state, now_ns, after, operand);
	case L1_ADD:
	case L1_SUB:
		return counter_change(effect, amount, after, operand);
	case L1_INSERT:
	case L1_REMOVE:
		return set_change(effect, amount, after, operand);
	case L1_ENTER:
		*operand = (int64_t)*after;
		if ((object->sources[amount] >> *after & 1) == 0) {
			return KSM_STATE;
		}
		*after = (uint64_t)amount;
		return KSM_GRANTED;
	case L1_HOLD:
		until_ns = now_ns + object->amount;
		*after = until_ns < KSM_TIME_MAX ? until_ns : KSM_TIME_MAX;
		return KSM_GRANTED;
	case L1_DROP:
		*after = 0;
		return KSM_GRANTED;
	case L1_ANEW:
		memset(after, 0, effect->state->word_count * sizeof *after);
		return KSM_GRANTED;
	}
	return KSM_GRANTED;
}

const char *
l1_effect_name(enum l1_effect_kind kind)
{
	static const char *const names[] = {
		[L1_TAKE] = "take",
		[L1_ADD] = "add",
		[L1_SUB] = "sub",
		[L1_INSERT] = "insert",
		[L1_REMOVE] = "remove",
		[L1_ENTER] = "enter",
		[L1_HOLD] = "hold",
		[L1_DROP] = "drop",
		[L1_ANEW] = "begin anew",
	};

	return names[kind];
}
