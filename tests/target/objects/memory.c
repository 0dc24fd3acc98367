/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the compiler and the digest call of a C library. */
#include "memory.h"

/* Else the compiler finds out what these loops do, and makes each a call of itself. */
#define AS_WRITTEN __attribute__((optimize("no-tree-loop-distribute-patterns")))

AS_WRITTEN void *
memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
	}
	return to;
}

AS_WRITTEN void *
memset(void *to, int value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		((unsigned char *)to)[i] = (unsigned char)value;
	}
	return to;
}
