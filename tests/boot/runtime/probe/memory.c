/* SPDX-License-Identifier: 0BSD */
/* malloc up to the end of the account, and back. */
#include "probe.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS      64
#define BLOCK_BYTES 10000

static bool
holds(const unsigned char *bytes, unsigned char value, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (bytes[i] != value) {
			return false;
		}
	}
	return true;
}

static int
fill_account(unsigned char **blocks)
{
	int count = 0;

	while (count < BLOCKS && (blocks[count] = malloc(BLOCK_BYTES)) != NULL) {
		memset(blocks[count], count + 1, BLOCK_BYTES);
		count++;
	}
	return count;
}

static void
free_blocks(unsigned char **blocks, int count)
{
	for (int i = 0; i < count; i++) {
		CHECK(holds(blocks[i], (unsigned char)(i + 1), BLOCK_BYTES));
		free(blocks[i]);
	}
}

void
check_memory(void)
{
	static unsigned char *blocks[BLOCKS];

	/* The account has 512 KiB, of which threads have some: in the end a block is refused. */
	errno = 0;
	int count = fill_account(blocks);
	CHECK(count > 20 && count < 52);
	CHECK(errno == ENOMEM);
	free_blocks(blocks, count);
	CHECK(fill_account(blocks) == count);
	free_blocks(blocks, count);

	unsigned char *zero = calloc(4, BLOCK_BYTES);
	CHECK(zero != NULL && holds(zero, 0, 4 * BLOCK_BYTES));
	unsigned char *large = realloc(zero, 8 * BLOCK_BYTES);
	CHECK(large != NULL && holds(large, 0, 4 * BLOCK_BYTES));
	free(large);
	CHECK(malloc(SIZE_MAX / 2) == NULL);
	void *aligned = memalign(4096, 100);
	CHECK(aligned != NULL && (uintptr_t)aligned % 4096 == 0);
	free(aligned);
}
