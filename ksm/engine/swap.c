/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A live swap. Both policies are for one system, so they have the same edges with the same methods:
 * only what rows say differs, and what is remembered. So nothing that names an edge or an entry
 * has to be looked up again; the host's records, counters and capabilities stay as they are.
 *
 * What is remembered is moved in steps, while the policy before is still in force: what that one
 * writes behind the last step is moved again.
 */
#include "ksm/engine/swap.h"

#include "ksm/engine/state.h"
#include "ksm/engine/step.h"
#include "ksm/format_state.h"

#define STEP_WORDS      256u /* to clear, and */
#define STEP_CELLS      4u   /* to move, between two looks at what else there is to do */
#define CELLS_SHIFT_MAX 15   /* format.h: a state has fewer than 2 to the power of 16 */

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static bool
words_equal(const uint8_t *a, const uint8_t *b, uint32_t bytes)
{
	for (; bytes > 0; bytes -= 4) {
		if (format_u32(a) != format_u32(b)) {
			return false;
		}
		a += 4;
		b += 4;
	}
	return true;
}

/* Rows that an edge's methods share with others stand elsewhere; shapes follow from interfaces. */
bool
ksm_is_for_same(const uint8_t *blob, const uint8_t *other)
{
	const uint32_t from = offsetof(struct format_header, abi_digest);
	const uint32_t edges = offsetof(struct format_header, sections);
	uint32_t count = format_u32(blob + edges + offsetof(struct format_section, count));

	_Static_assert(FORMAT_EDGES == 0, "the first section, behind the header");
	if (!words_equal(
		    blob + from, other + from, offsetof(struct format_header, rule_count) - from) ||
		!words_equal(blob + edges, other + edges, sizeof(struct format_section))) {
		return false;
	}
	blob += sizeof(struct format_header);
	other += sizeof(struct format_header);
	for (; count > 0; count--) {
		if (!words_equal(blob, other, offsetof(struct format_edge, first))) {
			return false;
		}
		blob += sizeof(struct format_edge);
		other += sizeof(struct format_edge);
	}
	return true;
}

uint32_t
ksm_length_bytes(const uint8_t *blob)
{
	return format_u32(blob + offsetof(struct format_header, length_bytes));
}

uint64_t
ksm_policy_version(const uint8_t *blob)
{
	return format_u64(blob + offsetof(struct format_header, policy_version));
}

/* A grant leaves when the new window would have let it; those that leave last are kept. */
static void
window_move(
	const uint64_t *old, uint32_t old_count, uint64_t *new, uint32_t count, uint64_t more_ns)
{
	uint64_t from = old[0];
	uint64_t to = from < count ? from : 0;

	for (uint32_t i = 0; i < old_count; i++) {
		uint64_t until_ns = old[1 + from];

		new[1 + to] = until_ns == 0 ? 0 : until_ns + more_ns;
		to = to + 1 < count ? to + 1 : 0;
		from = from + 1 < old_count ? from + 1 : 0;
	}
	new[0] = to;
}

/* The words `old` of a cell become `new`: as they are if the new state's bounds are the same or
 * wider, else on the stricter side. False: that cannot be said of them. */
static bool
state_move(const uint8_t *old_state, const uint64_t *old, const uint8_t *state, uint64_t *new,
	uint64_t now_ns)
{
	const uint32_t low = offsetof(struct format_state, low); /* and the amount behind it */
	uint8_t kind = state[0];
	uint32_t words = format_state_words(state);
	uint32_t old_count = format_state_count(old_state);
	uint32_t count = format_state_count(state);
	uint64_t more = format_state_amount(state) - format_state_amount(old_state);
	uint64_t most = format_state_amount(state);
	uint64_t word = *old;

	ksm_words_clear(new, words);
	if (kind != old_state[0]) {
		return false;
	}
	if (kind == FORMAT_WINDOW) {
		window_move(old, old_count, new, count, more);
		return true;
	}
	if (kind == FORMAT_SET || kind == FORMAT_MACHINE || kind == FORMAT_LIMIT) {
		/* A limit: so many there are. */
		if (kind != FORMAT_LIMIT &&
			(old_count != count || !words_equal(old_state + low, state + low,
						       offsetof(struct format_state, id) - low))) {
			return false;
		}
		for (uint32_t i = 0; i < words; i++) {
			new[i] = old[i];
		}
		return true;
	}
	if (kind != FORMAT_COUNTER) {
		most = now_ns + most * count;
	}
	/* A bucket that was used is empty if a token is dearer now, or there are fewer. */
	if (kind == FORMAT_BUCKET && word > now_ns && ((int64_t)more > 0 || count < old_count)) {
		word = most;
	}
	*new = least(word, most);
	return true;
}

/* The last state whose id, or whose first word, is not behind the key, or else the first: both grow
 * along the list. Requires that there are some. */
static const uint8_t *
state_find(const uint8_t *state, uint32_t count, bool by_id, uint64_t key)
{
	while (count > 1) {
		const uint8_t *middle = state + count / 2 * sizeof(struct format_state);
		uint64_t there = by_id ? format_state_id(middle)
				       : format_u32(middle + offsetof(struct format_state, first));

		state = there <= key ? middle : state;
		count -= count / 2;
	}
	return state;
}

/* Moves the cell that has this word. Both policies have as many cells of a state, because they are
 * for one system. Returns the word behind it; *is_kept: it was found again. */
static uint32_t
cell_move(const struct ksm *ksm, uint64_t now_ns, uint32_t word, bool *is_kept)
{
	const uint8_t *section = ksm->coming + offsetof(struct format_header, sections) +
				 FORMAT_STATES * sizeof(struct format_section);
	uint32_t count = format_u32(section + offsetof(struct format_section, count));
	const uint8_t *old =
		state_find(ksm->at[FORMAT_STATES], ksm->count[FORMAT_STATES], false, word);
	const uint8_t *new =
		state_find(ksm->coming + format_u32(section), count, true, format_state_id(old));
	uint32_t words = format_state_words(old);
	uint32_t rest = word - format_u32(old + offsetof(struct format_state, first));
	uint32_t cell = 0;

	/* Cell by cell from the last on, by doubling: the common ARMv7 base has no division. */
	for (int shift = CELLS_SHIFT_MAX; shift >= 0; shift--) {
		cell += cell;
		if (rest >= words << shift) {
			rest -= words << shift;
			cell++;
		}
	}
	word -= rest;
	*is_kept =
		count != 0 && format_state_id(new) == format_state_id(old) &&
		format_state_cells(new) == format_state_cells(old) &&
		state_move(old, &ksm->words[word], new,
			&ksm->coming_words[format_u32(new + offsetof(struct format_state, first)) +
					   cell * format_state_words(new)],
			now_ns);
	return word + words;
}

static uint32_t
words_to_clear(const uint8_t *blob)
{
	return (uint32_t)(ksm_state_bytes(blob) / sizeof(uint64_t));
}

void
ksm_written(const struct ksm *ksm, const uint64_t *word)
{
	uint32_t at = (uint32_t)(word - ksm->words);
	bool is_kept;

	if (at + words_to_clear(ksm->coming) < ksm->coming_at) {
		(void)cell_move(ksm, ksm->now_ns, at, &is_kept);
	}
}

enum ksm_swapped
ksm_swap_step(
	struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget)
{
	uint32_t clear = words_to_clear(blob);
	uint32_t all = clear + (uint32_t)((uint64_t *)(void *)ksm->ranges - ksm->words);
	bool is_kept = true;

	if (ksm->coming != blob || ksm->coming_words != words) {
		ksm->coming = blob;
		ksm->coming_words = words;
		ksm->coming_at = 0;
		ksm->is_more = true;
	}
	if (ksm->coming_at < clear) {
		clear -= ksm->coming_at;
		clear = clear < STEP_WORDS ? clear : STEP_WORDS;
		ksm_words_clear(words + ksm->coming_at, clear);
		ksm->coming_at += clear;
		return KSM_SWAP_GOES_ON;
	}
	now_ns = least(now_ns, KSM_TIME_MAX);
	if (now_ns < ksm->now_ns) {
		now_ns = ksm->now_ns;
	}
	for (uint32_t i = 0; i < STEP_CELLS && ksm->coming_at < all; i++) {
		ksm->coming_at = clear + cell_move(ksm, now_ns, ksm->coming_at - clear, &is_kept);
		if (!is_kept && !may_forget) {
			ksm->coming = NULL;
			return KSM_SWAP_FORGETS;
		}
	}
	if (ksm->coming_at < all) {
		return KSM_SWAP_GOES_ON;
	}
	ksm->now_ns = now_ns;
	ksm_point(ksm, blob, words);
	ksm->coming = NULL;
	ksm->epoch++;
	return KSM_SWAP_DONE;
}
