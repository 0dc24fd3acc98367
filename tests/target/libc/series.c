/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A long computation whose every bit depends on every register that a switch could lose. */
#include "libc/series.h"

#include <string.h>

#define LANES 24 /* more than the registers that a call preserves */

uint64_t
series_compute(uint32_t seed, uint32_t steps)
{
	double lanes[LANES];
	double sum = 0;
	uint64_t bits;

	for (int i = 0; i < LANES; i++) {
		lanes[i] = 1.0 + (double)(seed % 1000 + (uint32_t)i) / 4096;
	}
	for (uint32_t step = 0; step < steps; step++) {
		for (int i = 0; i < LANES; i++) {
			/* The logistic map: chaotic, so that no lost bit is forgotten. */
			double x = lanes[i] - (double)(int)lanes[i];
			lanes[i] = 3.99 * x * (1 - x);
			sum += lanes[i] / (double)(i + 1);
		}
	}
	memcpy(&bits, &sum, sizeof(bits));
	return bits;
}
