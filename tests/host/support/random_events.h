/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random events for a compiled policy, asked through the engine and through L1. */
#ifndef SUPPORT_RANDOM_EVENTS_H
#define SUPPORT_RANDOM_EVENTS_H

#include <stdint.h>

struct policy;

/*
 * Calls, answers, errors and ends of calls that were granted, restarts and times, `count` in all.
 * Verdict, rule, reason, field, value, audit word and all that is remembered are the same, else the
 * test fails. Returns how many events were compared.
 */
uint64_t random_events(const struct policy *policy, uint32_t count);

#endif
