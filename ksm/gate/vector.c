/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* vector.c: an array in an arena that grows at its end. */
#include "vector.h"

#include <assert.h>

#include "arena.h"

#define CAPACITY_FIRST 8u

/* From here on they grow by a half: what is large grows where it is. */
#define CAPACITY_LARGE 4096u

void *
vector_push(struct vector *v, struct arena *a, size_t element_size)
{
	if (v->count == v->capacity) {
		uint32_t capacity = v->capacity == 0               ? CAPACITY_FIRST
				    : v->capacity < CAPACITY_LARGE ? v->capacity * 2
								   : v->capacity / 2 * 3;

		assert(v->capacity < UINT32_MAX / 2);
		v->elements = arena_resize(
			a, v->elements, v->capacity * element_size, capacity * element_size);
		v->capacity = capacity;
	}
	return (char *)v->elements + v->count++ * element_size;
}
