/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory and strings: init links no C library. Whole words where both ends are aligned. */
#include "memory.h"

#include <stdbool.h>
#include <stdint.h>

typedef uintptr_t __attribute__((may_alias)) word_t;

/* Else the compiler finds out what these loops do, and makes each a call of itself. */
#define AS_WRITTEN __attribute__((optimize("no-tree-loop-distribute-patterns")))

static bool
is_aligned(uintptr_t bits)
{
	return bits % sizeof(word_t) == 0;
}

AS_WRITTEN void *
memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
	uint8_t *out = to;
	const uint8_t *in = from;

	if (is_aligned((uintptr_t)to | (uintptr_t)from)) {
		for (; bytes >= sizeof(word_t); bytes -= sizeof(word_t)) {
			*(word_t *)(void *)out = *(const word_t *)(const void *)in;
			out += sizeof(word_t);
			in += sizeof(word_t);
		}
	}
	for (; bytes > 0; bytes--) {
		*out++ = *in++;
	}
	return to;
}

AS_WRITTEN void *
memset(void *to, int value, size_t bytes)
{
	uint8_t *out = to;
	word_t word = (uint8_t)value * (UINTPTR_MAX / UINT8_MAX);

	if (is_aligned((uintptr_t)to)) {
		for (; bytes >= sizeof(word_t); bytes -= sizeof(word_t)) {
			*(word_t *)(void *)out = word;
			out += sizeof(word_t);
		}
	}
	for (; bytes > 0; bytes--) {
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

void
string_copy(char *to, size_t size_bytes, const char *from)
{
	size_t i = 0;

	for (; i + 1 < size_bytes && from[i] != '\0'; i++) {
		to[i] = from[i];
	}
	memset(to + i, 0, size_bytes - i);
}
