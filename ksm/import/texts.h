/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* texts.h: which texts of a field the policy tells apart: those it names, and kinds of others. */
#ifndef IMPORT_TEXTS_H
#define IMPORT_TEXTS_H

#include <stdbool.h>
#include <stdint.h>

#include "regex.h"

struct world;
struct world_field;

/* Patterns of one field that are no lists of texts. */
#define TEXTS_PATTERNS_MAX 4u

struct texts_pattern {
	const char *pattern;
	struct regex regex;
};

/* All texts that match some of the patterns, not the others, and that the policy does not name. */
struct texts_kind {
	const char *example; /* the shortest one */
	uint32_t patterns;   /* bit n: they match pattern n */
};

struct texts_word {
	const char *word; /* of Gate */
	uint32_t patterns;
};

/* Returns the number of the pattern among those of the field, or -1 with *why. */
int32_t texts_pattern(
	struct world *w, struct world_field *f, const char *pattern, const char **why);

/* Finds the kinds of all fields with patterns. Returns whether there are others than before. */
bool texts_build(struct world *w);

/* Returns the word for a text. */
const char *texts_word(const struct world_field *f, const char *text);

#endif
