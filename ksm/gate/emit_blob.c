/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_blob.c: the body first, because its digest stands before it. */
#include "emit_blob.h"

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

size_t
emit_blob(struct emit_sections *sections, struct buffer *out)
{
	struct buffer names;
	struct buffer body;
	uint8_t digest[32];

	buffer_init(&names, out->arena);
	buffer_init(&body, out->arena);
	emit_names(sections->l1, &names);
	body_emit(sections, &names, &body);
	sha256(body.bytes, body.size, digest);
	wire_u64(out, FORMAT_MAGIC);
	wire_u32(out, FORMAT_VERSION);
	wire_u32(out, (uint32_t)(ksm_digest_offset() + body.size));
	buffer_add(out, (const char *)digest, sizeof(digest));
	buffer_add(out, body.bytes, body.size);
	return names.size;
}
