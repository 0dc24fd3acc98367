/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* reader.h: the words of IDL, CDL, EDL, PSL and PAL, which share one spelling. */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/gate/source.h"

struct compile;

enum word_kind {
	WORD_END,
	WORD_NAME, /* letters, digits, `_`, and dots inside: kl.core.Core is one word */
	WORD_NUMBER,
	WORD_TEXT, /* without its quotes */
	WORD_MARK,
};

struct word {
	enum word_kind kind;
	struct span span;
	const char *text; /* interned */
	uint64_t number;
};

/* One file on its way through a parser. After the first error only WORD_END is left. */
struct reader {
	struct compile *compile;
	const struct source *source;
	size_t at;
	uint32_t line;
	size_t line_start;
	struct word word; /* the next one */
	struct word last; /* the one that was taken before it */
	bool failed;
};

/* Begins at the first word of s. */
void reader_begin(struct reader *r, struct compile *c, const struct source *s);

/* Returns whether the next word is this mark or name. */
bool reader_is(const struct reader *r, const char *text);

/* Takes the next word if it is this mark or name. Returns whether it was. */
bool reader_take(struct reader *r, const char *text);

/* Takes the next word, whatever it is; r->last is it then. */
void reader_next(struct reader *r);

/* Takes this mark or name; if another word stands there, reports that. */
void reader_expect(struct reader *r, const char *text);

/* Takes a name and returns it; "" after a report that `what` is due. */
const char *reader_name(struct reader *r, const char *what);

/* Takes a text and returns it; "" after a report that `what` is due. */
const char *reader_text(struct reader *r, const char *what);

/* Returns the next word as a sentence names it: "`x`", "the end of the file". */
const char *reader_found(const struct reader *r);

/* Reports at the next word, once; what follows is not read. */
void reader_refuse(struct reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Skips a bracket and all up to its partner. Requires: the next word is an opening bracket. */
void reader_skip_bracket(struct reader *r);

#endif
