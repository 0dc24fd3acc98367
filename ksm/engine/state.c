/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a policy remembers: tests read it, effects say what it shall become. */
#include "ksm/engine/state.h"

#include "ksm/format_state.h"

static const uint8_t *
state_at(const struct ksm *ksm, uint32_t number)
{
	return ksm->at[FORMAT_STATES] + number * sizeof(struct format_state);
}

/*@ requires \valid_read(state + (0 .. sizeof(struct format_state) - 1));
  @ assigns \nothing;
  @*/
static uint32_t
state_count(const uint8_t *state)
{
	return format_u32(state + offsetof(struct format_state, count));
}

static uint64_t *
state_words(const struct ksm *ksm, const uint8_t *state)
{
	uint32_t cell = ksm->index < format_state_cells(state) ? ksm->index : 0;

	return &ksm->words[format_u32(state + offsetof(struct format_state, first)) +
			   cell * format_state_words(state)];
}

int64_t
ksm_state_value(const struct ksm *ksm, uint32_t number)
{
	const uint8_t *state = state_at(ksm, number);
	uint64_t word = *state_words(ksm, state);

	return state[0] == FORMAT_LATCH ? ksm->now_ns < word : (int64_t)word;
}

/* How a set keeps a value; 0 if it is none of its type. */
static uint64_t
set_word(const uint8_t *state, int64_t value)
{
	uint64_t word =
		(uint64_t)value - format_u64(state + offsetof(struct format_state, low)) + 1;

	return word <= format_u64(state + offsetof(struct format_state, amount)) ? word : 0;
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
ksm_state_has(const struct ksm *ksm, uint32_t number, int64_t value)
{
	const uint8_t *state = state_at(ksm, number);
	uint64_t word = set_word(state, value);

	return word != 0 && word_find(state_words(ksm, state), state_count(state), word) != NULL;
}

/* GCRA: the word is the time at which the bucket is full again; `tokens` put it off. */
static enum ksm_reason
bucket_take(uint64_t now_ns, const uint8_t *state, uint64_t tokens, struct state_write *write,
	int64_t *operand)
{
	uint64_t token_ns = format_u64(state + offsetof(struct format_state, amount));
	uint64_t room_ns = token_ns * state_count(state);
	uint64_t ahead_ns = *write->word > now_ns ? *write->word - now_ns : 0;

	ahead_ns += tokens * token_ns;
	if (ahead_ns > room_ns) {
		*operand = (int64_t)(ahead_ns - room_ns);
		return KSM_FULL;
	}
	write->value = now_ns + ahead_ns;
	return KSM_GRANTED;
}

/* The place that is free first takes the new grant. */
static enum ksm_reason
window_take(uint64_t now_ns, const uint8_t *state, struct state_write *write, int64_t *operand)
{
	uint64_t *words = write->word;
	uint32_t count = state_count(state);

	for (uint32_t i = 1; i < count; i++) {
		if (words[i] < *write->word) {
			write->word = &words[i];
		}
	}
	if (*write->word > now_ns) {
		*operand = (int64_t)(*write->word - now_ns);
		return KSM_FULL;
	}
	write->value = now_ns + format_u64(state + offsetof(struct format_state, amount));
	return KSM_GRANTED;
}

/* Counters, and what is added, are below 2^63. There may be more than a limit that was lowered. */
static enum ksm_reason
counter_move(bool is_more, const uint8_t *state, uint64_t by, struct state_write *write,
	int64_t *operand)
{
	uint64_t value = *write->word;
	uint64_t most = format_u64(state + offsetof(struct format_state, amount));

	if (is_more ? by > most || value > most - by : by > value) {
		*operand = (int64_t)value;
		return KSM_FULL;
	}
	write->value = is_more ? value + by : value - by;
	return KSM_GRANTED;
}

static enum ksm_reason
set_change(bool is_insert, const uint8_t *state, uint64_t word, struct state_write *write,
	int64_t *operand)
{
	uint32_t count = state_count(state);
	uint64_t *words = write->word;
	uint64_t *place = word_find(words, count, word);

	if (is_insert) {
		write->value = word;
		if (place == NULL) {
			place = word_find(words, count, 0);
		}
		if (place == NULL || word == 0) {
			*operand = (int64_t)count;
			return KSM_FULL;
		}
	}
	write->word = place;
	write->count = place != NULL; /* what is to go may not be there */
	return KSM_GRANTED;
}

static enum ksm_reason
machine_enter(uint32_t to, uint32_t from_bits, struct state_write *write, int64_t *operand)
{
	write->value = to;
	if ((from_bits >> *write->word & 1) != 0) {
		return KSM_GRANTED;
	}
	*operand = (int64_t)*write->word;
	return KSM_STATE;
}

enum ksm_reason
ksm_state_effect(const struct ksm *ksm, uint32_t op, uint32_t c, int64_t v,
	struct state_write *write, int64_t *operand)
{
	const uint8_t *state = state_at(ksm, op >> 16);
	uint32_t code = op & 0xff;
	uint32_t a = op >> 8 & 0xff;
	bool is_v = a == FORMAT_OPERAND_V;
	uint64_t until_ns;

	write->word = state_words(ksm, state);
	write->value = 0;
	write->count = 1;
	switch (code) {
	case FORMAT_OP_TAKE:
		return state[0] == FORMAT_BUCKET
			       ? bucket_take(ksm->now_ns, state, c, write, operand)
			       : window_take(ksm->now_ns, state, write, operand);
	case FORMAT_OP_ADD:
	case FORMAT_OP_SUB:
		return counter_move(
			code == FORMAT_OP_ADD, state, is_v ? (uint64_t)v : c, write, operand);
	case FORMAT_OP_INSERT:
	case FORMAT_OP_REMOVE:
		return set_change(code == FORMAT_OP_INSERT, state, is_v ? set_word(state, v) : c,
			write, operand);
	case FORMAT_OP_ENTER:
		return machine_enter(a, c, write, operand);
	case FORMAT_OP_HOLD:
		until_ns = ksm->now_ns + format_u64(state + offsetof(struct format_state, amount));
		write->value = until_ns < KSM_TIME_MAX ? until_ns : KSM_TIME_MAX;
		return KSM_GRANTED;
	case FORMAT_OP_ANEW:
		write->count = format_state_words(state);
		return KSM_GRANTED;
	default:
		return KSM_GRANTED;
	}
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
	uint32_t count = state_count(p);
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

		if (format_u32(state + offsetof(struct format_state, first)) != at ||
			id <= id_before || !state_verify(state, label_count) ||
			format_state_cells(state) == 0) {
			return KSM_PROGRAM;
		}
		id_before = id;
		at += (uint64_t)format_state_words(state) * format_state_cells(state);
		if (at > FORMAT_WORDS_MAX) {
			return KSM_INDEX;
		}
		state += sizeof(struct format_state);
	}
	return KSM_OK;
}
