/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_process.c: reads processes, what they give and use, and systems of instances. */
#include "parse_process.h"

#include "ast_process.h"
#include "parse_name.h"
#include "parse_restart.h"
#include "parse_rule.h"
#include "parse_type.h"
#include "parser.h"

/* label {"," label}   label = id ["[" INT "]"] */
static struct ast_label *
labels(struct parser *p)
{
	struct ast_label *first = NULL;
	struct ast_label **place = &first;

	do {
		struct ast_label *label = parser_alloc(p, sizeof(*label));
		struct span opening;

		label->name = parse_ident(p, "a label");
		opening = parser_peek(p)->span;
		if (parser_accept(p, TOKEN_LBRACKET)) {
			label->capacity =
				parse_box_number(p, parse_int(p, "how many of the label"));
			parser_close(p, TOKEN_RBRACKET, NULL, opening);
		}
		*place = label;
		place = &label->next;
	} while (parser_accept(p, TOKEN_COMMA));
	return first;
}

/* TIME "per" TIME */
static void
budget(struct parser *p, struct ast_number *number, struct ast_number *period)
{
	*number = parse_time(p, "a time");
	(void)parser_expect(p, TOKEN_PER, "`per` and a time", "write `budget 2ms per 10ms`");
	*period = parse_time(p, "a time");
}

/* id ":" qname */
static void
pitem_endpoint(struct parser *p, struct ast_pitem *item)
{
	item->name = parse_ident(p, "an endpoint");
	(void)parser_expect(p, TOKEN_COLON, "`:` and an interface",
		"write `gives NAME: INTERFACE`, `uses NAME: INTERFACE`");
	item->interface = parse_qname(p, "an interface");
	if (item->kind == AST_PITEM_USES) {
		item->optional = parser_accept(p, TOKEN_OPTIONAL);
	} else if (parser_accept(p, TOKEN_LABELS)) {
		item->labels = labels(p);
	}
}

/* id ":" type ["=" value] */
static void
pitem_attr(struct parser *p, struct ast_pitem *item)
{
	item->name = parse_ident(p, "an attribute");
	(void)parser_expect(p, TOKEN_COLON, "`:` and a type", "write `attr NAME: TYPE`");
	item->type = parse_type(p);
	if (parser_accept(p, TOKEN_EQ)) {
		item->initial = parse_value(p);
	}
}

static bool
pitem_kind(enum token_kind word, enum ast_pitem_kind *kind)
{
	static const struct {
		enum token_kind word;
		enum ast_pitem_kind kind;
	} table[] = {
		{TOKEN_GIVES, AST_PITEM_GIVES},
		{TOKEN_USES, AST_PITEM_USES},
		{TOKEN_DEVICE, AST_PITEM_DEVICE},
		{TOKEN_ATTR, AST_PITEM_ATTR},
		{TOKEN_MEMORY, AST_PITEM_MEMORY},
		{TOKEN_PRIORITY, AST_PITEM_PRIORITY},
		{TOKEN_BUDGET, AST_PITEM_BUDGET},
		{TOKEN_RESERVE, AST_PITEM_RESERVE},
		{TOKEN_COST, AST_PITEM_COST},
		{TOKEN_INSTANCES, AST_PITEM_INSTANCES},
		{TOKEN_NO, AST_PITEM_NO_CLOCK},
		{TOKEN_RESTART, AST_PITEM_RESTART},
		{TOKEN_PROGRAM, AST_PITEM_PROGRAM},
		{TOKEN_NEEDS, AST_PITEM_NEEDS},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].word == word) {
			*kind = table[i].kind;
			return true;
		}
	}
	return false;
}

/* What follows the word of a process item. */
static void
pitem_rest(struct parser *p, struct ast_pitem *item)
{
	switch (item->kind) {
	case AST_PITEM_GIVES:
	case AST_PITEM_USES:
		pitem_endpoint(p, item);
		break;
	case AST_PITEM_DEVICE:
		item->devices = parse_idents(p, "a device of the board");
		break;
	case AST_PITEM_ATTR:
		pitem_attr(p, item);
		break;
	case AST_PITEM_MEMORY:
		item->number = parse_size(p, "a size");
		break;
	case AST_PITEM_PRIORITY:
		item->number = parse_int(p, "a priority");
		break;
	case AST_PITEM_BUDGET:
		budget(p, &item->number, &item->period);
		break;
	case AST_PITEM_RESERVE:
	case AST_PITEM_COST:
		item->number = parse_time(p, "a time");
		break;
	case AST_PITEM_INSTANCES:
		item->number = parse_int(p, "a number of instances");
		break;
	case AST_PITEM_NO_CLOCK:
		(void)parser_expect(p, TOKEN_CLOCK, NULL, "write `no clock`");
		break;
	case AST_PITEM_RESTART:
		item->restart = parse_restart(p);
		break;
	case AST_PITEM_PROGRAM:
		item->program = parse_string(p, "the name of a program, a text");
		break;
	case AST_PITEM_NEEDS:
		item->rules = parse_rule_block(p);
		break;
	}
}

/* pitem = "gives" ... | "uses" ... | ... | "needs" "{" {rule} "}" */
static struct ast_pitem *
pitem(struct parser *p)
{
	static const char *const words[] = {
#define AST_PITEM(name, text) text,
#include "ast.def"
	};
	struct ast_pitem *item = parser_alloc(p, sizeof(*item));

	item->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_ITEM);
	if (!pitem_kind((enum token_kind)parser_peek(p)->kind, &item->kind)) {
		parser_error_word(
			p, "a line of the process or `}`", words, sizeof(words) / sizeof(words[0]));
		return item;
	}
	(void)parser_take(p);
	pitem_rest(p, item);
	item->span = parser_span_from(p, item->span);
	return item;
}

/* process = "process" id ["at" names] "{" {pitem} "}" */
struct ast_process *
parse_process(struct parser *p)
{
	struct ast_process *process = parser_alloc(p, sizeof(*process));
	struct ast_pitem **place = &process->pitems;
	struct span outer;

	p->clause = "G16";
	(void)parser_expect(p, TOKEN_PROCESS, NULL, NULL);
	process->name = parse_ident(p, "the name of the process");
	if (parser_accept(p, TOKEN_AT)) {
		process->levels = parse_qnames(p, "a level");
	}
	outer = parser_block_begin(p, "`{` and what the process gives and uses");
	while (parser_goes_on(p, TOKEN_RBRACE)) {
		*place = pitem(p);
		place = &(*place)->next;
	}
	parser_block_end(p, NULL, outer);
	return process;
}

/* id "->" id "." id | id "=" value */
static void
setting_named(struct parser *p, struct ast_setting *s)
{
	s->name = parse_ident(p, "a wire `name -> instance.endpoint`, a value `name = ...` or `}`");
	if (parser_accept(p, TOKEN_EQ)) {
		s->kind = AST_SETTING_VALUE;
		s->value = parse_value(p);
		return;
	}
	s->kind = AST_SETTING_WIRE;
	(void)parser_expect(p, TOKEN_ARROW, "`->` or `=`", NULL);
	s->instance = parse_ident(p, "an instance");
	(void)parser_expect(p, TOKEN_DOT, "`.` and an endpoint of it", NULL);
	s->endpoint = parse_ident(p, "an endpoint");
}

/* id "->" id "." id | id "=" value | "memory" SIZE | "priority" INT | "budget" TIME "per" TIME
 * | restart */
static struct ast_setting *
setting(struct parser *p)
{
	struct ast_setting *s = parser_alloc(p, sizeof(*s));

	s->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_SETTING);
	if (parser_accept(p, TOKEN_MEMORY)) {
		s->kind = AST_SETTING_MEMORY;
		s->number = parse_size(p, "a size");
	} else if (parser_accept(p, TOKEN_PRIORITY)) {
		s->kind = AST_SETTING_PRIORITY;
		s->number = parse_int(p, "a priority");
	} else if (parser_accept(p, TOKEN_BUDGET)) {
		s->kind = AST_SETTING_BUDGET;
		budget(p, &s->number, &s->period);
	} else if (parser_accept(p, TOKEN_RESTART)) {
		s->kind = AST_SETTING_RESTART;
		s->restart = parse_restart(p);
	} else {
		setting_named(p, s);
	}
	s->span = parser_span_from(p, s->span);
	return s;
}

/* "template" id "[" INT "]" */
static void
template_head(struct parser *p, struct ast_instance *i)
{
	struct ast_ident *name = parser_alloc(p, sizeof(*name));
	struct span opening;

	*name = parse_ident(p, "the name of the template");
	i->names = name;
	opening = parser_peek(p)->span;
	(void)parser_expect(p, TOKEN_LBRACKET, "`[` and how many may run",
		"a template is `template NAME[N]: PROCESS`");
	i->count = parse_box_number(p, parse_int(p, "how many may run"));
	parser_close(p, TOKEN_RBRACKET, NULL, opening);
}

/* instance = (names | "template" id "[" INT "]") ":" qname ["at" names] ["{" {setting} "}"] */
static struct ast_instance *
instance(struct parser *p)
{
	struct ast_instance *i = parser_alloc(p, sizeof(*i));
	struct ast_setting **place = &i->settings;
	struct span outer;

	i->span = parser_peek(p)->span;
	parser_mark(p, LAYOUT_ITEM);
	if (parser_accept(p, TOKEN_TEMPLATE)) {
		template_head(p, i);
	} else {
		i->names = parse_idents(p, "an instance `name: Process` or `}`");
	}
	(void)parser_expect(p, TOKEN_COLON, "`:` and a process", "an instance is `name: Process`");
	i->process = parse_qname(p, "a process");
	if (parser_accept(p, TOKEN_AT)) {
		i->levels = parse_qnames(p, "a level");
	}
	if (parser_sees(p, TOKEN_LBRACE)) {
		outer = parser_block_begin(p, NULL);
		while (parser_goes_on(p, TOKEN_RBRACE)) {
			*place = setting(p);
			place = &(*place)->next;
		}
		parser_block_end(p, NULL, outer);
	}
	i->span = parser_span_from(p, i->span);
	return i;
}

/* system = "system" id ["on" id] "{" {instance} "}" */
struct ast_system *
parse_system(struct parser *p)
{
	struct ast_system *system = parser_alloc(p, sizeof(*system));
	struct ast_instance **place = &system->instances;
	struct span outer;

	p->clause = "G17";
	(void)parser_expect(p, TOKEN_SYSTEM, NULL, NULL);
	system->name = parse_ident(p, "the name of the system");
	if (parser_accept(p, TOKEN_ON)) {
		system->board = parse_ident(p, "the name of a board");
	}
	outer = parser_block_begin(p, "`{` and instances");
	while (parser_goes_on(p, TOKEN_RBRACE)) {
		*place = instance(p);
		place = &(*place)->next;
	}
	parser_block_end(p, NULL, outer);
	return system;
}
