/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A fuzzer's cases, by number: which to try, and what to say of one that fails. */
#ifndef SUPPORT_FUZZ_H
#define SUPPORT_FUZZ_H

#include <stdint.h>

/*
 * Tries the cases of `kind` that failed once (tests/fuzz-policy/seeds), then `count` of them from
 * the first; the environment's FUZZ_FROM and FUZZ_COUNT are other ones. The random source begins
 * anew before each. one: returns how much the case counts; `KIND FIRST LAST SUM` is printed.
 * Whatever ends a case also prints how to repeat it. Returns what main returns.
 */
int fuzz_main(const char *kind, uint64_t count, uint64_t (*one)(uint64_t n));

#endif
