/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Blocks of memory, and files made of them: a tree of blocks for each, with holes. */
#ifndef SERVERS_FILES_RAM_BLOCKS_H
#define SERVERS_FILES_RAM_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#define BLOCK_BYTES     4096u
#define BLOCKS_EACH     (BLOCK_BYTES / 4u) /* that a block of numbers leads to */
#define BLOCKS_FILE_MAX (UINT64_C(1) << 32)

/* Blocks have numbers from 1 on. */
struct blocks {
	uint8_t *memory;
	uint32_t count;
	uint32_t free; /* the first free one, which has the next one's number; 0: none */
	uint32_t free_count;
	uint32_t fresh; /* those from here on were never used */
};

/* What a file is made of. depth 0: `top` is its one block; else a block of numbers, `depth` deep.
 */
struct extent {
	uint32_t top;
	uint32_t depth;
	uint32_t used; /* blocks, those of numbers included */
};

void blocks_init(struct blocks *blocks, void *memory, uint64_t bytes);

/* The block of a file that holds the byte at an offset; NULL: a hole, which reads as zeros. */
const uint8_t *blocks_find(const struct blocks *blocks, const struct extent *extent, uint64_t at);

/* The same, made if it is a hole, of at most `allowed` new blocks. NULL: that was not enough, or
 * none is left; then the file has what it had. Requires: at is below BLOCKS_FILE_MAX. */
uint8_t *blocks_make(struct blocks *blocks, struct extent *extent, uint64_t at, uint32_t allowed);

/* Gives back all blocks that hold no byte below `size`. */
void blocks_cut(struct blocks *blocks, struct extent *extent, uint64_t size);

#endif
