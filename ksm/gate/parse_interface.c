/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_interface.c: reads interfaces and their methods. */
#include "parse_interface.h"

#include "ast.h"
#include "ast_decl.h"
#include "parse_name.h"
#include "parse_type.h"
#include "parser.h"

struct ast_doc *
parse_docs(struct parser *p)
{
	struct ast_doc *first = NULL;
	struct ast_doc **place = &first;

	while (parser_sees(p, TOKEN_DOC)) {
		struct ast_doc *doc = parser_alloc(p, sizeof(*doc));

		parser_mark(p, LAYOUT_ITEM);
		doc->text = parser_peek(p)->text;
		doc->span = parser_take(p)->span;
		*place = doc;
		place = &doc->next;
	}
	return first;
}

/* case = id ["(" params ")"] */
static struct ast_error_case *
error_case(struct parser *p)
{
	struct ast_error_case *e = parser_alloc(p, sizeof(*e));

	e->name = parse_ident(p, "an error case");
	if (parser_sees(p, TOKEN_LPAREN)) {
		e->params = parse_param_list(p);
	}
	e->span = parser_span_from(p, e->name.span);
	return e;
}

/* ["errors" "{" case {"," case} "}"] */
static struct ast_error_case *
errors(struct parser *p)
{
	struct ast_error_case *first = NULL;
	struct ast_error_case **place = &first;
	struct span opening;

	if (!parser_sees(p, TOKEN_ERRORS)) {
		return NULL;
	}
	parser_mark(p, LAYOUT_BREAK);
	(void)parser_take(p);
	opening = parser_peek(p)->span;
	(void)parser_expect(p, TOKEN_LBRACE, "`{` and error cases", NULL);
	do {
		*place = error_case(p);
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_COMMA));
	parser_close(p, TOKEN_RBRACE, "`,` or `}`", opening);
	return first;
}

static enum ast_method_kind
method_kind(struct parser *p)
{
	if (parser_accept(p, TOKEN_ONEWAY)) {
		return AST_METHOD_ONEWAY;
	}
	if (parser_accept(p, TOKEN_IDEMPOTENT)) {
		return AST_METHOD_IDEMPOTENT;
	}
	return parser_accept(p, TOKEN_ASK) ? AST_METHOD_ASK : AST_METHOD_CALL;
}

/* ["oneway"|"idempotent"|"ask"] id "(" [params] ")" ["->" "(" [params] ")"] [errors] */
static void
method_signature(struct parser *p, struct ast_method *m)
{
	static const char *const words[] = {"oneway", "idempotent", "ask", "reserved"};

	m->kind = method_kind(p);
	if (!parser_sees_id(p) ||
		(m->kind == AST_METHOD_CALL && !parser_sees_next(p, TOKEN_LPAREN))) {
		parser_error_word(
			p, "a method `name(...)` or `}`", words, sizeof(words) / sizeof(words[0]));
	}
	m->name = parse_ident(p, "a method");
	m->params = parse_param_list(p);
	if (parser_sees(p, TOKEN_ARROW)) {
		parser_mark(p, LAYOUT_BREAK);
		(void)parser_take(p);
		m->has_results = true;
		if (!parser_sees(p, TOKEN_LPAREN)) {
			parser_error_expected(
				p, "`(` and results", "results have names: `-> (count: u32)`");
		}
		m->results = parse_param_list(p);
	}
	m->errors = errors(p);
}

/* method = {DOC} signature | "reserved" INT */
static struct ast_method *
method(struct parser *p)
{
	struct ast_method *m = parser_alloc(p, sizeof(*m));

	m->docs = parse_docs(p);
	m->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_ITEM);
	if (parser_accept(p, TOKEN_RESERVED)) {
		m->kind = AST_METHOD_RESERVED;
		m->number = parse_int(p, "the number of a method");
	} else {
		method_signature(p, m);
	}
	m->span = parser_span_from(p, m->span);
	return m;
}

/* interface = "interface" id ["version" INT] "{" {method} "}" */
struct ast_interface *
parse_interface(struct parser *p)
{
	struct ast_interface *i = parser_alloc(p, sizeof(*i));
	struct ast_method **place = &i->methods;
	struct span outer;

	p->clause = "G15";
	(void)parser_expect(p, TOKEN_INTERFACE, NULL, NULL);
	i->name = parse_ident(p, "the name of the interface");
	if (parser_accept(p, TOKEN_VERSION)) {
		i->version = parse_box_number(p, parse_int(p, "a version number"));
	}
	outer = parser_block_begin(p, "`{` and methods");
	while (parser_goes_on(p, TOKEN_RBRACE)) {
		*place = method(p);
		place = &(*place)->next;
	}
	parser_block_end(p, NULL, outer);
	return i;
}
