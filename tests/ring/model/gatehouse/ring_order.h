/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In place of libc-glue's: shared memory of the machine in tests/ring/machine.h. MUTANT takes one
 * order away. */
#ifndef GATEHOUSE_RING_ORDER_H
#define GATEHOUSE_RING_ORDER_H

#include <stdint.h>

#include "tests/ring/machine.h"

struct ring_word {
	uint32_t place; /* its number is where it stands; nothing is kept here */
};

static inline void
ring_store(struct ring_word *word, uint32_t value)
{
	machine_store(word, value, MUTANT != 1);
}

static inline uint32_t
ring_load(const struct ring_word *word)
{
	return machine_load(word, MUTANT != 2);
}

static inline void
ring_fence(void)
{
	if (MUTANT != 3) {
		machine_fence();
	}
}

static inline void
ring_copy(void *to, const void *from, uint32_t bytes)
{
	(void)bytes;
	machine_copy(to, from);
}

#endif
