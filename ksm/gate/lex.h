/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lex.h: from the bytes of a source to tokens, and the comments between them. */
#ifndef GATE_LEX_H
#define GATE_LEX_H

#include <stdbool.h>
#include <stdint.h>

#include "source.h"

struct ast_number;
struct compile;

enum token_kind {
#define TOKEN(kind, text)           TOKEN_##kind,
#define MARK(kind, spelling)        TOKEN_##kind,
#define WORD(kind, spelling, class) TOKEN_##kind,
#include "tokens.def"
	TOKEN_COUNT
};

/* How fmt sets a token; the parser knows and marks it, because only it knows what a token is for.
 */
enum layout {
	LAYOUT_PLAIN,
	LAYOUT_ITEM,    /* begins an item: a line of its own */
	LAYOUT_SETTING, /* begins one of several that fill lines, `; ` between them */
	LAYOUT_CLAUSE,  /* begins a clause: a line of its own if the rule does not fit one */
	LAYOUT_BREAK,   /* a long line may be broken before it */
	LAYOUT_CALL,    /* a `(` that touches the word before it */
	LAYOUT_SIGN,    /* a `-` that touches what follows */
	LAYOUT_ANGLE,   /* a `<` or `>` of a type */
	LAYOUT_WIDE,    /* a `:` with a blank before it */
	LAYOUT_BLOCK,   /* a `{` or `}` around items */
	LAYOUT_LIST, /* a `{` or `}` around parts that stand on lines of their own if they are many
		      */
	LAYOUT_DROP, /* is not printed */
};

/* Why a piece of text is no token. It is reported when the parser meets it, not before. */
struct lex_fault {
	const char *clause;
	const char *sentence;
	const char *help; /* or NULL */
};

struct token {
	uint8_t kind;   /* enum token_kind */
	uint8_t layout; /* enum layout */
	bool first_on_line;
	bool blank_before; /* an empty line, or more, stands before it */
	struct span span;
	union {
		const char *text; /* NAME, words: interned; STRING: without quotes; DOC: its text */
		const struct ast_number *number; /* INT, SIZE, TIME */
		const struct lex_fault *fault;   /* BAD */
	};
};

/* A `#` comment. Comments are no tokens; fmt keeps them all. */
struct lex_comment {
	struct span span; /* with the mark, without blanks at its end */
	uint32_t before;  /* index of the next token */
	bool own_line;    /* no token stands before it on its line */
	bool blank_before;
};

struct scanner;

struct lex {
	const struct source *source;
	struct token *tokens;
	uint32_t token_count; /* the last token is END, once all is cut */
	struct lex_comment *comments;
	uint32_t comment_count;
	struct scanner *scanner; /* how far it is */
};

/* Cuts all of a source into tokens. Reports nothing: faults are BAD tokens. Never NULL. */
struct lex *lex_source(struct compile *c, const struct source *s);

/*
 * The same piece by piece: nothing is cut yet, and comments are not kept. start: of the word it
 * begins with, line 0 for the whole source. Never NULL.
 */
struct lex *lex_begin(struct compile *c, const struct source *s, struct span start);

/* Cuts on until there are `count` tokens, or the last one is END. Tokens that somebody has a
 * pointer to stay where they are, until lex_forget. */
void lex_fill(struct lex *lex, uint32_t count);

/*
 * Forgets the tokens in front of one that is the first of its line; the one before it is kept, as
 * number 0, for its place, so the first is number 1 then. Pointers to tokens are dead afterwards.
 * Requires: index > 0; a lex of lex_begin.
 */
void lex_forget(struct lex *lex, uint32_t index);

/* Returns what a kind is called in a sentence: "a name", "`->`", "`allow`". */
const char *token_kind_text(enum token_kind kind);

/* Returns the name of a kind in dumps: "NAME", "ARROW". */
const char *token_kind_name(enum token_kind kind);

/* Returns whether the kind is a word of the language that no name may be. */
bool token_is_hard_word(enum token_kind kind);

/* Returns whether the kind is a word that is a name wherever a name is due. */
bool token_is_soft_word(enum token_kind kind);

/* Returns whether an item of a file may begin with the kind. */
bool token_begins_item(enum token_kind kind);

/* Returns the kind of a word of the language, or TOKEN_NAME. */
enum token_kind token_word_find(const char *bytes, size_t length);

/* Returns all words of the language, for suggestions; *count of them. */
const char *const *token_words(size_t *count);

#endif
