/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* vector.c: an array in an arena that grows at its end. */
#include "vector.h"

#include <assert.h>
#include <string.h>

#include "arena.h"

#define CAPACITY_FIRST 8u

void *
vector_push(struct vector *v, struct arena *a, size_t element_size)
{
	if (v->count == v->capacity) {
		uint32_t capacity = v->capacity == 0 ? CAPACITY_FIRST : v->capacity * 2;
		void *elements;

		assert(v->capacity < UINT32_MAX / 2);
		elements = arena_array(a, capacity, element_size);
		if (v->count != 0) {
			memcpy(elements, v->elements, v->count * element_size);
		}
		v->elements = elements;
		v->capacity = capacity;
	}
	return (char *)v->elements + v->count++ * element_size;
}
