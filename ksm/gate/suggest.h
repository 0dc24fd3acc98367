/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* suggest.h: the word somebody probably meant. */
#ifndef GATE_SUGGEST_H
#define GATE_SUGGEST_H

#include <stddef.h>

/* Longer words are never compared. */
#define SUGGEST_LENGTH_MAX 63u

/*
 * Returns the number of single-character insertions, deletions, replacements and swaps of two
 * neighbours that turn a into b; case does not count. If a word is longer than
 * SUGGEST_LENGTH_MAX: SUGGEST_LENGTH_MAX.
 */
size_t suggest_distance(const char *a, const char *b);

/*
 * Returns the candidate nearest to word, the first of equals, or NULL if none is near: at most
 * one change for each three characters begun, and not all of a word. NULL candidates are skipped.
 */
const char *suggest_nearest(const char *word, const char *const *candidates, size_t count);

#endif
