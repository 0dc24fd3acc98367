/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Working memory of a verified policy: edges and entries in RAM, and the search for an edge. */
#include "ksm/engine/ksm.h"
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

/* Edges come first, entries at the next multiple of 8. */
static size_t
edges_bytes(uint32_t edge_count)
{
	return (edge_count * sizeof(struct ksm_edge) + 7) & ~(size_t)7;
}

size_t
ksm_memory_bytes(const uint8_t *blob, size_t length_bytes)
{
	if (length_bytes < sizeof(struct format_header)) {
		return 0;
	}
	return edges_bytes(section_count(blob, FORMAT_EDGES)) +
	       format_u32(blob + offsetof(struct format_header, entry_count)) *
		       sizeof(struct ksm_entry);
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
		entry->shape[i] =
			format_u32(row + offsetof(struct format_row, shape) + (size_t)4 * i);
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
}

void
ksm_init(struct ksm *ksm, const uint8_t *blob, size_t length_bytes, void *memory)
{
	const uint8_t *from = section(blob, FORMAT_EDGES);
	uint32_t at = 0;

	ksm->blob = blob;
	ksm->length_bytes = (uint32_t)length_bytes;
	ksm->edge_count = section_count(blob, FORMAT_EDGES);
	ksm->entry_count = format_u32(blob + offsetof(struct format_header, entry_count));
	ksm->label_count = format_u32(blob + offsetof(struct format_header, label_count));
	ksm->instance_count = format_u32(blob + offsetof(struct format_header, instance_count));
	ksm->edges = memory;
	ksm->entries =
		(struct ksm_entry *)(void *)((uint8_t *)memory + edges_bytes(ksm->edge_count));
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
			entry_init(&ksm->entries[at + method], row);
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
	const struct ksm_entry *entry = &ksm->entries[edge->first];
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
