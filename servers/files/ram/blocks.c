/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Blocks of memory, and files made of them: a tree of blocks for each, with holes. */
#include "blocks.h"

#include <stddef.h>
#include <string.h>

static uint8_t *
block_bytes(const struct blocks *blocks, uint32_t number)
{
	return blocks->memory + (uint64_t)(number - 1) * BLOCK_BYTES;
}

static uint32_t *
block_numbers(const struct blocks *blocks, uint32_t number)
{
	return (uint32_t *)(void *)block_bytes(blocks, number);
}

void
blocks_init(struct blocks *blocks, void *memory, uint64_t bytes)
{
	uint32_t count = (uint32_t)(bytes / BLOCK_BYTES);

	*blocks =
		(struct blocks){.memory = memory, .count = count, .free_count = count, .fresh = 1};
}

/* Cleared, so that nobody reads what another wrote. 0: none is left. */
static uint32_t
block_take(struct blocks *blocks)
{
	uint32_t number = blocks->free;

	if (blocks->free_count == 0) {
		return 0;
	}
	if (number != 0) {
		blocks->free = *block_numbers(blocks, number);
	} else {
		number = blocks->fresh++;
	}
	blocks->free_count--;
	memset(block_bytes(blocks, number), 0, BLOCK_BYTES);
	return number;
}

static void
block_give(struct blocks *blocks, uint32_t number)
{
	*block_numbers(blocks, number) = blocks->free;
	blocks->free = number;
	blocks->free_count++;
}

/* Blocks of the file that one entry of a block of numbers leads to. */
static uint64_t
span_of(uint32_t depth)
{
	uint64_t span = 1;

	for (uint32_t i = 1; i < depth; i++) {
		span *= BLOCKS_EACH;
	}
	return span;
}

static uint32_t
depth_for(uint64_t index)
{
	uint32_t depth = 0;

	while (index >= (depth == 0 ? 1 : span_of(depth) * BLOCKS_EACH)) {
		depth++;
	}
	return depth;
}

const uint8_t *
blocks_find(const struct blocks *blocks, const struct extent *extent, uint64_t at)
{
	uint64_t index = at / BLOCK_BYTES;
	uint32_t number = extent->top;

	if (at >= BLOCKS_FILE_MAX || depth_for(index) > extent->depth) {
		return NULL;
	}
	for (uint32_t depth = extent->depth; depth > 0 && number != 0; depth--) {
		uint64_t span = span_of(depth);

		number = block_numbers(blocks, number)[index / span];
		index %= span;
	}
	return number == 0 ? NULL : block_bytes(blocks, number);
}

/* How many blocks blocks_make would take for this one. */
static uint32_t
missing(const struct blocks *blocks, const struct extent *extent, uint64_t index)
{
	uint32_t depth = depth_for(index);
	uint32_t number = extent->top;
	uint32_t count = 0;

	if (depth > extent->depth) {
		/* Above the old top, if there is one, and down on the other side. */
		return (number == 0 ? 0 : depth - extent->depth) + depth + (number == 0);
	}
	for (depth = extent->depth; depth > 0; depth--) {
		if (number == 0) {
			return depth + 1;
		}
		number = block_numbers(blocks, number)[index / span_of(depth)];
		index %= span_of(depth);
	}
	count += number == 0;
	return count;
}

/* Puts blocks of numbers above the top until the file may be that deep. */
static void
deepen(struct blocks *blocks, struct extent *extent, uint32_t depth)
{
	while (extent->depth < depth) {
		if (extent->top != 0) {
			uint32_t above = block_take(blocks);

			block_numbers(blocks, above)[0] = extent->top;
			extent->top = above;
			extent->used++;
		}
		extent->depth++;
	}
}

uint8_t *
blocks_make(struct blocks *blocks, struct extent *extent, uint64_t at, uint32_t allowed)
{
	uint64_t index = at / BLOCK_BYTES;
	uint32_t needed = missing(blocks, extent, index);
	uint32_t *place = &extent->top;

	if (needed > allowed || needed > blocks->free_count) {
		return NULL;
	}
	deepen(blocks, extent, depth_for(index));
	for (uint32_t depth = extent->depth;; depth--) {
		if (*place == 0) {
			*place = block_take(blocks);
			extent->used++;
		}
		if (depth == 0) {
			return block_bytes(blocks, *place);
		}
		place = &block_numbers(blocks, *place)[index / span_of(depth)];
		index %= span_of(depth);
	}
}

/* Gives back what lies at or behind block `from` in the tree below *place. Depth bounds it. */
static void
cut(struct blocks *blocks, struct extent *extent, uint32_t *place, uint32_t depth, uint64_t from)
{
	if (*place == 0) {
		return;
	}
	if (depth > 0) {
		uint64_t span = span_of(depth);

		for (uint64_t i = from / span; i < BLOCKS_EACH; i++) {
			cut(blocks, extent, &block_numbers(blocks, *place)[i], depth - 1,
				i == from / span ? from % span : 0);
		}
	}
	if (from == 0) {
		block_give(blocks, *place);
		*place = 0;
		extent->used--;
	}
}

void
blocks_cut(struct blocks *blocks, struct extent *extent, uint64_t size)
{
	uint64_t from = (size + BLOCK_BYTES - 1) / BLOCK_BYTES;

	if (depth_for(from) <= extent->depth) {
		cut(blocks, extent, &extent->top, extent->depth, from);
	}
	if (extent->top == 0) {
		extent->depth = 0;
	}
}

_Static_assert((uint64_t)BLOCK_BYTES *BLOCKS_EACH *BLOCKS_EACH == BLOCKS_FILE_MAX, "two levels");
