/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The groups of tests, in the order in which they run. */
#ifndef CALLS_TESTS_H
#define CALLS_TESTS_H

#include <stdint.h>

void handles_test(void);
void shapes_test(void);
void memory_test(void);
void threads_test(void);
void time_test(void);
void notify_test(void);
void replies_test(void);
void leases_test(void);
void passes_test(void);
void death_test(void);
void counts_test(void);
void hammered_test(uint32_t seed);

#endif
