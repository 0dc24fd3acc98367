/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parser.h: a place in the tokens, and how to move it; shared by the parse_*.c files only. */
#ifndef GATE_PARSER_H
#define GATE_PARSER_H

#include "lex.h"

struct compile;

/*
 * After its first error the parser has failed: it sees END everywhere, takes nothing and reports
 * nothing, until parse.c has found the next item. So no caller tests for errors, and every loop
 * that goes on only while it sees what it wants ends.
 */
struct parser {
	struct compile *compile;
	struct arena *arena; /* of the nodes under way */
	struct lex *lex;
	uint32_t at;          /* index of the token that is seen */
	uint32_t quiet_until; /* errors at tokens up to here follow from one that was reported */
	uint32_t item_col;    /* where the line of the last whole item begins; 0 if there is none */
	uint32_t depth;       /* how deep the things under way nest */
	bool failed;
	bool lacks_edition; /* the file says none */
	const char *clause; /* of ksm/SPEC.md, that the part under way has to meet */
	struct span block;  /* the `{` of the innermost block under way; line 0 if there is none */
	struct token end;   /* what is seen after an error */
};

/* Begins to read those of a lex, from its first token on. */
void parser_begin(struct parser *p, struct compile *c, struct lex *lex);

/* Goes to the token with that index, whatever was read before. Requires: it is not behind END. */
void parser_go(struct parser *p, uint32_t index);

/* Returns the token that is seen; ahead of it, the one after it. */
const struct token *parser_peek(const struct parser *p);
const struct token *parser_peek_next(const struct parser *p);

/* Returns how many words joined by dots are ahead, at least 1. */
uint32_t parser_words_ahead(const struct parser *p);

/* Returns the token taken last, or the first one if none was. */
const struct token *parser_last(const struct parser *p);

/* Returns whether a token of that kind is seen; of the next one for the second function. */
bool parser_sees(const struct parser *p, enum token_kind kind);
bool parser_sees_next(const struct parser *p, enum token_kind kind);

/* Returns whether an id is seen: a name, or a word that may be one. */
bool parser_sees_id(const struct parser *p);

/* Returns whether a list, block or chain goes on: neither its closing kind nor the end is seen. */
bool parser_goes_on(const struct parser *p, enum token_kind closing);

/* Takes the token that is seen and returns it. */
const struct token *parser_take(struct parser *p);

/* Takes a token of that kind if it is seen. Returns whether it was. */
bool parser_accept(struct parser *p, enum token_kind kind);

/*
 * Takes a token of that kind and returns it; an error if another one is seen. what names it in the
 * sentence "expected WHAT, found ..."; NULL: the kind's own text. help may be NULL.
 */
const struct token *parser_expect(
	struct parser *p, enum token_kind kind, const char *what, const char *help);

/*
 * As parser_expect for the `}` `)` `]` `>` that belongs to opening; a note shows where that is.
 * what: as for parser_expect, "`,` or `}`".
 */
void parser_close(struct parser *p, enum token_kind kind, const char *what, struct span opening);

/* Reports "expected WHAT, found ..." at the token that is seen; the parser has failed then. */
void parser_error_expected(struct parser *p, const char *what, const char *help);

/* Reports a sentence of its own at a place. clause NULL: that of the item. help may be NULL. */
void parser_error(struct parser *p, struct span at, const char *clause, const char *help,
	const char *format, ...) __attribute__((format(printf, 5, 6)));

/*
 * As parser_error_expected where a line of a block or file begins: a suggestion out of count words,
 * and a note if the block seems to lack its end.
 */
void parser_error_word(struct parser *p, const char *what, const char *const *words, size_t count);

/* Takes the `{` of a block of items. Returns the block around it, for parser_block_end. */
struct span parser_block_begin(struct parser *p, const char *what);

/* Takes the `}` of the block under way; outer is the block around it. */
void parser_block_end(struct parser *p, const char *what, struct span outer);

/* Goes one level deeper; an error if there are too many. Returns whether it went. */
bool parser_enter(struct parser *p);

/* Comes back from parser_enter. */
void parser_leave(struct parser *p);

/* Says how fmt sets the token that is seen. */
void parser_mark(struct parser *p, enum layout layout);

/* Returns the span from a token or node that began at start to the token taken last. */
struct span parser_span_from(const struct parser *p, struct span start);

/* Returns zeroed memory for a node. */
void *parser_alloc(struct parser *p, size_t size);

#endif
