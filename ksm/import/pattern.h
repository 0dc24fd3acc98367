/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* pattern.h: the texts that a regular expression of PSL means, if they are few. */
#ifndef IMPORT_PATTERN_H
#define IMPORT_PATTERN_H

#include <stdbool.h>

#include "ksm/gate/vector.h"

struct arena;

/* More texts than these are no list that a person would keep. */
#define PATTERN_TEXTS_MAX 64u

/*
 * Adds each text that matches the whole pattern, as const char *, each once. Returns NULL, or why
 * they cannot be listed: there are too many, or no end of them, or the pattern has another form.
 */
const char *pattern_texts(struct arena *a, const char *pattern, struct vector *texts);

/* Returns whether the pattern means every text. */
bool pattern_is_any(const char *pattern);

#endif
