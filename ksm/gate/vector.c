/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* vector.c: an array in an arena that grows at its end. */
#include "vector.h"

#include <assert.h>

#include "arena.h"

#define CAPACITY_FIRST 8u

void *
vector_push(struct vector *v, struct arena *a, size_t element_size)
{
	if (v->count == v->capacity) {
		uint32_t capacity = v->capacity == 0 ? CAPACITY_FIRST : v->capacity * 2;

		assert(v->capacity < UINT32_MAX / 2);
		v->elements = arena_resize(
			a, v->elements, v->capacity * element_size, capacity * element_size);
		v->capacity = capacity;
	}
	return (char *)v->elements + v->count++ * element_size;
}
