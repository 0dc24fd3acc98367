/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_object.c: reads machines, buckets, windows, latches, counters, sets and limits. */
#include "parse_object.h"

#include "ast_decl.h"
#include "parse_name.h"
#include "parse_type.h"
#include "parser.h"

/* Takes the word of the object, then id [key];  key = "per" qname */
static struct ast_object *
object_head(struct parser *p)
{
	struct ast_object *o = parser_alloc(p, sizeof(*o));

	(void)parser_take(p);
	o->name = parse_qname(p, "a name");
	if (parser_accept(p, TOKEN_PER)) {
		o->key = parser_alloc(p, sizeof(*o->key));
		*o->key = parse_qname(p, "client, server, edge or a label");
	}
	return o;
}

/* As object_head for an object with a name of its own: one word. */
static struct ast_object *
object_new(struct parser *p)
{
	struct ast_object *o = object_head(p);

	if (!p->failed && o->name.part_count > 1) {
		parser_error(p, o->name.span, NULL, "choose a name of one word",
			"a declaration does not take a name with dots");
	}
	return o;
}

/* life = "keep" | "reset" */
static void
object_life(struct parser *p, struct ast_object *o, bool due)
{
	if (parser_accept(p, TOKEN_KEEP)) {
		o->life = AST_LIFE_KEEP;
	} else if (parser_accept(p, TOKEN_RESET)) {
		o->life = AST_LIFE_RESET;
	} else if (due) {
		parser_error_expected(
			p, "`keep` or `reset`", "say what becomes of it when a process restarts");
	}
}

static void
per_time(struct parser *p, struct ast_object *o)
{
	(void)parser_expect(p, TOKEN_PER, "`per` and a time", "write `5 per 1s`");
	o->period = parse_time(p, "a time");
}

/* id "->" names */
static struct ast_move *
move(struct parser *p)
{
	struct ast_move *m = parser_alloc(p, sizeof(*m));

	m->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_SETTING);
	m->from = parse_ident(p, "a move `state -> state` or `}`");
	(void)parser_expect(p, TOKEN_ARROW, "`->` and states", "a move is `state -> state, state`");
	m->to = parse_idents(p, "a state");
	m->span = parser_span_from(p, m->span);
	return m;
}

/* "machine" id [key] "{" move {move} "}" [life] */
struct ast_object *
parse_machine(struct parser *p)
{
	struct ast_object *o;
	struct ast_move **place;
	struct span outer;

	p->clause = "G19";
	o = object_new(p);
	place = &o->moves;
	outer = parser_block_begin(p, "`{` and moves");
	if (parser_sees(p, TOKEN_RBRACE)) {
		parser_error_expected(p, "a move `state -> state`", NULL);
	}
	do {
		*place = move(p);
		place = &(*place)->next;
	} while (parser_goes_on(p, TOKEN_RBRACE));
	parser_block_end(p, NULL, outer);
	object_life(p, o, false);
	return o;
}

/* "bucket" id [key] "rate" INT "per" TIME ["burst" INT] [life] */
struct ast_object *
parse_bucket(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_new(p);
	(void)parser_expect(
		p, TOKEN_RATE, "`rate`", "write `bucket NAME per edge rate 5 per 1s burst 10`");
	o->amount = parse_int(p, "how many");
	per_time(p, o);
	if (parser_accept(p, TOKEN_BURST)) {
		o->burst = parse_box_number(p, parse_int(p, "how many at once"));
	}
	object_life(p, o, false);
	return o;
}

/* "window" id [key] "max" INT "per" TIME [life] */
struct ast_object *
parse_window(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_new(p);
	(void)parser_expect(
		p, TOKEN_MAX, "`max`", "write `window NAME per client max 16 per 1min`");
	o->amount = parse_int(p, "how many");
	per_time(p, o);
	object_life(p, o, false);
	return o;
}

/* "latch" id [key] "for" TIME [life] */
struct ast_object *
parse_latch(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_new(p);
	(void)parser_expect(p, TOKEN_FOR, "`for`", "write `latch NAME for 15min`");
	o->period = parse_time(p, "a time");
	object_life(p, o, false);
	return o;
}

/* "counter" id [key] "max" num life */
struct ast_object *
parse_counter(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_new(p);
	(void)parser_expect(p, TOKEN_MAX, "`max`", "write `counter NAME per client max 5 keep`");
	o->amount = parse_num(p, "the highest count");
	object_life(p, o, true);
	return o;
}

/* "set" id [key] "of" type "max" INT life */
struct ast_object *
parse_object_set(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_new(p);
	(void)parser_expect(p, TOKEN_OF, "`of`", "write `set NAME per client of u32 max 16 reset`");
	o->element = parse_type(p);
	(void)parser_expect(p, TOKEN_MAX, "`max`", NULL);
	o->amount = parse_int(p, "how many");
	object_life(p, o, true);
	return o;
}

/* "limit" qname [key] "max" INT */
struct ast_object *
parse_limit(struct parser *p)
{
	struct ast_object *o;

	p->clause = "G20";
	o = object_head(p);
	(void)parser_expect(p, TOKEN_MAX, "`max`", "write `limit LABEL per client max 8`");
	o->amount = parse_int(p, "how many");
	return o;
}
