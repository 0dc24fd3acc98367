/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* index.c: chains through one array, as many chains as there is room for elements. */
#include "index.h"

#include <string.h>

#include "arena.h"

#define CAPACITY_FIRST 64u

/* Eight bytes at a time; the upper half of the product depends on all of them. */
uint32_t
index_hash(uint32_t hash, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t state = (uint64_t)hash << 32 | (uint32_t)size;

	while (size != 0) {
		size_t some = size < sizeof(uint64_t) ? size : sizeof(uint64_t);
		uint64_t word = 0;

		memcpy(&word, at, some);
		state = (state ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		state ^= state >> 32;
		at += some;
		size -= some;
	}
	return (uint32_t)(state ^ state >> 32);
}

static void
chain_link(struct index *index, uint32_t element)
{
	uint32_t *chain = &index->chains[index->entries[element].hash & (index->capacity - 1)];

	index->entries[element].next = *chain;
	*chain = element;
}

static void
grow(struct index *index, struct arena *a)
{
	uint32_t capacity = index->capacity == 0 ? CAPACITY_FIRST : index->capacity * 2;

	index->entries = arena_resize(a, index->entries, index->capacity * sizeof *index->entries,
		capacity * sizeof *index->entries);
	index->chains = arena_resize(a, index->chains, index->capacity * sizeof *index->chains,
		capacity * sizeof *index->chains);
	index->capacity = capacity;
	memset(index->chains, 0xff, capacity * sizeof *index->chains);
	for (uint32_t i = 0; i < index->count; i++) {
		chain_link(index, i);
	}
}

void
index_add(struct index *index, struct arena *a, uint32_t hash)
{
	if (index->count == index->capacity) {
		grow(index, a);
	}
	index->entries[index->count].hash = hash;
	chain_link(index, index->count++);
}

/* From this element on the first with that hash. */
static uint32_t
along(const struct index *index, uint32_t element, uint32_t hash)
{
	while (element != INDEX_NONE && index->entries[element].hash != hash) {
		element = index->entries[element].next;
	}
	return element;
}

uint32_t
index_first(const struct index *index, uint32_t hash)
{
	if (index->count == 0) {
		return INDEX_NONE;
	}
	return along(index, index->chains[hash & (index->capacity - 1)], hash);
}

uint32_t
index_next(const struct index *index, uint32_t element)
{
	return along(index, index->entries[element].next, index->entries[element].hash);
}
