/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a policy remembers: what may stand in the section of states, sets and windows. */
#include "ksm/engine/state.h"

#include "ksm/format_state.h"

_Static_assert(EFFECTS_MAX == FORMAT_EFFECTS_MAX, "state.h");

/* How a set keeps a value; 0 if it is none of its type. */
static uint64_t
set_word(const uint8_t *state, int64_t value)
{
	uint64_t word =
		(uint64_t)value - format_u64(state + offsetof(struct format_state, low)) + 1;

	return word <= format_state_amount(state) ? word : 0;
}

/* The last of `count` words that is `wanted`, or NULL. */
static uint64_t *
word_find(uint64_t *words, uint32_t count, uint64_t wanted)
{
	while (count > 0) {
		count--;
		if (words[count] == wanted) {
			return &words[count];
		}
	}
	return NULL;
}

bool
ksm_set_has(const uint8_t *state, uint64_t *words, int64_t value)
{
	uint64_t word = set_word(state, value);

	return word != 0 && word_find(words, format_state_count(state), word) != NULL;
}

static void
change(struct run *r, uint64_t *word, uint64_t value)
{
	r->next->word = word;
	r->next->before = *word;
	r->next++;
	*word = value;
}

/* Grants leave in the order in which they came: words[0] says which leaves next. */
static bool
window_take(uint64_t now_ns, const uint8_t *state, uint64_t *words, struct run *r)
{
	uint64_t at = words[0];

	if (words[1 + at] > now_ns) {
		r->why = words[1 + at] - now_ns;
		return false;
	}
	change(r, &words[1 + at], now_ns + format_state_amount(state));
	change(r, &words[0], at + 1 < format_state_count(state) ? at + 1 : 0);
	return true;
}

static bool
set_change(bool is_insert, uint32_t count, uint64_t *words, uint64_t word, struct run *r)
{
	uint64_t *place = word_find(words, count, word);

	if (is_insert && place == NULL) {
		place = word_find(words, count, 0);
	}
	if (is_insert && (place == NULL || word == 0)) {
		r->why = count;
		return false;
	}
	if (place != NULL) { /* what is to go may not be there */
		change(r, place, is_insert ? word : 0);
	}
	return true;
}

bool
ksm_words_effect(uint64_t now_ns, const uint8_t *state, uint64_t *words, uint32_t op, uint32_t c,
	struct run *r)
{
	uint32_t code = op & UINT8_MAX;
	bool is_v = (op >> 8 & 0xff) == FORMAT_OPERAND_V;

	r->reason = KSM_FULL;
	if (code == FORMAT_OP_SLIDE) {
		return window_take(now_ns, state, words, r);
	}
	if (code == FORMAT_OP_ANEW) {
		r->clears--;
		r->clears->word = words;
		r->clears->before = format_state_words(state);
		return true;
	}
	return set_change(code == FORMAT_OP_INSERT, format_state_count(state), words,
		is_v ? set_word(state, r->v) : c, r);
}

/* What a state of its kind may say: see the table in format.h. */
/*@ requires \valid_read(p + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static bool
state_verify(const uint8_t *p, uint32_t label_count)
{
	static const uint16_t count_max[] = {
		[FORMAT_BUCKET] = UINT16_MAX,
		[FORMAT_WINDOW] = FORMAT_WINDOW_MAX,
		[FORMAT_LATCH] = 1,
		[FORMAT_COUNTER] = 1,
		[FORMAT_SET] = FORMAT_SET_MAX,
		[FORMAT_MACHINE] = FORMAT_MACHINE_MAX,
		[FORMAT_LIMIT] = 1,
	};
	uint32_t labels = format_u32(p + offsetof(struct format_state, holder));
	uint32_t count = format_state_count(p);
	uint64_t amount = format_u64(p + offsetof(struct format_state, amount));

	return p[0] <= FORMAT_LIMIT && p[offsetof(struct format_state, resets)] <= 1 &&
	       (labels & 0xffff) < label_count && labels >> 16 < label_count &&
	       count - 1 < count_max[p[0]] && amount <= FORMAT_AMOUNT_MAX / count &&
	       (amount == 0) == (p[0] == FORMAT_MACHINE) &&
	       (p[0] == FORMAT_SET || format_u64(p + offsetof(struct format_state, low)) == 0);
}

enum ksm_verify_error
ksm_state_verify(const uint8_t *state, uint32_t count, uint32_t label_count)
{
	uint64_t at = 0;
	uint64_t id_before = 0;

	if (count > FORMAT_STATES_MAX) {
		return KSM_INDEX;
	}
	/*@ loop invariant 0 <= i <= count;
	  @ loop invariant state == \at(state, Pre) + i * sizeof(struct format_state);
	  @ loop assigns i, state, at, id_before;
	  @ loop variant count - i;
	  @*/
	for (uint32_t i = 0; i < count; i++) {
		uint64_t id = format_state_id(state);
		uint32_t words = format_state_words(state);

		if (format_u32(state + offsetof(struct format_state, first)) != at ||
			id <= id_before || !state_verify(state, label_count) ||
			format_state_cells(state) == 0) {
			return KSM_PROGRAM;
		}
		id_before = id;
		at += (uint64_t)words * format_state_cells(state);
		if (at > FORMAT_WORDS_MAX) {
			return KSM_INDEX;
		}
		state += sizeof(struct format_state);
	}
	return KSM_OK;
}
