/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying and clearing kernel memory: whole words where both ends are aligned. */
#include "kernel/memory.h"

typedef uintptr_t __attribute__((may_alias)) word_t;

#define WORD_BYTES  sizeof(word_t)
#define BLOCK_WORDS 8

/* All loads before the stores, so that they become pairs, or lists of registers. A copy of a struct
 * would be a call of memcpy itself. */
static inline void
block_copy(word_t *out, const word_t *in)
{
	word_t a = in[0], b = in[1], c = in[2], d = in[3];

	out[0] = a;
	out[1] = b;
	out[2] = c;
	out[3] = d;
	a = in[4];
	b = in[5];
	c = in[6];
	d = in[7];
	out[4] = a;
	out[5] = b;
	out[6] = c;
	out[7] = d;
}

static int
is_aligned(uintptr_t bits)
{
	return (bits & (WORD_BYTES - 1)) == 0;
}

void *
memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
	uint8_t *out = to;
	const uint8_t *in = from;

	if (is_aligned((uintptr_t)to | (uintptr_t)from)) {
		for (; bytes >= BLOCK_WORDS * WORD_BYTES; bytes -= BLOCK_WORDS * WORD_BYTES) {
			block_copy((word_t *)(void *)out, (const word_t *)(const void *)in);
			out += BLOCK_WORDS * WORD_BYTES;
			in += BLOCK_WORDS * WORD_BYTES;
		}
		for (; bytes >= WORD_BYTES; bytes -= WORD_BYTES) {
			*(word_t *)(void *)out = *(const word_t *)(const void *)in;
			out += WORD_BYTES;
			in += WORD_BYTES;
		}
	}
	while (bytes-- != 0) {
		*out++ = *in++;
	}
	return to;
}

void *
memset(void *to, int value, size_t bytes)
{
	uint8_t *out = to;

	if (value == 0 && is_aligned((uintptr_t)to)) {
		for (; bytes >= BLOCK_WORDS * WORD_BYTES; bytes -= BLOCK_WORDS * WORD_BYTES) {
			word_t *words = (word_t *)(void *)out;
			words[0] = 0;
			words[1] = 0;
			words[2] = 0;
			words[3] = 0;
			words[4] = 0;
			words[5] = 0;
			words[6] = 0;
			words[7] = 0;
			out += BLOCK_WORDS * WORD_BYTES;
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
