/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A live swap. Both policies are for one system, so they have the same edges with the same methods:
 * only what rows say differs, and what is remembered. So nothing that names an edge or an entry
 * has to be looked up again; the host's records, counters and capabilities stay as they are.
 */
#include "ksm/engine/swap.h"

#include "ksm/engine/state.h"
#include "ksm/format_state.h"

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
state_read(const struct ksm *ksm, const uint8_t *state, struct remembered *out)
{
	out->kind = state[0];
	out->cells = format_state_cells(state);
	out->words_of_one = format_state_words(state);
	out->count = format_u32(state + offsetof(struct format_state, count));
	out->amount = format_u64(state + offsetof(struct format_state, amount));
	out->low = format_u64(state + offsetof(struct format_state, low));
	out->words = &ksm->words[format_u32(state + offsetof(struct format_state, first))];
}

/* A grant leaves when the new window would have let it; those that leave last are kept. */
static void
window_move(const struct remembered *old, const struct remembered *new)
{
	*new->words = 0;
	for (uint32_t i = 0; i < old->count; i++) {
		uint64_t until_ns = old->words[i] + new->amount - old->amount;
		uint64_t *place = new->words;

		for (uint32_t n = 1; n < new->count; n++) {
			if (new->words[n] < *place) {
				place = &new->words[n];
			}
		}
		if (old->words[i] != 0 && until_ns > *place) {
			*place = until_ns;
		}
	}
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

/* Both have as many cells, because they are for one system. */
static bool
cells_move(struct remembered *old, struct remembered *new, uint64_t now_ns)
{
	if (old->cells != new->cells) {
		return false;
	}
	for (uint32_t i = 0; i < new->cells; i++) {
		if (!state_move(old, new, now_ns)) {
			return false;
		}
		old->words += old->words_of_one;
		new->words += new->words_of_one;
	}
	return true;
}

/* Both lists are sorted by id. Returns how many states were found again. */
static uint32_t
states_move(const struct ksm *ksm, const struct ksm *next)
{
	const uint8_t *old = ksm->at[FORMAT_STATES];
	const uint8_t *new = next->at[FORMAT_STATES];
	uint32_t left = ksm->count[FORMAT_STATES];
	uint32_t moved = 0;
	struct remembered from;
	struct remembered to;

	for (uint32_t i = 0; i < next->count[FORMAT_STATES]; i++) {
		while (left > 0 && format_state_id(old) < format_state_id(new)) {
			old += sizeof(struct format_state);
			left--;
		}
		if (left > 0 && format_state_id(old) == format_state_id(new)) {
			state_read(ksm, old, &from);
			state_read(next, new, &to);
			moved += cells_move(&from, &to, next->now_ns);
		}
		new += sizeof(struct format_state);
	}
	return moved;
}

bool
ksm_swap(struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget)
{
	struct ksm next = *ksm;

	next.now_ns = least(now_ns, KSM_TIME_MAX);
	if (next.now_ns < ksm->now_ns) {
		next.now_ns = ksm->now_ns;
	}
	ksm_point(&next, blob, words);
	if (states_move(ksm, &next) != ksm->count[FORMAT_STATES] && !may_forget) {
		return false;
	}
	next.epoch++;
	*ksm = next;
	return true;
}
