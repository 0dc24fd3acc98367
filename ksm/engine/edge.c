/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Working memory of a verified policy: edges and entries in RAM, and the search for an edge. */
#include "ksm/engine/plain.h"
#include "ksm/format.h"

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

/* Edges come first, then entries; both are counted in entries. */
#define EDGE_ENTRIES (sizeof(struct ksm_edge) / sizeof(struct ksm_entry))

_Static_assert(sizeof(struct ksm_edge) % sizeof(struct ksm_entry) == 0, "one table for both");
_Static_assert(sizeof(struct ksm_entry) == 32, "an index is a shift");

size_t
ksm_memory_bytes(const uint8_t *blob, size_t length_bytes)
{
	if (length_bytes < sizeof(struct format_header)) {
		return 0;
	}
	return section_count(blob, FORMAT_EDGES) * sizeof(struct ksm_edge) +
	       format_u32(blob + offsetof(struct format_header, entry_count)) *
		       sizeof(struct ksm_entry);
}

/* Of a call or a reply. */
static struct ksm_lengths
lengths_make(uint32_t action, uint32_t shape)
{
	const uint32_t plain = FORMAT_ACTION_GRANT | FORMAT_ACTION_AUDIT_MASK
							     << FORMAT_ACTION_AUDIT_SHIFT;
	uint32_t low = format_shape_low(shape);
	struct ksm_lengths lengths = {
		.shortest = (int16_t)low, .count = (uint16_t)(format_shape_high(shape) + 1 - low)};

	if ((action & plain) != FORMAT_ACTION_GRANT) {
		lengths.shortest = (int16_t)((int32_t)low - KSM_NOT_PLAIN);
	}
	return lengths;
}

static void
entry_init(struct ksm_entry *entry, const uint8_t *row)
{
	for (uint32_t i = 0; i < KSM_EVENTS; i++) {
		entry->action[i] =
			format_u32(row + offsetof(struct format_row, action) + (size_t)4 * i);
		entry->granted[i] = 0;
	}
	for (uint32_t i = 0; i < 2; i++) {
		uint32_t shape =
			format_u32(row + offsetof(struct format_row, shape) + (size_t)4 * i);
		entry->lengths[i] = lengths_make(entry->action[i], shape);
		entry->action[i] |= shape >> FORMAT_SHAPE_MORE_SHIFT << KSM_SHAPE_SHIFT;
	}
}

static void
edge_init(struct ksm_edge *edge, const uint8_t *from, uint32_t first)
{
	edge->holder = (uint16_t)format_u16(from + offsetof(struct format_edge, holder));
	edge->target = (uint16_t)format_u16(from + offsetof(struct format_edge, target));
	edge->interface = (uint16_t)format_u16(from + offsetof(struct format_edge, interface));
	edge->methods = (uint16_t)format_u16(from + offsetof(struct format_edge, methods));
	edge->first = first;
	for (uint32_t i = 0; i < KSM_REASONS; i++) {
		edge->denied[i] = 0;
	}
	edge->granted_wraps = 0;
	edge->unused[0] = 0;
	edge->unused[1] = 0;
}

void
ksm_init(struct ksm *ksm, const uint8_t *blob, size_t length_bytes, void *memory)
{
	const uint8_t *from = section(blob, FORMAT_EDGES);
	/* Of method 0, which is none. */
	uint32_t at = section_count(blob, FORMAT_EDGES) * (uint32_t)EDGE_ENTRIES - 1;

	ksm->blob = blob;
	ksm->length_bytes = (uint32_t)length_bytes;
	ksm->edge_count = section_count(blob, FORMAT_EDGES);
	ksm->entry_count = format_u32(blob + offsetof(struct format_header, entry_count));
	ksm->label_count = format_u32(blob + offsetof(struct format_header, label_count));
	ksm->instance_count = format_u32(blob + offsetof(struct format_header, instance_count));
	ksm->edges = memory;
	ksm->programs = section(blob, FORMAT_PROGRAMS);
	ksm->code = section(blob, FORMAT_CODE);
	ksm->sets = section(blob, FORMAT_SETS);
	ksm->ranges = section(blob, FORMAT_RANGES);
	ksm->epoch = 0;
	for (uint32_t i = 0; i < ksm->edge_count; i++) {
		const uint8_t *row = section(blob, FORMAT_ROWS) +
				     format_u32(from + offsetof(struct format_edge, first)) *
					     sizeof(struct format_row);

		edge_init(&ksm->edges[i], from, at);
		for (uint32_t method = 0; method < ksm->edges[i].methods; method++) {
			entry_init(ksm_entry_at(ksm->edges, &ksm->edges[i], method + 1), row);
			row += sizeof(struct format_row);
		}
		at += ksm->edges[i].methods;
		from += sizeof(struct format_edge);
	}
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
ksm_edge_granted(const struct ksm *ksm, const struct ksm_edge *edge)
{
	const struct ksm_entry *entry = ksm_entry_at(ksm->edges, edge, 1);
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
