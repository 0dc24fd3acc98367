/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Working memory of a verified policy: edges and entries in RAM, and the search for an edge. */
#include "ksm/engine/plain.h"
#include "ksm/engine/range.h"
#include "ksm/engine/step.h"
#include "ksm/engine/swap.h"
#include "ksm/format_state.h"

/* Of one step: they bound how long a host is away. */
#define SETTLE_ENTRIES 8u
#define RESTART_STATES 64u

_Static_assert(KSM_SECTIONS == FORMAT_SECTIONS, "ksm.h");
_Static_assert(KSM_ASK_SHIFT == FORMAT_SHAPE_CALL_ASK - FORMAT_SHAPE_MORE_SHIFT + KSM_SHAPE_SHIFT,
	"ksm.h");

static const uint8_t *
section(const uint8_t *blob, enum format_section_id id)
{
	return blob + format_u32(blob + offsetof(struct format_header, sections) +
				 id * sizeof(struct format_section));
}

static uint32_t
section_count(const uint8_t *blob, enum format_section_id id)
{
	return format_u32(blob + offsetof(struct format_header, sections) +
			  id * sizeof(struct format_section) +
			  offsetof(struct format_section, count));
}

/* Edges come first, then entries, both counted in entries; then words. */
#define EDGE_ENTRIES (sizeof(struct ksm_edge) / sizeof(struct ksm_entry))

_Static_assert(sizeof(struct ksm_edge) % sizeof(struct ksm_entry) == 0, "one table for both");
_Static_assert(sizeof(struct ksm_entry) == 32, "an index is a shift");

static uint32_t
words_of(const uint8_t *state)
{
	return format_state_words(state) * format_state_cells(state);
}

/* Words of all states: the last one's, and those before them. */
static uint32_t
word_count(const uint8_t *blob)
{
	uint32_t count = section_count(blob, FORMAT_STATES);
	const uint8_t *last =
		section(blob, FORMAT_STATES) + (count - 1) * sizeof(struct format_state);

	return count == 0
		       ? 0
		       : format_u32(last + offsetof(struct format_state, first)) + words_of(last);
}

size_t
ksm_state_bytes(const uint8_t *blob)
{
	return word_count(blob) * sizeof(uint64_t) +
	       section_count(blob, FORMAT_PROGRAMS) * sizeof(struct ksm_range);
}

size_t
ksm_memory_bytes(const uint8_t *blob, size_t length_bytes)
{
	if (length_bytes < sizeof(struct format_header)) {
		return 0;
	}
	return section_count(blob, FORMAT_EDGES) * sizeof(struct ksm_edge) +
	       format_u32(blob + offsetof(struct format_header, entry_count)) *
		       sizeof(struct ksm_entry) +
	       ksm_state_bytes(blob);
}

void
ksm_words_clear(uint64_t *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		words[i] = 0;
	}
}

/* Of a call or a reply. What is asked about is no message, so it is neither plain nor run. */
/*@ assigns \nothing;
  @ ensures is_ask || !is_plain_action(action) ==> are_not_plain(\result);
  @ ensures (action & FORMAT_ACTION_RUN) == 0 ==> cannot_run(\result);
  @*/
static uint32_t
lengths_make(uint32_t action, uint32_t shape, bool is_ask)
{
	const uint32_t plain = FORMAT_ACTION_GRANT | FORMAT_ACTION_AUDIT_MASK
							     << FORMAT_ACTION_AUDIT_SHIFT;
	uint32_t low = format_shape_low(shape);
	uint32_t high = format_shape_high(shape);
	uint32_t more = KSM_NOT_PLAIN;

	if (!is_ask && (action & FORMAT_ACTION_RUN) != 0) {
		more = KSM_RUNS;
	} else if (!is_ask && (action & plain) == FORMAT_ACTION_GRANT) {
		more = 0;
	}
	return ksm_lengths(low, high >= low ? high + 1 - low : 0, more);
}

/*@ requires \valid(entry) && \valid_read(row + (0 .. sizeof(struct format_row) - 1));
  @ assigns entry->action[0 .. KSM_EVENTS - 1], entry->lengths[0 .. 1];
  @*/
static void
entry_init(struct ksm_entry *entry, const uint8_t *row)
{
	/*@ loop invariant 0 <= i <= KSM_EVENTS;
	  @ loop assigns i, entry->action[0 .. KSM_EVENTS - 1];
	  @ loop variant KSM_EVENTS - i;
	  @*/
	for (uint32_t i = 0; i < KSM_EVENTS; i++) {
		entry->action[i] =
			format_u32(row + offsetof(struct format_row, action) + (size_t)4 * i);
	}
	/*@ loop invariant 0 <= i <= 2;
	  @ loop assigns i, entry->action[0 .. 1], entry->lengths[0 .. 1];
	  @ loop variant 2 - i;
	  @*/
	for (uint32_t i = 0; i < 2; i++) {
		uint32_t shape =
			format_u32(row + offsetof(struct format_row, shape) + (size_t)4 * i);
		entry->lengths[i] = lengths_make(
			entry->action[i], shape, i == KSM_CALL && format_shape_is_ask(shape) != 0);
		entry->action[i] |= shape >> FORMAT_SHAPE_MORE_SHIFT << KSM_SHAPE_SHIFT;
	}
}

static void
edge_init(struct ksm_edge *edge, const uint8_t *from, uint32_t first)
{
	uint32_t ends = format_u32(from); /* holder, target */
	uint32_t speech = format_u32(from + offsetof(struct format_edge, interface));

	edge->holder = (uint16_t)ends;
	edge->target = (uint16_t)(ends >> 16);
	edge->interface = (uint16_t)speech; /* and how many methods */
	edge->methods = (uint16_t)(speech >> 16);
	edge->first = first;
}

void
ksm_point(struct ksm *ksm, const uint8_t *blob, uint64_t *words)
{
	ksm->blob = blob;
	ksm->length_bytes = format_u32(blob + offsetof(struct format_header, length_bytes));
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		ksm->at[i] = section(blob, (enum format_section_id)i);
		ksm->count[i] = section_count(blob, (enum format_section_id)i);
	}
	ksm->words = words;
	ksm->ranges = (struct ksm_range *)(void *)(words + word_count(blob));
	ksm->stale_edge = 0;
	ksm->stale_method = 0;
	ksm->is_stale = ksm->count[FORMAT_EDGES] != 0;
}

void
ksm_init(struct ksm *ksm, const uint8_t *blob, size_t length_bytes, void *memory)
{
	const uint8_t *from = blob + sizeof(struct format_header); /* the first section */
	uint32_t at;

	ksm_words_clear(memory, ksm_memory_bytes(blob, length_bytes) / sizeof(uint64_t));
	ksm->edge_count = section_count(blob, FORMAT_EDGES);
	ksm->entry_count = format_u32(blob + offsetof(struct format_header, entry_count));
	ksm->label_count = format_u32(blob + offsetof(struct format_header, label_count));
	ksm->instance_count = format_u32(blob + offsetof(struct format_header, instance_count));
	ksm->edges = memory;
	ksm->now_ns = 0;
	ksm->epoch = 0;
	ksm->coming = NULL;
	ksm->is_more = false;
	ksm_point(ksm, blob, (uint64_t *)(void *)(ksm_entries(ksm) + ksm->entry_count));
	/* Of method 0, which is none. */
	at = ksm->edge_count * (uint32_t)EDGE_ENTRIES - 1;
	for (uint32_t i = 0; i < ksm->edge_count; i++) {
		edge_init(&ksm->edges[i], from, at);
		at += ksm->edges[i].methods - (uint32_t)EDGE_ENTRIES;
		from += sizeof(struct format_edge);
	}
	while (ksm_settle_step(ksm)) {
	}
}

void
ksm_entry_renew(struct ksm *ksm, const struct ksm_edge *edge, uint32_t method)
{
	const uint8_t *from =
		ksm->at[FORMAT_EDGES] + (size_t)(edge - ksm->edges) * sizeof(struct format_edge);
	uint32_t row = format_u32(from + offsetof(struct format_edge, first)) + method - 1;

	entry_init(
		ksm_entry_at(edge, method), ksm->at[FORMAT_ROWS] + row * sizeof(struct format_row));
}

bool
ksm_settle_step(struct ksm *ksm)
{
	for (uint32_t i = 0; i < SETTLE_ENTRIES && ksm->is_stale; i++) {
		const struct ksm_edge *edge = &ksm->edges[ksm->stale_edge];

		ksm->stale_method++;
		ksm_entry_renew(ksm, edge, ksm->stale_method);
		if (ksm->stale_method == edge->methods) {
			ksm->stale_method = 0;
			ksm->stale_edge++;
			ksm->is_stale = ksm->stale_edge < ksm->edge_count;
		}
	}
	return ksm->is_stale;
}

uint32_t
ksm_restart_step(struct ksm *ksm, uint16_t label, uint32_t from)
{
	const uint8_t *state = ksm->at[FORMAT_STATES] + from * sizeof(struct format_state);
	uint32_t left = ksm->count[FORMAT_STATES] - from;
	uint32_t count = left < RESTART_STATES ? left : RESTART_STATES;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t labels = format_u32(state + offsetof(struct format_state, holder));

		if (state[offsetof(struct format_state, resets)] != 0 &&
			((labels & 0xffff) == label || labels >> 16 == label)) {
			ksm_words_clear(&ksm->words[format_u32(
						state + offsetof(struct format_state, first))],
				words_of(state));
			ksm->coming_at = 0; /* if another policy is coming: once more */
		}
		state += sizeof(struct format_state);
	}
	return count < left ? from + count : 0;
}

static uint64_t
edge_key(uint16_t holder, uint16_t target, uint16_t interface)
{
	return (uint64_t)holder << 32 | (uint32_t)target << 16 | interface;
}

struct ksm_edge *
ksm_edge_open(const struct ksm *ksm, uint16_t holder, uint16_t target, uint16_t interface)
{
	uint64_t key = edge_key(holder, target, interface);
	uint32_t low = 0;
	uint32_t high = ksm->edge_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		struct ksm_edge *edge = &ksm->edges[middle];
		uint64_t found = edge_key(edge->holder, edge->target, edge->interface);

		if (found == key) {
			return edge;
		}
		if (found < key) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return NULL;
}

uint64_t
ksm_edge_granted(const struct ksm_edge *edge)
{
	const struct ksm_entry *entry = ksm_entry_at(edge, 1);
	uint64_t sum = (uint64_t)edge->granted_wraps << 32;

	for (uint32_t i = 0; i < edge->methods; i++) {
		for (uint32_t event = 0; event < KSM_EVENTS; event++) {
			sum += entry[i].granted[event];
		}
	}
	return sum;
}

const uint8_t *
ksm_abi_digest(const uint8_t *blob)
{
	return blob + offsetof(struct format_header, abi_digest);
}

size_t
ksm_digest_offset(void)
{
	return offsetof(struct format_header, abi_digest);
}
