/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_event.c: reads senders, receivers, messages and the tests of their arguments. */
#include "parse_event.h"

#include "ast_rule.h"
#include "parse_expr.h"
#include "parse_name.h"
#include "parser.h"

/* set1 = "any" | "any!" | qname | "{" qname {"," qname} "}" */
struct ast_set
parse_set(struct parser *p)
{
	struct ast_set set = {.kind = AST_SET_NAMES, .span = parser_peek(p)->span};

	if (parser_accept(p, TOKEN_ANY)) {
		set.kind = AST_SET_ANY;
	} else if (parser_accept(p, TOKEN_ANY_LOUD)) {
		set.kind = AST_SET_ANY_LOUD;
	} else if (parser_accept(p, TOKEN_LBRACE)) {
		set.names = parse_qnames(p, "a process, instance, group or label");
		parser_close(p, TOKEN_RBRACE, "`,` or `}`", set.span);
	} else {
		set.names = parser_alloc(p, sizeof(*set.names));
		*set.names = parse_qname(p, "a process, instance, group or label");
	}
	set.span = parser_span_from(p, set.span);
	return set;
}

/* who = set1 ["except" set1] */
struct ast_who
parse_who(struct parser *p)
{
	struct ast_who who = {.base = parse_set(p)};

	if (parser_accept(p, TOKEN_EXCEPT)) {
		who.except = parser_alloc(p, sizeof(*who.except));
		*who.except = parse_set(p);
	}
	who.span = parser_span_from(p, who.base.span);
	return who;
}

/* "{" names "}" behind `endpoint.` */
static struct ast_ident *
method_set(struct parser *p)
{
	struct span opening = parser_take(p)->span;
	struct ast_ident *first = NULL;
	struct ast_ident **place = &first;

	do {
		struct ast_ident *method = parser_alloc(p, sizeof(*method));

		*method = parse_any_word(p, "a method");
		*place = method;
		place = &method->next;
	} while (parser_accept(p, TOKEN_COMMA));
	parser_close(p, TOKEN_RBRACE, "`,` or `}`", opening);
	return first;
}

static struct ast_ident *
one_method(struct parser *p, const char *what)
{
	struct ast_ident *method = parser_alloc(p, sizeof(*method));

	*method = parse_ident(p, what);
	return method;
}

/* id | id "." (id | "*" | "{" names "}") */
static void
event_message(struct parser *p, struct ast_event *e)
{
	e->message = parser_peek(p)->span;
	if (!parser_sees_id(p) || !parser_sees_next(p, TOKEN_DOT)) {
		e->which = AST_METHODS_PLAIN;
		e->methods = one_method(p, "an endpoint and method, or start, exit, signal, share");
		return;
	}
	e->endpoint = parse_ident(p, "an endpoint");
	(void)parser_expect(p, TOKEN_DOT, NULL, NULL);
	if (parser_accept(p, TOKEN_STAR)) {
		e->which = AST_METHODS_ALL;
	} else if (parser_sees(p, TOKEN_LBRACE)) {
		e->which = AST_METHODS_SET;
		e->methods = method_set(p);
	} else {
		e->which = AST_METHODS_ONE;
		e->methods = one_method(p, "a method, `*` or `{`");
	}
}

/* ["(" [expr {"," expr}] ")"] */
static void
event_tests(struct parser *p, struct ast_event *e)
{
	struct span opening = parser_peek(p)->span;

	if (!parser_sees(p, TOKEN_LPAREN)) {
		return;
	}
	parser_mark(p, LAYOUT_CALL);
	(void)parser_take(p);
	e->has_parens = true;
	if (!parser_sees(p, TOKEN_RPAREN)) {
		e->tests = parse_exprs(p);
	}
	parser_close(p, TOKEN_RPAREN, "`,` or `)`", opening);
}

/* ":" message tests, behind both ends */
static void
event_rest(struct parser *p, struct ast_event *e)
{
	parser_mark(p, LAYOUT_WIDE);
	(void)parser_expect(p, TOKEN_COLON, "`:` and the message",
		"a message is `SENDER -> RECEIVER : ENDPOINT.METHOD`");
	event_message(p, e);
	e->message = parser_span_from(p, e->message);
	event_tests(p, e);
	e->span = parser_span_from(p, e->sender.span);
}

/* event = who "->" who ":" message tests */
struct ast_event
parse_event(struct parser *p)
{
	const char *clause = p->clause;
	struct ast_event e = {0};

	p->clause = "G23";
	e.sender = parse_who(p);
	(void)parser_expect(p, TOKEN_ARROW, "`->` and the receiver", NULL);
	e.receiver = parse_who(p);
	event_rest(p, &e);
	p->clause = clause;
	return e;
}

static struct ast_who
one_instance(struct parser *p)
{
	struct ast_who who = {.base = {.kind = AST_SET_NAMES}};

	who.base.names = parser_alloc(p, sizeof(*who.base.names));
	*who.base.names = parse_qname(p, "an instance");
	who.base.span = who.base.names->span;
	who.span = who.base.span;
	return who;
}

/* ["[" INT "]"] */
static struct ast_number *
receiver_number(struct parser *p)
{
	struct span opening = parser_peek(p)->span;
	struct ast_number *number = NULL;

	if (parser_accept(p, TOKEN_LBRACKET)) {
		number = parse_box_number(p, parse_int(p, "the number of a capability"));
		parser_close(p, TOKEN_RBRACKET, NULL, opening);
	}
	return number;
}

/* qname "->" qname ["[" INT "]"] ":" message tests */
struct ast_event
parse_test_event(struct parser *p)
{
	struct ast_event e = {.sender = one_instance(p)};

	(void)parser_expect(p, TOKEN_ARROW, "`->` and the receiver", NULL);
	e.receiver = one_instance(p);
	e.number = receiver_number(p);
	event_rest(p, &e);
	return e;
}

enum ast_moment
parse_moment(struct parser *p)
{
	if (parser_accept(p, TOKEN_REPLY)) {
		return AST_MOMENT_REPLY;
	}
	return parser_accept(p, TOKEN_ERROR) ? AST_MOMENT_ERROR : AST_MOMENT_CALL;
}
