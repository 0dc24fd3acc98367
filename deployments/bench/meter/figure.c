/* SPDX-License-Identifier: 0BSD */
/* Instructions of one operation: differences of the counter, over many rounds or around one. */
#include "figure.h"

#include "measure.h"

#define SINGLE 1u
#define NS     UINT64_C(1000000000)

uint32_t
figure_instructions(uint64_t start, uint64_t end, uint32_t rounds)
{
	uint64_t total_ns = (end - start) * (NS / measure_frequency_hz());

	return (uint32_t)((total_ns + rounds / 2) / rounds);
}

void
figure_calls(const struct operation *operation, uint32_t rounds)
{
	measure_calls(operation->handle, operation->info, rounds);
}

/* The counter is read around each; the reading itself is taken off. */
uint32_t
figure_worst(const struct operation *operation)
{
	uint64_t reading = measure_counter();
	uint64_t cost = measure_counter() - reading;
	uint64_t worst = 0;

	for (uint32_t i = 0; i < ROUNDS; i++) {
		uint64_t start = measure_counter();
		operation->run(operation, SINGLE);
		uint64_t passed = measure_counter() - start;
		worst = passed > worst ? passed : worst;
	}
	return figure_instructions(0, worst > cost ? worst - cost : 0, 1);
}

uint32_t
figure_mean(const struct operation *operation)
{
	operation->run(operation, ROUNDS / 10); /* what is cold the first time */
	uint64_t start = measure_counter();
	operation->run(operation, ROUNDS);
	uint64_t end = measure_counter();

	return figure_instructions(start, end, ROUNDS) - LOOP_INSTRUCTIONS;
}
