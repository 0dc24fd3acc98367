/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_expr.c: reads conditions and sums; chains of one operator become one flat node. */
#include "parse_expr.h"

#include "ast_expr.h"
#include "compile.h"
#include "parse_name.h"
#include "parse_type.h"
#include "parser.h"

static struct ast_expr *
expr_new(struct parser *p, enum ast_expr_kind kind, struct span start)
{
	struct ast_expr *e = parser_alloc(p, sizeof(*e));

	e->kind = kind;
	e->span = start;
	e->op = start;
	return e;
}

static struct ast_expr *
expr_end(struct parser *p, struct ast_expr *e)
{
	e->span = parser_span_from(p, e->span);
	return e;
}

/* ["[" sum "]"] */
static struct ast_expr *
index_maybe(struct parser *p)
{
	struct span opening = parser_peek(p)->span;
	struct ast_expr *index = NULL;

	if (parser_accept(p, TOKEN_LBRACKET)) {
		if (parser_enter(p)) {
			index = parse_sum(p);
			parser_leave(p);
		}
		parser_close(p, TOKEN_RBRACKET, NULL, opening);
	}
	return index;
}

/* ref = qname ["[" sum "]" {"." id ["[" sum "]"]}] */
static struct ast_expr *
ref_after_name(struct parser *p, struct ast_qname name)
{
	struct ast_expr *e = expr_new(p, AST_EXPR_REF, name.span);
	struct ast_part **place = &e->ref.behind;

	e->ref.name = name;
	e->ref.index = index_maybe(p);
	while (e->ref.index != NULL && parser_accept(p, TOKEN_DOT)) {
		struct ast_part *part = parser_alloc(p, sizeof(*part));

		part->name = parse_ident(p, "a name after `.`");
		part->index = index_maybe(p);
		*place = part;
		place = &part->next;
	}
	return expr_end(p, e);
}

struct ast_expr *
parse_ref(struct parser *p, const char *what)
{
	return ref_after_name(p, parse_qname(p, what));
}

/* ref | qname "(" sum ")" */
static struct ast_expr *
term_name(struct parser *p)
{
	const struct token *t = parser_peek(p);
	struct span start = t->span;
	struct ast_qname name;
	struct ast_expr *e;
	struct span opening;

	if (token_is_hard_word((enum token_kind)t->kind) && !t->first_on_line) {
		parser_error(p, start, "G3",
			arena_format(&p->compile->arena, "a field of that name is written `arg.%s`",
				t->text),
			"%s is a word of the language", token_kind_text((enum token_kind)t->kind));
	}
	if (parser_sees_id(p) && parser_sees_next(p, TOKEN_LPAREN) &&
		token_word_find(t->text, t->span.length) != TOKEN_NAME) {
		parser_error_expected(p, "a value", NULL);
	}
	name = parse_qname(p, "a value");
	opening = parser_peek(p)->span;
	if (!parser_sees(p, TOKEN_LPAREN)) {
		return ref_after_name(p, name);
	}
	e = expr_new(p, AST_EXPR_CALL, start);
	e->call.name = name;
	parser_mark(p, LAYOUT_CALL);
	(void)parser_take(p);
	if (parser_enter(p)) {
		e->call.argument = parse_sum(p);
		parser_leave(p);
	}
	parser_close(p, TOKEN_RPAREN, NULL, opening);
	return expr_end(p, e);
}

/* "(" expr {"," expr} ")": one in parentheses is itself, more are a tuple */
static struct ast_expr *
term_parens(struct parser *p)
{
	struct span opening = parser_peek(p)->span;
	struct ast_expr *first;
	struct ast_expr *tuple;

	(void)parser_take(p);
	first = parse_exprs(p);
	parser_close(p, TOKEN_RPAREN, "`,` or `)`", opening);
	if (first->next == NULL) {
		return first;
	}
	tuple = expr_new(p, AST_EXPR_TUPLE, opening);
	tuple->members = first;
	return expr_end(p, tuple);
}

/* term = num | STRING | "true" | "false" | ref | parentheses | qname "(" sum ")" */
static struct ast_expr *
term(struct parser *p)
{
	struct ast_expr *e;
	struct span start = parser_peek(p)->span;

	if (parse_sees_num(p)) {
		e = expr_new(p, AST_EXPR_NUMBER, start);
		e->number = parse_num(p, "a number");
		return expr_end(p, e);
	}
	switch ((enum token_kind)parser_peek(p)->kind) {
	case TOKEN_STRING:
		e = expr_new(p, AST_EXPR_STRING, start);
		e->string = parse_string(p, "a text");
		return e;
	case TOKEN_TRUE:
	case TOKEN_FALSE:
		e = expr_new(p, AST_EXPR_BOOL, start);
		e->truth = parser_take(p)->kind == TOKEN_TRUE;
		return e;
	case TOKEN_LPAREN:
		return term_parens(p);
	default:
		return term_name(p);
	}
}

/* sum = term {("+"|"-") term} */
struct ast_expr *
parse_sum(struct parser *p)
{
	struct ast_expr *first = term(p);
	struct ast_expr **place = &first->next;
	struct ast_expr *sum;

	if (!parser_sees(p, TOKEN_PLUS) && !parser_sees(p, TOKEN_MINUS)) {
		return first;
	}
	sum = expr_new(p, AST_EXPR_SUM, first->span);
	sum->members = first;
	sum->op = parser_peek(p)->span;
	while (parser_sees(p, TOKEN_PLUS) || parser_sees(p, TOKEN_MINUS)) {
		bool subtracted = parser_take(p)->kind == TOKEN_MINUS;

		*place = term(p);
		(*place)->subtracted = subtracted;
		place = &(*place)->next;
	}
	return expr_end(p, sum);
}

static bool
compare_of(enum token_kind kind, enum ast_compare *how)
{
	switch (kind) {
	case TOKEN_EQ:
		*how = AST_COMPARE_EQ;
		return true;
	case TOKEN_NE:
		*how = AST_COMPARE_NE;
		return true;
	case TOKEN_LT:
		*how = AST_COMPARE_LT;
		return true;
	case TOKEN_LE:
		*how = AST_COMPARE_LE;
		return true;
	case TOKEN_GT:
		*how = AST_COMPARE_GT;
		return true;
	case TOKEN_GE:
		*how = AST_COMPARE_GE;
		return true;
	default:
		return false;
	}
}

/* sum ("="|"!="|"<"|"<="|">"|">=") sum */
static struct ast_expr *
cmp_compare(struct parser *p, struct ast_expr *left, enum ast_compare how)
{
	struct ast_expr *e = expr_new(p, AST_EXPR_COMPARE, left->span);

	e->op = parser_take(p)->span;
	e->compare.how = how;
	e->compare.left = left;
	e->compare.right = parse_sum(p);
	if (compare_of((enum token_kind)parser_peek(p)->kind, &how)) {
		parser_error(p, parser_peek(p)->span, NULL, "write `a < b and b < c`",
			"comparisons do not chain");
	}
	return expr_end(p, e);
}

/* sum "in" (valset | ref) */
static struct ast_expr *
cmp_in(struct parser *p, struct ast_expr *left)
{
	struct ast_expr *e = expr_new(p, AST_EXPR_IN, left->span);

	e->op = parser_take(p)->span;
	e->in.left = left;
	if (parser_sees(p, TOKEN_LBRACE) || parse_sees_num(p)) {
		e->in.set = parse_valset(p);
		return expr_end(p, e);
	}
	e->in.ref = parse_ref(p, "a range, a set or the name of one");
	if (parser_sees(p, TOKEN_DOTS)) {
		parser_error(p, e->in.ref->span, NULL,
			"compare with `>=` and `<=`, or name a range by `const`",
			"the ends of a range are numbers");
	}
	return expr_end(p, e);
}

/* sum "is" (qname | "{" qname {"," qname} "}") */
static struct ast_expr *
cmp_is(struct parser *p, struct ast_expr *left)
{
	struct ast_expr *e = expr_new(p, AST_EXPR_IS, left->span);
	struct span opening;

	e->op = parser_take(p)->span;
	e->is.left = left;
	opening = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_LBRACE)) {
		e->is.names = parse_qnames(p, "a state");
		parser_close(p, TOKEN_RBRACE, "`,` or `}`", opening);
	} else {
		e->is.names = parser_alloc(p, sizeof(*e->is.names));
		*e->is.names = parse_qname(p, "a state");
	}
	return expr_end(p, e);
}

/* ref "held" */
static struct ast_expr *
cmp_held(struct parser *p, struct ast_expr *left)
{
	struct ast_expr *e = expr_new(p, AST_EXPR_HELD, left->span);

	e->op = parser_peek(p)->span;
	e->operand = left;
	if (left->kind != AST_EXPR_REF) {
		parser_error(p, left->span, NULL, "write the name of a latch before `held`",
			"only a latch can be held");
	}
	(void)parser_take(p);
	return expr_end(p, e);
}

/* cmp = sum [relation sum | "in" ... | "is" ... | "has" id | "under" sum] | ref "held" */
static struct ast_expr *
comparison(struct parser *p)
{
	struct ast_expr *left = parse_sum(p);
	enum token_kind kind = parser_peek(p)->kind;
	enum ast_compare how;
	struct ast_expr *e;

	if (compare_of(kind, &how)) {
		return cmp_compare(p, left, how);
	}
	switch (kind) {
	case TOKEN_IN:
		return cmp_in(p, left);
	case TOKEN_IS:
		return cmp_is(p, left);
	case TOKEN_HELD:
		return cmp_held(p, left);
	case TOKEN_HAS:
		e = expr_new(p, AST_EXPR_HAS, left->span);
		e->op = parser_take(p)->span;
		e->has.left = left;
		e->has.name = parse_any_word(p, "what it has");
		return expr_end(p, e);
	case TOKEN_UNDER:
		e = expr_new(p, AST_EXPR_UNDER, left->span);
		e->op = parser_take(p)->span;
		e->compare.left = left;
		e->compare.right = parse_sum(p);
		return expr_end(p, e);
	default:
		return left;
	}
}

/* neg = ["not"] neg | cmp */
static struct ast_expr *
negation(struct parser *p)
{
	struct ast_expr *e;

	if (!parser_sees(p, TOKEN_NOT)) {
		return comparison(p);
	}
	e = expr_new(p, AST_EXPR_NOT, parser_peek(p)->span);
	(void)parser_take(p);
	if (parser_enter(p)) {
		e->operand = negation(p);
		parser_leave(p);
	}
	return expr_end(p, e);
}

/* Reads part {word part} into one node of that kind. */
static struct ast_expr *
chain(struct parser *p, enum token_kind word, enum ast_expr_kind kind,
	struct ast_expr *(*part)(struct parser *))
{
	struct ast_expr *first = part(p);
	struct ast_expr **place = &first->next;
	struct ast_expr *e;

	if (!parser_sees(p, word)) {
		return first;
	}
	e = expr_new(p, kind, first->span);
	e->members = first;
	e->op = parser_peek(p)->span;
	while (parser_sees(p, word)) {
		parser_mark(p, LAYOUT_BREAK);
		(void)parser_take(p);
		*place = part(p);
		place = &(*place)->next;
	}
	return expr_end(p, e);
}

/* conj = neg {"and" neg} */
static struct ast_expr *
conjunction(struct parser *p)
{
	return chain(p, TOKEN_AND, AST_EXPR_AND, negation);
}

/* expr = conj {"or" conj} */
struct ast_expr *
parse_expr(struct parser *p)
{
	const char *clause = p->clause;
	struct ast_expr *e;

	if (!parser_enter(p)) {
		return expr_new(p, AST_EXPR_BOOL, parser_peek(p)->span);
	}
	p->clause = "G25";
	e = chain(p, TOKEN_OR, AST_EXPR_OR, conjunction);
	p->clause = clause;
	parser_leave(p);
	return e;
}

struct ast_expr *
parse_exprs(struct parser *p)
{
	struct ast_expr *first = parse_expr(p);
	struct ast_expr **place = &first->next;

	while (parser_accept(p, TOKEN_COMMA)) {
		*place = parse_expr(p);
		place = &(*place)->next;
	}
	return first;
}
