/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a ring does to shared memory, and in which order the other side sees it. tests/ring puts a
 * machine of its own behind these functions. */
#ifndef GATEHOUSE_RING_ORDER_H
#define GATEHOUSE_RING_ORDER_H

#include <stdint.h>
#include <string.h>

/* A word that one process writes and another reads. */
struct ring_word {
	uint32_t value;
};

/* Whatever the writer did before its store is seen by whoever loaded what it stored. */
static inline void
ring_store(struct ring_word *word, uint32_t value)
{
	__atomic_store_n(&word->value, value, __ATOMIC_RELEASE);
}

static inline uint32_t
ring_load(const struct ring_word *word)
{
	return __atomic_load_n(&word->value, __ATOMIC_ACQUIRE);
}

/* Between a store and a load of another word: of two sides that both store, then load, at least one
 * sees the other's store. */
static inline void
ring_fence(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static inline void
ring_copy(void *to, const void *from, uint32_t bytes)
{
	memcpy(to, from, bytes);
}

#endif
