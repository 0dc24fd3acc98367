/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sleeping until another thread of this process changes a word. */
#ifndef GLUE_PARK_H
#define GLUE_PARK_H

#include <stdbool.h>
#include <stdint.h>

#define PARK_FOREVER UINT64_MAX

/* Makes what thread `number` sleeps on; once for each number. Returns false when the account has no
 * memory left. */
bool glue_park_prepare(uint32_t number);

/* Sleeps while *word == value, at most until the clock shows deadline_ns. Returns whether the word
 * changed. */
bool glue_park_while(const uint32_t *word, uint32_t value, uint64_t deadline_ns);

/* To be called after each change of a word that others may sleep on: wakes them all. */
void glue_park_wake(const uint32_t *word);

#endif
