/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* names.h: words of Gate for names of PSL, each once. */
#ifndef IMPORT_NAMES_H
#define IMPORT_NAMES_H

#include "ksm/gate/vector.h"

struct arena;

/* Where a name stands, which says how it looks. */
enum names_place {
	NAMES_TYPE,   /* begins with a capital */
	NAMES_SMALL,  /* begins with a small letter */
	NAMES_MEMBER, /* the same; touches `.`, `(` or `:`, so a word of the language may stand
			 there */
};

/* Names that are taken. All zero is none. */
struct names {
	struct vector taken; /* of const char * */
};

/*
 * Returns a free word for a dotted name and takes it: its last part, or if that is taken more of
 * it, or a number behind it.
 */
const char *names_take(
	struct names *n, struct arena *a, const char *dotted, enum names_place place);

/* Returns the text as one word: letters, digits and `_`, and no word of the language. */
const char *names_word(struct arena *a, const char *text);

#endif
