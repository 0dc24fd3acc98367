/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_name.c: reads names, numbers and texts. */
#include "parse_name.h"

#include <string.h>

#include "ast_expr.h"
#include "buffer.h"
#include "compile.h"
#include "parser.h"

static struct ast_ident
ident_of(const struct token *t)
{
	return (struct ast_ident){.text = t->text, .span = t->span};
}

/* id = NAME | soft word */
struct ast_ident
parse_ident(struct parser *p, const char *what)
{
	const struct token *t = parser_peek(p);

	if (parser_sees_id(p)) {
		return ident_of(parser_take(p));
	}
	if (token_is_hard_word((enum token_kind)t->kind) && !t->first_on_line) {
		parser_error(p, t->span, "G3",
			"choose another name; in a rule a field is `arg.NAME`",
			"expected %s, but %s is a word of the language", what,
			token_kind_text((enum token_kind)t->kind));
	} else {
		parser_error_expected(p, what, NULL);
	}
	return ident_of(&p->end);
}

struct ast_ident
parse_any_word(struct parser *p, const char *what)
{
	if (token_is_hard_word((enum token_kind)parser_peek(p)->kind)) {
		return ident_of(parser_take(p));
	}
	return parse_ident(p, what);
}

/* names = id {"," id} */
struct ast_ident *
parse_idents(struct parser *p, const char *what)
{
	struct ast_ident *first = NULL;
	struct ast_ident **place = &first;

	do {
		struct ast_ident *id = parser_alloc(p, sizeof(*id));

		*id = parse_ident(p, what);
		*place = id;
		place = &id->next;
	} while (parser_accept(p, TOKEN_COMMA));
	return first;
}

static const char *
joined_text(struct parser *p, const struct ast_qname *name)
{
	struct buffer text;
	const char *joined;

	if (name->part_count == 1) {
		return name->parts[0].text;
	}
	buffer_init(&text, &p->compile->scratch);
	for (uint32_t i = 0; i < name->part_count; i++) {
		if (i > 0) {
			buffer_text(&text, ".");
		}
		buffer_text(&text, name->parts[i].text);
	}
	joined = intern_bytes(&p->compile->interned, &p->compile->arena, text.bytes, text.size);
	arena_reset(&p->compile->scratch);
	return joined;
}

/* qname = id {"." id} */
struct ast_qname
parse_qname(struct parser *p, const char *what)
{
	struct ast_qname name = {.part_count = parser_words_ahead(p)};
	struct span start = parser_peek(p)->span;

	name.parts = arena_array(p->arena, name.part_count, sizeof(*name.parts));
	for (uint32_t i = 0; i < name.part_count && !p->failed; i++) {
		if (i > 0) {
			(void)parser_expect(p, TOKEN_DOT, NULL, NULL);
		}
		name.parts[i] = parse_ident(p, i == 0 ? what : "a name after `.`");
	}
	name.span = parser_span_from(p, start);
	name.text = p->failed ? NULL : joined_text(p, &name);
	return name;
}

struct ast_qname *
parse_qnames(struct parser *p, const char *what)
{
	struct ast_qname *first = NULL;
	struct ast_qname **place = &first;

	do {
		struct ast_qname *name = parser_alloc(p, sizeof(*name));

		*name = parse_qname(p, what);
		*place = name;
		place = &name->next;
	} while (parser_accept(p, TOKEN_COMMA));
	return first;
}

static struct ast_number
number_of(const struct token *t)
{
	return t->kind == TOKEN_END ? (struct ast_number){0} : *t->number;
}

/* Returns the number that is seen as it was written, for a proposal. */
static const char *
number_shown(struct parser *p)
{
	struct span at = parser_peek(p)->span;

	return arena_format(&p->compile->arena, "%.*s", at.length > 40 ? 40 : (int)at.length,
		p->lex->source->text + at.offset);
}

struct ast_number
parse_int(struct parser *p, const char *what)
{
	if (parser_sees(p, TOKEN_SIZE) || parser_sees(p, TOKEN_TIME)) {
		parser_error(p, parser_peek(p)->span, "G7", "write the number alone",
			"expected %s, a number without a unit, found `%s`", what, number_shown(p));
	}
	return number_of(parser_expect(p, TOKEN_INT, what, NULL));
}

struct ast_number
parse_size(struct parser *p, const char *what)
{
	if (parser_sees(p, TOKEN_INT)) {
		uint64_t bytes = parser_peek(p)->number->magnitude;
		const char *help = "a size ends in K (1024), M or G: `64K`";

		if (bytes > 0 && bytes % 1024 == 0) {
			help = arena_format(&p->compile->arena, "write `%lluK`",
				(unsigned long long)(bytes / 1024));
		}
		parser_error(p, parser_peek(p)->span, "G7", help, "%s needs its unit", what);
	}
	return number_of(parser_expect(p, TOKEN_SIZE, what, NULL));
}

struct ast_number
parse_time(struct parser *p, const char *what)
{
	if (parser_sees(p, TOKEN_INT)) {
		parser_error(p, parser_peek(p)->span, "G7",
			arena_format(&p->compile->arena, "write `%sms` or `%ss`", number_shown(p),
				number_shown(p)),
			"%s needs its unit", what);
	}
	return number_of(parser_expect(p, TOKEN_TIME, what, NULL));
}

bool
parse_sees_num(const struct parser *p)
{
	enum token_kind kind = parser_peek(p)->kind;

	return kind == TOKEN_INT || kind == TOKEN_SIZE || kind == TOKEN_TIME || kind == TOKEN_MINUS;
}

/* num = ["-"] INT | SIZE | TIME */
struct ast_number
parse_num(struct parser *p, const char *what)
{
	struct span start = parser_peek(p)->span;
	struct ast_number number;

	if (parser_sees(p, TOKEN_SIZE) || parser_sees(p, TOKEN_TIME)) {
		return number_of(parser_take(p));
	}
	if (!parser_sees(p, TOKEN_MINUS)) {
		return number_of(parser_expect(p, TOKEN_INT, what, NULL));
	}
	parser_mark(p, LAYOUT_SIGN);
	(void)parser_take(p);
	number = parse_int(p, "a negative number");
	number.span = parser_span_from(p, start);
	if (number.magnitude > (uint64_t)INT64_MAX + 1) {
		parser_error(p, number.span, "G6", "the smallest number is -9223372036854775808",
			"this number does not fit 64 bits");
	}
	number.negative = number.magnitude > 0;
	return number;
}

struct ast_string
parse_string(struct parser *p, const char *what)
{
	const struct token *t = parser_expect(p, TOKEN_STRING, what, NULL);

	if (t->kind == TOKEN_END) {
		return (struct ast_string){.bytes = ""};
	}
	return (struct ast_string){.bytes = t->text, .length = t->span.length - 2, .span = t->span};
}

struct ast_number *
parse_box_number(struct parser *p, struct ast_number number)
{
	struct ast_number *box = parser_alloc(p, sizeof(*box));

	*box = number;
	return box;
}
