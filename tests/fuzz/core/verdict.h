/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a test in init's place ends. */
#ifndef FUZZ_VERDICT_H
#define FUZZ_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

/* Ends the machine with this code. */
_Noreturn void verdict_end(uint8_t code);

/* Ends the test, with what was found, unless it is so. */
void check(bool is_good, const char *what, uint64_t found, uint64_t expected);

#endif
