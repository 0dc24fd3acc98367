/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_type.c: reads values, types and parameters. */
#include "parse_type.h"

#include <string.h>

#include "ast_expr.h"
#include "compile.h"
#include "parse_name.h"
#include "parser.h"
#include "suggest.h"

static struct ast_value *
value_new(struct parser *p, enum ast_value_kind kind)
{
	struct ast_value *v = parser_alloc(p, sizeof(*v));

	v->kind = kind;
	v->span = parser_peek(p)->span;
	return v;
}

/* num [".." num] */
static struct ast_value *
value_number(struct parser *p, bool range_due)
{
	struct ast_value *v = value_new(p, AST_VALUE_NUMBER);
	struct ast_number low = parse_num(p, "a number");

	v->number = low;
	if (range_due || parser_sees(p, TOKEN_DOTS)) {
		v->kind = AST_VALUE_RANGE;
		(void)parser_expect(
			p, TOKEN_DOTS, "`..` of a range", "a range is `0..7`; a set is `{1, 4}`");
		v->range.low = low;
		v->range.high = parse_num(p, "the upper end of the range");
	}
	v->span = parser_span_from(p, v->span);
	return v;
}

static struct ast_value *value_item(struct parser *p);

/* Reads item {"," item} into a list and returns how many there are. */
static uint32_t
value_items(struct parser *p, struct ast_value **place)
{
	uint32_t count = 0;

	do {
		*place = value_item(p);
		place = &(*place)->next;
		count++;
	} while (parser_accept(p, TOKEN_COMMA));
	return count;
}

/* "(" item "," item {"," item} ")" */
static struct ast_value *
value_tuple(struct parser *p)
{
	struct ast_value *v = value_new(p, AST_VALUE_TUPLE);

	(void)parser_take(p);
	if (parser_enter(p)) {
		uint32_t count = value_items(p, &v->members);

		if (count == 1) {
			parser_error_expected(p, "`,` and the second part of a tuple",
				"a value alone needs no parentheses");
		}
		parser_close(p, TOKEN_RPAREN, "`,` or `)`", v->span);
		parser_leave(p);
	}
	v->span = parser_span_from(p, v->span);
	return v;
}

/* item = num | num ".." num | STRING | qname | tuple */
static struct ast_value *
value_item(struct parser *p)
{
	struct ast_value *v;

	if (parse_sees_num(p)) {
		return value_number(p, false);
	}
	if (parser_sees(p, TOKEN_LPAREN)) {
		return value_tuple(p);
	}
	if (parser_sees(p, TOKEN_STRING)) {
		v = value_new(p, AST_VALUE_STRING);
		v->string = parse_string(p, "a text");
		return v;
	}
	v = value_new(p, AST_VALUE_NAME);
	v->name = parse_qname(p, "a value");
	v->span = v->name.span;
	return v;
}

/* "{" item {"," item} "}" */
static struct ast_value *
value_set(struct parser *p)
{
	struct ast_value *v = value_new(p, AST_VALUE_SET);

	(void)parser_take(p);
	(void)value_items(p, &v->members);
	parser_close(p, TOKEN_RBRACE, "`,` or `}`", v->span);
	v->span = parser_span_from(p, v->span);
	return v;
}

/* valset = num ".." num | "{" item {"," item} "}" */
struct ast_value *
parse_valset(struct parser *p)
{
	if (parser_sees(p, TOKEN_LBRACE)) {
		return value_set(p);
	}
	return value_number(p, true);
}

/* value = num [".." num] | STRING | "true" | "false" | qname | set */
struct ast_value *
parse_value(struct parser *p)
{
	struct ast_value *v;

	if (parser_sees(p, TOKEN_LBRACE)) {
		return value_set(p);
	}
	if (parser_sees(p, TOKEN_TRUE) || parser_sees(p, TOKEN_FALSE)) {
		v = value_new(p, AST_VALUE_BOOL);
		v->truth = parser_take(p)->kind == TOKEN_TRUE;
		return v;
	}
	if (parser_sees(p, TOKEN_LPAREN)) {
		parser_error_expected(p, "a value", "a tuple stands in a set: `{(1, 4), (4, 1)}`");
	}
	return value_item(p);
}

/* The types that take "<" size ">". */
static const struct {
	const char *word;
	enum ast_type_kind kind;
} sized[] = {
	{"bytes", AST_TYPE_BYTES},
	{"text", AST_TYPE_TEXT},
	{"path", AST_TYPE_PATH},
	{"list", AST_TYPE_LIST},
};

static const char *const sized_words[] = {"bytes", "text", "path", "list"};

#define SIZED_COUNT (sizeof(sized) / sizeof(sized[0]))

/* size = INT | SIZE */
static struct ast_number
type_size(struct parser *p)
{
	if (parser_sees(p, TOKEN_SIZE)) {
		return parse_size(p, "a size");
	}
	return parse_int(p, "a size");
}

static void type_base(struct parser *p, struct ast_type *type);

static struct ast_type *
type_element(struct parser *p)
{
	struct ast_type *type = parser_alloc(p, sizeof(*type));

	if (parser_enter(p)) {
		type_base(p, type);
		parser_leave(p);
	}
	return type;
}

static void
type_angle_close(struct parser *p, struct span opening)
{
	if (parser_sees(p, TOKEN_GE)) {
		parser_error(p, parser_peek(p)->span, "G8", "write `> =`",
			"`>=` is one mark here, not `>` and `=`");
	}
	parser_mark(p, LAYOUT_ANGLE);
	parser_close(p, TOKEN_GT, NULL, opening);
}

/* "<" size ">" or "<" base "," size ">" behind one of the sized words */
static void
type_sized(struct parser *p, struct ast_type *type)
{
	struct span opening = parser_peek(p)->span;

	parser_mark(p, LAYOUT_ANGLE);
	(void)parser_expect(p, TOKEN_LT, "`<` and the largest size",
		type->kind == AST_TYPE_LIST ? "write `list<u8, 16>`"
					    : "write `bytes<64>`, `text<32>`");
	if (type->kind == AST_TYPE_LIST) {
		type->element = type_element(p);
		(void)parser_expect(p, TOKEN_COMMA, "`,` and the largest number of elements", NULL);
	}
	type->size = type_size(p);
	type_angle_close(p, opening);
}

/* qname, or a sized type */
static void
type_named(struct parser *p, struct ast_type *type)
{
	type->name = parse_qname(p, "a type");
	if (p->failed) {
		return;
	}
	for (size_t i = 0; i < SIZED_COUNT; i++) {
		if (strcmp(type->name.text, sized[i].word) == 0) {
			type->kind = sized[i].kind;
			type_sized(p, type);
			return;
		}
	}
	if (parser_sees(p, TOKEN_LT)) {
		const char *nearest = suggest_nearest(type->name.text, sized_words, SIZED_COUNT);

		parser_error(p, type->name.span, NULL,
			nearest == NULL
				? "only bytes, text, path and list have a size"
				: arena_format(&p->compile->arena, "did you mean `%s`?", nearest),
			"`%s` takes no `<`", type->name.text);
	}
}

/* base = qname | "process" | sized | "optional" base | "handle" qname */
static void
type_base(struct parser *p, struct ast_type *type)
{
	type->span = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_PROCESS)) {
		type->kind = AST_TYPE_PROCESS;
	} else if (parser_accept(p, TOKEN_OPTIONAL)) {
		type->kind = AST_TYPE_OPTIONAL;
		type->element = type_element(p);
	} else if (parser_accept(p, TOKEN_HANDLE)) {
		type->kind = AST_TYPE_HANDLE;
		type->name = parse_qname(p, "the interface of the handle");
	} else {
		type->kind = AST_TYPE_NAMED;
		type_named(p, type);
	}
	type->span = parser_span_from(p, type->span);
}

/* type = base ["in" valset] ["[" INT "]"] */
struct ast_type *
parse_type(struct parser *p)
{
	struct ast_type *type = type_element(p);
	struct span opening;

	if (parser_accept(p, TOKEN_IN)) {
		type->range = parse_valset(p);
	}
	opening = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_LBRACKET)) {
		type->array = parse_box_number(p, parse_int(p, "the number of elements"));
		parser_close(p, TOKEN_RBRACKET, NULL, opening);
	}
	type->span = parser_span_from(p, type->span);
	return type;
}

/* param = ["reads"|"writes"] id ":" type ["secret"] ["=" value] */
static struct ast_param *
param(struct parser *p)
{
	struct ast_param *q = parser_alloc(p, sizeof(*q));

	q->span = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_READS)) {
		q->direction = AST_DIRECTION_READS;
	} else if (parser_accept(p, TOKEN_WRITES)) {
		q->direction = AST_DIRECTION_WRITES;
	}
	q->name = parse_ident(p, "a parameter");
	(void)parser_expect(p, TOKEN_COLON, "`:` and a type", "a parameter is `name: type`");
	q->type = parse_type(p);
	q->secret = parser_accept(p, TOKEN_SECRET);
	if (parser_accept(p, TOKEN_EQ)) {
		q->initial = parse_value(p);
	}
	q->span = parser_span_from(p, q->span);
	return q;
}

/* params = param {"," param} */
struct ast_param *
parse_params(struct parser *p, enum token_kind closing)
{
	struct ast_param *first = NULL;
	struct ast_param **place = &first;

	if (parser_sees(p, closing)) {
		return NULL;
	}
	do {
		*place = param(p);
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_COMMA));
	return first;
}

struct ast_param *
parse_param_list(struct parser *p)
{
	struct span opening = parser_peek(p)->span;
	struct ast_param *params;

	if (parser_last(p)->kind != TOKEN_ARROW) {
		parser_mark(p, LAYOUT_CALL);
	}
	(void)parser_expect(p, TOKEN_LPAREN, NULL, NULL);
	params = parse_params(p, TOKEN_RPAREN);
	parser_close(p, TOKEN_RPAREN, "`,` or `)`", opening);
	return params;
}
