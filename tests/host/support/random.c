/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Seeded random numbers: xorshift64*, good enough to choose bytes to change. */
#include "tests/host/support/random.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t state, origin;

void
random_start(uint64_t seed)
{
	const char *given = getenv("SEED");

	if (given != NULL && given[0] != '\0') {
		seed = strtoull(given, NULL, 0);
		fprintf(stderr, "SEED=%llu\n", (unsigned long long)seed);
	}
	origin = seed;
	random_restart(0);
}

void
random_restart(uint64_t n)
{
	state = (origin + n * UINT64_C(0x9e3779b97f4a7c15)) * 2 + 1; /* never 0 */
}

uint64_t
random_next(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(0x2545f4914f6cdd1d);
}

uint64_t
random_below(uint64_t limit)
{
	return random_next() % limit;
}
