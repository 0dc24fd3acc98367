/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_blob.c: one section behind the other; what the header says of all of them is put in last. */
#include "emit_blob.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "emit_names.h"
#include "emit_pool.h"
#include "ksm/engine/ksm.h"
#include "ksm/format.h"
#include "tools/host/sha256.h"
#include "wire.h"

/* The last section. */
#define SECTION_NAMES (FORMAT_SECTIONS - 1)

/* All behind the length, but what sections say; the digest comes when all is there. */
static void
header_emit(const struct emit_sections *from, struct buffer *body)
{
	static const char digest[32];

	buffer_add(body, digest, sizeof(digest));
	buffer_add(body, (const char *)from->l1->abi_digest, sizeof(from->l1->abi_digest));
	buffer_add(body, (const char *)from->l1->core_digest, sizeof(from->l1->core_digest));
	buffer_add(body, (const char *)from->l1->system_digest, sizeof(from->l1->system_digest));
	wire_u32(body, from->l1->label_count);
	wire_u32(body, from->l1->instance_count);
	wire_u32(body, from->l1->rule_count);
	wire_u32(body, from->entry_count);
	wire_u64(body, from->l1->version);
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		wire_u64(body, 0);
	}
	assert(body->size == sizeof(struct format_header));
}

/* Where the next section begins, and how many elements it has. Offsets count from the start. */
static void
section_begin(struct buffer *out, uint32_t section, uint32_t count)
{
	size_t at =
		offsetof(struct format_header, sections) + section * sizeof(struct format_section);

	wire_align(out, 8);
	wire_patch_u32(out, at + offsetof(struct format_section, offset), (uint32_t)out->size);
	wire_patch_u32(out, at + offsetof(struct format_section, count), count);
}

static void
sections_emit(struct emit_sections *from, struct buffer *out)
{
	struct emit_pool *pool = from->pool;
	const uint32_t counts[SECTION_NAMES] = {from->edge_count, from->row_count,
		pool->program_count, (uint32_t)(pool->code.size / sizeof(struct format_op)),
		pool->set_count, (uint32_t)(pool->ranges.size / sizeof(struct format_range)),
		from->l1->state_count, from->abort_count};
	struct buffer *sections[SECTION_NAMES] = {from->edges, from->rows, &pool->programs,
		&pool->code, &pool->sets, &pool->ranges, from->states, from->aborts};

	size_t size = 0;

	for (uint32_t i = 0; i < SECTION_NAMES; i++) {
		size += sections[i]->size + 8;
	}
	buffer_reserve(out, size);
	for (uint32_t i = 0; i < SECTION_NAMES; i++) {
		section_begin(out, i, counts[i]);
		if (sections[i]->size > 0) {
			buffer_add(out, sections[i]->bytes, sections[i]->size);
			buffer_drop(sections[i]);
		}
	}
}

size_t
emit_blob(struct emit_sections *sections, struct buffer *out, uint8_t digest[32])
{
	size_t from = ksm_digest_offset();
	size_t names;

	wire_u64(out, FORMAT_MAGIC);
	wire_u32(out, FORMAT_VERSION);
	wire_u32(out, 0);
	header_emit(sections, out);
	sections_emit(sections, out);
	arena_release(sections->pool->arena);
	section_begin(out, SECTION_NAMES, 0);
	names = out->size;
	emit_names(sections->l1, out);
	names = out->size - names;
	wire_patch_u32(out,
		offsetof(struct format_header, sections) +
			SECTION_NAMES * sizeof(struct format_section) +
			offsetof(struct format_section, count),
		(uint32_t)names);
	wire_align(out, 8);
	wire_patch_u32(out, offsetof(struct format_header, length_bytes), (uint32_t)out->size);
	sha256(out->bytes + from, out->size - from, digest);
	memcpy(out->bytes + offsetof(struct format_header, digest), digest, 32);
	return names;
}
