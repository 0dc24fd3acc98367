/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* json.h: a JSON file as a tree. */
#ifndef IMPORT_JSON_H
#define IMPORT_JSON_H

#include <stdint.h>

#include "ksm/gate/source.h"

struct compile;

enum json_kind {
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_TEXT,
	JSON_NUMBER,
	JSON_WORD, /* true, false, null */
};

struct json {
	enum json_kind kind;
	const char *key;  /* in an object */
	const char *text; /* of a text, a word, a number */
	uint64_t number;  /* of a number that is a whole one from 0 on */
	struct span at;
	struct json *first; /* of an object or an array */
	struct json *next;
};

/* Returns the tree of a file, or NULL after a report. */
const struct json *json_parse(struct compile *c, const struct source *s);

/* Returns the member of an object, or NULL. */
const struct json *json_member(const struct json *object, const char *key);

/* Returns the text of a member, or "". */
const char *json_text(const struct json *object, const char *key);

#endif
