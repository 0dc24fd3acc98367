/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random system calls out of lattices: of numbers, handles, addresses, lengths, and of the fields
 * of every method that kernel/core.gate has. The same seed gives the same calls. */
#ifndef FUZZ_GENERATE_H
#define FUZZ_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "gatehouse/syscall.h"

struct request {
	uint32_t number; /* enum syscall, or any */
	uint32_t handle;
	struct message message;
};

void generate_seed(uint64_t seed);

/* A number below `limit`, which is not 0. */
uint32_t generate_below(uint32_t limit);

/* A handle that the program holds now, of this kind, if it knows; it is drawn from then on. */
void generate_know(uint8_t kind, uint32_t handle);

/* Forgets all handles. */
void generate_forget(void);

/* Slot indexes to guess from, and how many client capabilities start at HANDLE_FIRST_INDEX. */
void generate_bounds(uint32_t slots, uint32_t clients);

/* The digest that Process.start is given now and then. */
void generate_digest(const uint64_t digest[4]);

/* The next call. */
void generate_request(struct request *request);

/* Whether it was told of this handle. */
bool generate_knows(uint32_t handle);

/* Whether a field of this request that names a capability has such a value. */
bool generate_names(const struct request *request, bool (*is_such)(uint32_t handle));

#endif
