/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* index.h: finds the elements of a growing list by a hash of what they hold. */
#ifndef GATE_INDEX_H
#define GATE_INDEX_H

#include <stddef.h>
#include <stdint.h>

struct arena;

#define INDEX_NONE UINT32_MAX

struct index_entry {
	uint32_t hash;
	uint32_t next; /* older one of the same chain, or INDEX_NONE */
};

/* All zero is an empty index. Its elements are called 0, 1 ... in the order of index_add. */
struct index {
	struct index_entry *entries;
	uint32_t *chains; /* newest element, or INDEX_NONE */
	uint32_t count;
	uint32_t capacity; /* of entries, and how many chains there are */
};

/* Returns a hash of the bytes, going on from `hash` (0 at first). */
uint32_t index_hash(uint32_t hash, const void *bytes, size_t size);

/* Adds the next element. */
void index_add(struct index *index, struct arena *a, uint32_t hash);

/* Returns the newest element with that hash, INDEX_NONE if there is none; index_next: the one
 * before `element`. Whether it is equal is for the caller to see. */
uint32_t index_first(const struct index *index, uint32_t hash);
uint32_t index_next(const struct index *index, uint32_t element);

#endif
