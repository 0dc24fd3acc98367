/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* vector.h: an array in an arena that grows at its end. */
#ifndef GATE_VECTOR_H
#define GATE_VECTOR_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/* All zero is an empty vector. Elements move when it grows: keep indexes, not pointers. */
struct vector {
	void *elements;
	uint32_t count;
	uint32_t capacity;
};

/* Returns a new last element of element_size bytes, all zero. The size is the same at each call. */
void *vector_push(struct vector *v, struct arena *a, size_t element_size);

#endif
