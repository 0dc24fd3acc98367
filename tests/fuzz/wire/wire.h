/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages made from the interfaces, right and wrong, and the reference that says which is which.
 */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "gatehouse/syscall.h"

#define WIRE_FIELDS 16u

struct wire_field {
	uint16_t offset;
	uint16_t bytes; /* 0: a tail, to the end of the message */
	int64_t low;
	int64_t high;
};

/* One direction of a method. */
struct wire_layout {
	uint32_t least; /* bytes */
	uint32_t most;
	struct wire_field fields[WIRE_FIELDS];
};

struct wire_method {
	const char *interface;
	uint32_t number;
	uint32_t errors;
	struct wire_layout call;
	struct wire_layout reply;
};

extern const struct wire_method wire_methods[];
extern const uint32_t wire_method_count;

void wire_seed(uint64_t seed);
uint32_t wire_below(uint32_t limit);

/* Bytes and length of a message, half of them as the layout says; info's method stays. */
void wire_fill(struct message *message, const struct wire_layout *layout);

/* Whether a message is as its layout says: length, values, and nothing between them. */
bool wire_is_shaped(const struct message *message, const struct wire_layout *layout);

/* The answer that the liar gives to this seed, and whether the monitor must let it pass. */
bool wire_lie(uint64_t seed, const struct wire_method *method, struct message *message);

/* The method of the liar. */
const struct wire_method *wire_find(const char *interface, uint32_t number);

#endif
