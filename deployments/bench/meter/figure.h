/* SPDX-License-Identifier: 0BSD */
/* Instructions of one operation, from many: mean and worst. */
#ifndef METER_FIGURE_H
#define METER_FIGURE_H

#include <stdint.h>

#define ROUNDS 10000u

struct operation {
	const char *id;
	void (*run)(const struct operation *operation, uint32_t rounds);
	uint32_t handle;
	uint32_t info;
};

/* What passed between two readings of the counter, for each round. */
uint32_t figure_instructions(uint64_t start, uint64_t end, uint32_t rounds);

/* Without the loop's own instructions. */
uint32_t figure_mean(const struct operation *operation);

/* Of single operations, with LOOP_INSTRUCTIONS and what calls them. */
uint32_t figure_worst(const struct operation *operation);

/* An operation: measure_calls with its handle and info. */
void figure_calls(const struct operation *operation, uint32_t rounds);

#endif
