/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_pool.c: equal sets and equal programs are kept once, in the order of their first use. */
#include "emit_pool.h"

#include <string.h>

#include "ksm/format.h"
#include "wire.h"

void
emit_pool_init(struct emit_pool *pool, struct arena *arena)
{
	*pool = (struct emit_pool){.arena = arena};
	arena_init(&pool->scratch);
	buffer_init(&pool->programs, arena);
	buffer_init(&pool->code, arena);
	buffer_init(&pool->sets, arena);
	buffer_init(&pool->ranges, arena);
}

void
emit_pool_release(struct emit_pool *pool)
{
	arena_release(&pool->scratch);
}

static uint32_t
word_at(const struct buffer *b, size_t offset)
{
	return format_u32((const uint8_t *)b->bytes + offset);
}

uint32_t
emit_pool_set(struct emit_pool *pool, const struct l1_range *ranges, uint32_t count)
{
	uint32_t first = (uint32_t)(pool->ranges.size / sizeof(struct format_range));
	size_t bytes = count * sizeof(struct format_range);
	uint32_t hash;

	for (uint32_t i = 0; i < count; i++) {
		wire_u64(&pool->ranges, (uint64_t)ranges[i].low);
		wire_u64(&pool->ranges, (uint64_t)ranges[i].high);
	}
	hash = index_hash(0, pool->ranges.bytes + pool->ranges.size - bytes, bytes);
	for (uint32_t i = index_first(&pool->set_index, hash); i != INDEX_NONE;
		i = index_next(&pool->set_index, i)) {
		size_t at = i * sizeof(struct format_set);
		const char *old =
			pool->ranges.bytes + word_at(&pool->sets, at) * sizeof(struct format_range);

		if (word_at(&pool->sets, at + 4) == count &&
			memcmp(old, pool->ranges.bytes + pool->ranges.size - bytes, bytes) == 0) {
			pool->ranges.size -= bytes;
			return i;
		}
	}
	index_add(&pool->set_index, pool->arena, hash);
	wire_u32(&pool->sets, first);
	wire_u32(&pool->sets, count);
	return pool->set_count++;
}

uint32_t
emit_pool_program(struct emit_pool *pool, const struct buffer *code, uint32_t need_bytes)
{
	uint32_t count = (uint32_t)(code->size / sizeof(struct format_op));
	uint32_t first = (uint32_t)(pool->code.size / sizeof(struct format_op));
	uint32_t hash = index_hash(need_bytes, code->bytes, code->size);

	for (uint32_t i = index_first(&pool->program_index, hash); i != INDEX_NONE;
		i = index_next(&pool->program_index, i)) {
		size_t at = i * sizeof(struct format_program);
		const char *old =
			pool->code.bytes + word_at(&pool->programs, at) * sizeof(struct format_op);

		if (word_at(&pool->programs, at + 4) == (count | need_bytes << 16) &&
			memcmp(old, code->bytes, code->size) == 0) {
			return i;
		}
	}
	index_add(&pool->program_index, pool->arena, hash);
	wire_u32(&pool->programs, first);
	wire_u16(&pool->programs, (uint16_t)count);
	wire_u16(&pool->programs, (uint16_t)need_bytes);
	buffer_add(&pool->code, code->bytes, code->size);
	return pool->program_count++;
}
