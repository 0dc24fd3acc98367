/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Seeded random numbers for tests: the environment's SEED, printed when it is not the default. */
#ifndef SUPPORT_RANDOM_H
#define SUPPORT_RANDOM_H

#include <stdint.h>

/* Starts at SEED (a number) or, without it, at `seed`. */
void random_start(uint64_t seed);
/* The n-th of the sequences that belong to where random_start started. */
void random_restart(uint64_t n);
uint64_t random_next(void);
/* 0 .. limit - 1; limit is not 0. */
uint64_t random_below(uint64_t limit);

#endif
