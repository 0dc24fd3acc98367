/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parser.c: sees, takes, and says what it expected instead. */
#include "parser.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "compile.h"
#include "parse.h"
#include "suggest.h"

/* The next token and the one behind it are always there. */
#define TOKENS_AHEAD 2u

void
parser_go(struct parser *p, uint32_t index)
{
	p->at = index;
	lex_fill(p->lex, index + TOKENS_AHEAD);
}

void
parser_begin(struct parser *p, struct compile *c, struct lex *lex)
{
	*p = (struct parser){.compile = c, .arena = &c->trees, .lex = lex};
	p->end.kind = TOKEN_END;
	p->end.span = span_of_file(lex->source);
	p->end.span.offset = (uint32_t)lex->source->size;
	parser_go(p, 0);
}

const struct token *
parser_peek(const struct parser *p)
{
	return p->failed ? &p->end : &p->lex->tokens[p->at];
}

const struct token *
parser_peek_next(const struct parser *p)
{
	uint32_t next = p->at + 1;

	return p->failed || next >= p->lex->token_count ? &p->end : &p->lex->tokens[next];
}

uint32_t
parser_words_ahead(const struct parser *p)
{
	uint32_t count = 1;

	while (!p->failed) {
		uint32_t dot = p->at + count * 2 - 1;

		lex_fill(p->lex, dot + 1);
		if (dot >= p->lex->token_count || p->lex->tokens[dot].kind != TOKEN_DOT) {
			break;
		}
		count++;
	}
	return count;
}

const struct token *
parser_last(const struct parser *p)
{
	return &p->lex->tokens[p->at > 0 ? p->at - 1 : 0];
}

bool
parser_sees(const struct parser *p, enum token_kind kind)
{
	return parser_peek(p)->kind == kind;
}

bool
parser_sees_next(const struct parser *p, enum token_kind kind)
{
	return parser_peek_next(p)->kind == kind;
}

bool
parser_sees_id(const struct parser *p)
{
	enum token_kind kind = parser_peek(p)->kind;

	return kind == TOKEN_NAME || token_is_soft_word(kind);
}

bool
parser_goes_on(const struct parser *p, enum token_kind closing)
{
	return !parser_sees(p, closing) && !parser_sees(p, TOKEN_END);
}

const struct token *
parser_take(struct parser *p)
{
	const struct token *t = parser_peek(p);

	if (t->kind != TOKEN_END) {
		parser_go(p, p->at + 1);
	}
	return t;
}

bool
parser_accept(struct parser *p, enum token_kind kind)
{
	if (!parser_sees(p, kind)) {
		return false;
	}
	(void)parser_take(p);
	return true;
}

const struct token *
parser_expect(struct parser *p, enum token_kind kind, const char *what, const char *help)
{
	if (parser_sees(p, kind)) {
		return parser_take(p);
	}
	parser_error_expected(p, what != NULL ? what : token_kind_text(kind), help);
	return &p->end;
}

/* Returns the finding, or NULL if this one only follows from another. Either way p has failed. */
static struct diag *
fail_at(struct parser *p, struct span at, const char *clause, const char *sentence)
{
	bool quiet = p->failed || (p->quiet_until > 0 && p->at <= p->quiet_until);

	p->failed = true;
	return quiet ? NULL : diag_error(p->compile, at, clause, "%s", sentence);
}

/* Returns the words of a token for a sentence: "`allow`", "the name `foo`", "the number `12`". */
static const char *
token_shown(struct parser *p, const struct token *t)
{
	const char *source = p->lex->source->text + t->span.offset;
	int length = t->span.length > 40 ? 40 : (int)t->span.length;
	const char *dots = t->span.length > 40 ? "..." : "";

	switch ((enum token_kind)t->kind) {
	case TOKEN_NAME:
	case TOKEN_INT:
	case TOKEN_SIZE:
	case TOKEN_TIME:
		return arena_format(&p->compile->arena, "the %s `%.*s%s`",
			token_kind_text((enum token_kind)t->kind) + strlen("a "), length, source,
			dots);
	case TOKEN_STRING:
		return arena_format(&p->compile->arena, "the text %.*s%s", length, source, dots);
	default:
		return token_kind_text((enum token_kind)t->kind);
	}
}

/* A finding about what is missing stands behind the last token if the line ended there. */
static struct span
place_of_expectation(const struct parser *p, const struct token *t)
{
	if (p->at > 0 && (t->first_on_line || t->kind == TOKEN_END)) {
		return span_after(parser_last(p)->span);
	}
	return t->span;
}

/* Why a word was read as a name, or the other way round, is the commonest surprise. */
static const char *
surprise_help(struct parser *p, const struct token *t)
{
	const char *next = p->lex->source->text + t->span.offset + t->span.length;

	if (t->kind != TOKEN_NAME || token_word_find(t->text, t->span.length) == TOKEN_NAME) {
		return NULL;
	}
	return arena_format(&p->compile->arena,
		*next == '(' || *next == '.'
			? "`%s` touches what follows, which makes it a name; put a blank between"
			: "`%s` stands next to `.` or `:`, which makes it a name",
		t->text);
}

/* The finding that something else was expected, or NULL; t is what was found. */
static struct diag *
fail_expected(
	struct parser *p, const struct token *t, struct span at, const char *what, const char *help)
{
	const char *surprise;
	struct diag *d;

	if (p->failed) {
		return NULL;
	}
	if (t->kind == TOKEN_BAD) {
		d = fail_at(p, t->span, t->fault->clause, t->fault->sentence);
		help = t->fault->help;
	} else if (t->kind == TOKEN_DOC) {
		d = fail_at(p, t->span, "G4",
			"a `##` comment stands only before a declaration or a method");
		help = "write `#`";
	} else {
		surprise = surprise_help(p, t);
		help = surprise != NULL ? surprise : help;
		d = fail_at(p, at, surprise != NULL ? "G3" : p->clause,
			arena_format(&p->compile->arena, "expected %s, found %s", what,
				token_shown(p, t)));
	}
	if (d != NULL && help != NULL) {
		diag_help(d, "%s", help);
	}
	return d;
}

void
parser_error_expected(struct parser *p, const char *what, const char *help)
{
	const struct token *t = parser_peek(p);

	(void)fail_expected(p, t, place_of_expectation(p, t), what, help);
}

void
parser_error(struct parser *p, struct span at, const char *clause, const char *help,
	const char *format, ...)
{
	va_list arguments;
	const char *sentence;
	struct diag *d;

	va_start(arguments, format);
	sentence = arena_vformat(&p->compile->arena, format, arguments);
	va_end(arguments);
	d = fail_at(p, at, clause != NULL ? clause : p->clause, sentence);
	if (d != NULL && help != NULL) {
		diag_help(d, "%s", help);
	}
}

void
parser_error_word(struct parser *p, const char *what, const char *const *words, size_t count)
{
	const struct token *t = parser_peek(p);
	const char *nearest = NULL;
	struct diag *d;

	if (t->kind == TOKEN_NAME) {
		nearest = suggest_nearest(t->text, words, count);
	}
	d = fail_expected(p, t, t->span, what,
		nearest == NULL ? NULL
				: arena_format(&p->compile->arena, "did you mean `%s`?", nearest));
	if (d != NULL && p->block.line > 0 &&
		(t->kind == TOKEN_END || token_begins_item((enum token_kind)t->kind))) {
		diag_note(d, p->block, "this is still open");
	}
}

void
parser_close(struct parser *p, enum token_kind kind, const char *what, struct span opening)
{
	const struct token *t = parser_peek(p);
	struct diag *d;

	if (parser_accept(p, kind)) {
		return;
	}
	d = fail_expected(p, t, place_of_expectation(p, t),
		what != NULL ? what : token_kind_text(kind), NULL);
	if (d != NULL && t->kind != TOKEN_BAD && t->kind != TOKEN_DOC) {
		diag_note(d, opening, "this is still open");
	}
}

struct span
parser_block_begin(struct parser *p, const char *what)
{
	struct span outer = p->block;

	p->block = parser_peek(p)->span;
	parser_mark(p, LAYOUT_BLOCK);
	(void)parser_expect(p, TOKEN_LBRACE, what, NULL);
	return outer;
}

void
parser_block_end(struct parser *p, const char *what, struct span outer)
{
	parser_mark(p, LAYOUT_BLOCK);
	parser_close(p, TOKEN_RBRACE, what, p->block);
	p->block = outer;
}

bool
parser_enter(struct parser *p)
{
	if (p->depth >= PARSE_DEPTH_MAX) {
		parser_error(p, parser_peek(p)->span, "G28", "split it, or give a part a name",
			"this nests more than %u deep", PARSE_DEPTH_MAX);
		return false;
	}
	p->depth++;
	return true;
}

void
parser_leave(struct parser *p)
{
	assert(p->depth > 0);
	p->depth--;
}

void
parser_mark(struct parser *p, enum layout layout)
{
	if (!p->failed) {
		p->lex->tokens[p->at].layout = (uint8_t)layout;
	}
}

struct span
parser_span_from(const struct parser *p, struct span start)
{
	struct span last = parser_last(p)->span;

	/* After an error the two may stand the wrong way round; nobody looks at such a span. */
	return p->failed || last.offset < start.offset ? start : span_join(start, last);
}

void *
parser_alloc(struct parser *p, size_t size)
{
	return arena_alloc(p->arena, size);
}
