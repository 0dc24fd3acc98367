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

struct remembered {
	uint8_t kind; /* enum format_state_kind */
	uint32_t cells;
	uint32_t words_of_one;
	uint32_t count;
	uint64_t amount;
	uint64_t low;
	uint64_t *words; /* of the cell at hand */
};

static void
state_read(const uint8_t *state, uint64_t *words, struct remembered *out)
{
	out->kind = state[0];
	out->cells = format_state_cells(state);
	out->words_of_one = format_state_words(state);
	out->count = format_u32(state + offsetof(struct format_state, count));
	out->amount = format_u64(state + offsetof(struct format_state, amount));
	out->low = format_u64(state + offsetof(struct format_state, low));
	out->words = &words[format_u32(state + offsetof(struct format_state, first))];
}

/* A grant leaves when the new window would have let it; those that leave last are kept. */
static void
window_move(const struct remembered *old, const struct remembered *new)
{
	uint64_t from = old->words[0];
	uint64_t to = from < new->count ? from : 0;

	for (uint32_t i = 0; i < old->count; i++) {
		uint64_t until_ns = old->words[1 + from];

		new->words[1 + to] = until_ns == 0 ? 0 : until_ns + new->amount - old->amount;
		to = to + 1 < new->count ? to + 1 : 0;
		from = from + 1 < old->count ? from + 1 : 0;
	}
	new->words[0] = to;
}

/* `old` becomes `new`: as it is if its bounds are the same or wider, else on the stricter side.
 * False: that cannot be said of them. */
static bool
state_move(const struct remembered *old, const struct remembered *new, uint64_t now_ns)
{
	uint64_t word = *old->words;
	uint64_t most = new->amount;

	if (old->kind != new->kind) {
		return false;
	}
	if (old->kind == FORMAT_WINDOW) {
		window_move(old, new);
		return true;
	}
	if (old->kind == FORMAT_SET || old->kind == FORMAT_MACHINE) {
		if (old->count != new->count || old->amount != most || old->low != new->low) {
			return false;
		}
		for (uint32_t i = 0; i < new->words_of_one; i++) {
			new->words[i] = old->words[i];
		}
		return true;
	}
	if (old->kind == FORMAT_LIMIT) {
		most = word; /* so many there are */
	} else if (old->kind != FORMAT_COUNTER) {
		most = now_ns + most * new->count;
	}
	/* A bucket that was used is empty if a token is dearer now, or there are fewer. */
	if (old->kind == FORMAT_BUCKET && word > now_ns &&
		(new->amount > old->amount || new->count < old->count)) {
		word = most;
	}
	*new->words = least(word, most);
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
	uint32_t rest = word - format_u32(old + offsetof(struct format_state, first));
	struct remembered from;
	struct remembered to = {0};

	state_read(old, ksm->words, &from);
	*is_kept = count != 0 && format_state_id(new) == format_state_id(old);
	if (*is_kept) {
		state_read(new, ksm->coming_words, &to);
		*is_kept = to.cells == from.cells;
	}
	/* Cell by cell from the last on, by doubling: the common ARMv7 base has no division. */
	for (int shift = CELLS_SHIFT_MAX; shift >= 0; shift--) {
		if (rest >= from.words_of_one << shift) {
			rest -= from.words_of_one << shift;
			from.words += from.words_of_one << shift;
			to.words += to.words_of_one << shift;
		}
	}
	if (*is_kept) {
		ksm_words_clear(to.words, to.words_of_one);
		*is_kept = state_move(&from, &to, now_ns);
	}
	return word - rest + from.words_of_one;
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

bool
ksm_swap(struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget)
{
	enum ksm_swapped swapped;

	do {
		swapped = ksm_swap_step(ksm, blob, words, now_ns, may_forget);
	} while (swapped == KSM_SWAP_GOES_ON);
	return swapped == KSM_SWAP_DONE;
}
