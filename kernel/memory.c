/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying and clearing kernel memory: whole words where both ends line up. */
#include "kernel/memory.h"

#include "arch/arch.h"

typedef uintptr_t __attribute__((may_alias)) word_t;
typedef uint64_t __attribute__((may_alias)) pair_t; /* what one store clears on either machine */

#define WORD_BYTES sizeof(word_t)

static int
is_aligned(uintptr_t bits)
{
	return (bits & (WORD_BYTES - 1)) == 0;
}

static void
copy_words(uint8_t *restrict out, const uint8_t *restrict in, size_t bytes)
{
	if (is_aligned((uintptr_t)out | (uintptr_t)in)) {
		for (; bytes >= WORD_BYTES; bytes -= WORD_BYTES) {
			*(word_t *)(void *)out = *(const word_t *)(const void *)in;
			out += WORD_BYTES;
			in += WORD_BYTES;
		}
	}
	while (bytes-- != 0) {
		*out++ = *in++;
	}
}

/* Requires that words of both ends line up. Apart, so that short copies need no stack frame. */
static void __attribute__((noinline))
copy_blocks(uint8_t *restrict out, const uint8_t *restrict in, size_t bytes)
{
	for (; !is_aligned((uintptr_t)out); bytes--) {
		*out++ = *in++;
	}
	size_t in_blocks = bytes & ~(size_t)(ARCH_BLOCK_BYTES - 1);
	if (in_blocks != 0) {
		arch_copy_blocks(out, in, in_blocks / ARCH_BLOCK_BYTES);
	}
	copy_words(out + in_blocks, in + in_blocks, bytes - in_blocks);
}

void *
memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
	if (bytes >= ARCH_BLOCK_BYTES && is_aligned((uintptr_t)to ^ (uintptr_t)from)) {
		copy_blocks(to, from, bytes);
	} else {
		copy_words(to, from, bytes);
	}
	return to;
}

void *
memset(void *to, int value, size_t bytes)
{
	uint8_t *out = to;

	if (value == 0 && (uintptr_t)to % sizeof(pair_t) == 0) {
		size_t blocks = bytes / ARCH_BLOCK_BYTES;
		if (blocks != 0) {
			arch_clear_blocks(out, blocks);
			out += blocks * ARCH_BLOCK_BYTES;
			bytes -= blocks * ARCH_BLOCK_BYTES;
		}
		for (; bytes >= sizeof(pair_t); bytes -= sizeof(pair_t)) {
			*(pair_t *)(void *)out = 0;
			out += sizeof(pair_t);
		}
	}
	while (bytes-- != 0) {
		*out++ = (uint8_t)value;
	}
	return to;
}

int
memcmp(const void *a, const void *b, size_t bytes)
{
	const uint8_t *left = a;
	const uint8_t *right = b;

	for (size_t i = 0; i < bytes; i++) {
		if (left[i] != right[i]) {
			return left[i] < right[i] ? -1 : 1;
		}
	}
	return 0;
}
