/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the compiler and the digest call of a C library. */
#ifndef OBJECTS_MEMORY_H
#define OBJECTS_MEMORY_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

#endif
