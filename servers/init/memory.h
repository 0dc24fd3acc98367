/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory and strings: init links no C library. */
#ifndef INIT_MEMORY_H
#define INIT_MEMORY_H

#include <stddef.h>

/* The compiler calls these too. */
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);

/* Copies a string into a field of size_bytes, cut if need be, NUL behind it always. */
void string_copy(char *to, size_t size_bytes, const char *from);

#endif
