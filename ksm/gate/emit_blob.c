/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_blob.c: the body first, because its digest stands before it. */
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

/* Everything behind the digest. Offsets count from the start of the blob. */
static void
body_emit(struct emit_sections *from, struct buffer *names, struct buffer *body)
{
	struct emit_pool *pool = from->pool;
	const uint32_t counts[FORMAT_SECTIONS] = {from->edge_count, from->row_count,
		pool->program_count, (uint32_t)(pool->code.size / sizeof(struct format_op)),
		pool->set_count, (uint32_t)(pool->ranges.size / sizeof(struct format_range)),
		from->l1->state_count, from->abort_count, (uint32_t)names->size};
	struct buffer *sections[FORMAT_SECTIONS] = {from->edges, from->rows, &pool->programs,
		&pool->code, &pool->sets, &pool->ranges, from->states, from->aborts, names};
	uint32_t at = sizeof(struct format_header);

	buffer_add(body, (const char *)from->l1->abi_digest, sizeof(from->l1->abi_digest));
	buffer_add(body, (const char *)from->l1->core_digest, sizeof(from->l1->core_digest));
	buffer_add(body, (const char *)from->l1->system_digest, sizeof(from->l1->system_digest));
	wire_u32(body, from->l1->label_count);
	wire_u32(body, from->l1->instance_count);
	wire_u32(body, from->l1->rule_count);
	wire_u32(body, from->entry_count);
	wire_u64(body, from->l1->version);
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		wire_align(sections[i], 8);
		wire_u32(body, at);
		wire_u32(body, counts[i]);
		at += (uint32_t)sections[i]->size;
	}
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		if (sections[i]->size > 0) {
			buffer_add(body, sections[i]->bytes, sections[i]->size);
		}
	}
}

/* Of the whole blob; sections end at a multiple of 8 from here on. */
static size_t
sections_size(struct emit_sections *from, struct buffer *names)
{
	struct emit_pool *pool = from->pool;
	struct buffer *sections[FORMAT_SECTIONS] = {from->edges, from->rows, &pool->programs,
		&pool->code, &pool->sets, &pool->ranges, from->states, from->aborts, names};
	size_t size = sizeof(struct format_header);

	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		wire_align(sections[i], 8);
		size += sections[i]->size;
	}
	return size;
}

size_t
emit_blob(struct emit_sections *sections, struct buffer *out)
{
	struct buffer names;
	uint8_t digest[32] = {0};
	size_t from = ksm_digest_offset();
	size_t size;

	buffer_init(&names, sections->pool->arena);
	emit_names(sections->l1, &names);
	size = sections_size(sections, &names);
	buffer_reserve(out, size);
	wire_u64(out, FORMAT_MAGIC);
	wire_u32(out, FORMAT_VERSION);
	wire_u32(out, (uint32_t)size);
	buffer_add(out, (const char *)digest, sizeof(digest));
	body_emit(sections, &names, out);
	assert(out->size == size);
	sha256(out->bytes + from, size - from, digest);
	memcpy(out->bytes + offsetof(struct format_header, digest), digest, sizeof(digest));
	return names.size;
}
