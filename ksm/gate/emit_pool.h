/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_pool.h: what programs of a policy share: the programs themselves, and sets of values. */
#ifndef GATE_EMIT_POOL_H
#define GATE_EMIT_POOL_H

#include <stdint.h>

#include "buffer.h"
#include "index.h"
#include "l1.h"
#include "vector.h"

struct emit_pool {
	struct arena *arena;
	struct arena scratch;   /* of the program that is being made */
	struct buffer programs; /* sections of the blob as they grow */
	struct buffer code;
	struct buffer sets;
	struct buffer ranges;
	uint32_t program_count;
	uint32_t set_count;
	struct index program_index;
	struct index set_index;
};

void emit_pool_init(struct emit_pool *pool, struct arena *arena);

/* Gives back what is not in the arena. */
void emit_pool_release(struct emit_pool *pool);

/* Returns the number of the set with these ranges, made if it is new. Requires: sorted, disjoint,
 * not adjacent, at least one. */
uint32_t emit_pool_set(struct emit_pool *pool, const struct l1_range *ranges, uint32_t count);

/* Returns the number of the program with these bytes of code, made if it is new. */
uint32_t emit_pool_program(struct emit_pool *pool, const struct buffer *code, uint32_t need_bytes);

#endif
