/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_decl.c: reads imports, constants, enums, records, groups, levels, labels and templates. */
#include "parse_decl.h"

#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "compile.h"
#include "parse_event.h"
#include "parse_name.h"
#include "parse_restart.h"
#include "parse_rule.h"
#include "parse_type.h"
#include "parser.h"

/* use = "use" qname ["(" names ")"] */
struct ast_use *
parse_use(struct parser *p)
{
	struct ast_use *use = parser_alloc(p, sizeof(*use));
	struct span opening;

	p->clause = "G11";
	(void)parser_expect(p, TOKEN_USE, NULL, NULL);
	use->name = parse_qname(p, "the name of a unit");
	opening = parser_peek(p)->span;
	if (parser_accept(p, TOKEN_LPAREN)) {
		if (parser_sees(p, TOKEN_STAR)) {
			parser_error_expected(p, "a name", "list the names; there is no wildcard");
		}
		use->imports = parse_idents(p, "a name to import");
		parser_close(p, TOKEN_RPAREN, "`,` or `)`", opening);
	}
	return use;
}

/* "const" id "=" value */
struct ast_constant *
parse_constant(struct parser *p)
{
	struct ast_constant *constant = parser_alloc(p, sizeof(*constant));

	p->clause = "G12";
	(void)parser_expect(p, TOKEN_CONST, NULL, NULL);
	constant->name = parse_ident(p, "the name of the constant");
	(void)parser_expect(p, TOKEN_EQ, "`=` and a value", NULL);
	constant->value = parse_value(p);
	return constant;
}

/* id ["=" INT] */
static struct ast_enum_case *
enum_case(struct parser *p)
{
	struct ast_enum_case *c = parser_alloc(p, sizeof(*c));

	c->name = parse_ident(p, "a case");
	if (parser_accept(p, TOKEN_EQ)) {
		c->value = parse_box_number(p, parse_int(p, "the number of the case"));
	}
	return c;
}

/* ("enum"|"flags") id "{" case {"," case} [","] "}" */
struct ast_enumeration *
parse_enumeration(struct parser *p)
{
	struct ast_enumeration *e = parser_alloc(p, sizeof(*e));
	struct ast_enum_case **place = &e->cases;
	struct span opening;
	bool more = true;

	p->clause = "G13";
	(void)parser_take(p);
	e->name = parse_ident(p, "the name of the type");
	opening = parser_peek(p)->span;
	parser_mark(p, LAYOUT_LIST);
	(void)parser_expect(p, TOKEN_LBRACE, "`{` and cases", NULL);
	while (more) {
		*place = enum_case(p);
		place = &(*place)->next;
		more = parser_sees(p, TOKEN_COMMA);
		if (more && parser_sees_next(p, TOKEN_RBRACE)) {
			parser_mark(p, LAYOUT_DROP);
			more = false;
		}
		(void)parser_accept(p, TOKEN_COMMA);
	}
	parser_mark(p, LAYOUT_LIST);
	parser_close(p, TOKEN_RBRACE, "`,` or `}`", opening);
	return e;
}

/* ("struct"|"union") id "{" params "}" */
struct ast_record *
parse_record(struct parser *p)
{
	struct ast_record *record = parser_alloc(p, sizeof(*record));
	struct span opening;

	p->clause = "G14";
	(void)parser_take(p);
	record->name = parse_ident(p, "the name of the type");
	opening = parser_peek(p)->span;
	parser_mark(p, LAYOUT_LIST);
	(void)parser_expect(p, TOKEN_LBRACE, "`{` and fields", NULL);
	if (parser_sees(p, TOKEN_RBRACE)) {
		parser_error_expected(p, "a field `name: type`", NULL);
	}
	record->fields = parse_params(p, TOKEN_RBRACE);
	parser_mark(p, LAYOUT_LIST);
	parser_close(p, TOKEN_RBRACE, "`,` or `}`", opening);
	return record;
}

/* "group" id "=" who ["restart" limits] */
struct ast_group *
parse_group(struct parser *p)
{
	struct ast_group *group = parser_alloc(p, sizeof(*group));

	p->clause = "G18";
	(void)parser_expect(p, TOKEN_GROUP, NULL, NULL);
	group->name = parse_ident(p, "the name of the group");
	(void)parser_expect(p, TOKEN_EQ, "`=` and members", NULL);
	group->who = parser_alloc(p, sizeof(*group->who));
	*group->who = parse_who(p);
	if (parser_accept(p, TOKEN_RESTART)) {
		group->restart = parse_restart_group(p);
	}
	return group;
}

/* id {"<" id} */
static struct ast_chain *
level_chain(struct parser *p)
{
	struct ast_chain *chain = parser_alloc(p, sizeof(*chain));
	struct ast_ident **place = &chain->words;

	do {
		*place = parser_alloc(p, sizeof(**place));
		**place = parse_ident(p, "a level");
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_LT));
	return chain;
}

/* "level" id "{" chain {"," chain} "}" */
struct ast_level *
parse_level(struct parser *p)
{
	struct ast_level *level = parser_alloc(p, sizeof(*level));
	struct ast_chain **place = &level->chains;
	struct span opening;

	p->clause = "G18";
	(void)parser_expect(p, TOKEN_LEVEL, NULL, NULL);
	level->name = parse_ident(p, "the name of the levels");
	opening = parser_peek(p)->span;
	parser_mark(p, LAYOUT_LIST);
	(void)parser_expect(p, TOKEN_LBRACE, "`{` and levels", NULL);
	do {
		*place = level_chain(p);
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_COMMA));
	if (parser_sees(p, TOKEN_GT)) {
		parser_error_expected(p, "`<`, `,` or `}`", "levels are written from low to high");
	}
	parser_mark(p, LAYOUT_LIST);
	parser_close(p, TOKEN_RBRACE, "`<`, `,` or `}`", opening);
	return level;
}

/* "labels" qname "{" {STRING id} "}" */
struct ast_labels *
parse_labels(struct parser *p)
{
	struct ast_labels *labels = parser_alloc(p, sizeof(*labels));
	struct ast_path_label **place = &labels->entries;
	struct span outer;

	p->clause = "G18";
	(void)parser_expect(p, TOKEN_LABELS, NULL, NULL);
	labels->process = parse_qname(p, "a process");
	outer = parser_block_begin(p, "`{` and paths");
	while (parser_goes_on(p, TOKEN_RBRACE)) {
		struct ast_path_label *entry = parser_alloc(p, sizeof(*entry));

		parser_mark(p, LAYOUT_ITEM);
		entry->path = parse_string(p, "a path, a text");
		entry->label = parse_ident(p, "a label");
		*place = entry;
		place = &entry->next;
	}
	parser_block_end(p, NULL, outer);
	return labels;
}

/* "template" id "(" params ")" "{" {rule} "}" */
struct ast_template *
parse_template(struct parser *p)
{
	struct ast_template *template = parser_alloc(p, sizeof(*template));

	p->clause = "G21";
	(void)parser_expect(p, TOKEN_TEMPLATE, NULL, NULL);
	template->name = parse_ident(p, "the name of the template");
	template->params = parse_param_list(p);
	if (!p->failed && template->params == NULL) {
		parser_error(p, parser_last(p)->span, NULL, "write the rules without a template",
			"a template has parameters");
	}
	template->rules = parse_rule_block(p);
	return template;
}

/* "apply" qname "(" arg {"," arg} ")" */
struct ast_apply *
parse_apply(struct parser *p)
{
	struct ast_apply *apply = parser_alloc(p, sizeof(*apply));
	struct ast_value **place = &apply->arguments;
	struct span opening;

	p->clause = "G21";
	(void)parser_expect(p, TOKEN_APPLY, NULL, NULL);
	apply->name = parse_qname(p, "the name of a template");
	opening = parser_peek(p)->span;
	parser_mark(p, LAYOUT_CALL);
	(void)parser_expect(p, TOKEN_LPAREN, "`(` and arguments", NULL);
	do {
		*place = parse_value(p);
		place = &(*place)->next;
	} while (parser_accept(p, TOKEN_COMMA));
	parser_close(p, TOKEN_RPAREN, "`,` or `)`", opening);
	return apply;
}

/* "accept" qname ".needs" */
struct ast_accept *
parse_accept(struct parser *p)
{
	static const char needs_end[] = ".needs";
	struct ast_accept *accept = parser_alloc(p, sizeof(*accept));
	struct ast_qname *name = &accept->component;
	size_t length;

	p->clause = "G21";
	(void)parser_expect(p, TOKEN_ACCEPT, NULL, NULL);
	*name = parse_qname(p, "a unit and `.needs`");
	if (p->failed) {
		return accept;
	}
	if (name->part_count < 2 || strcmp(name->parts[name->part_count - 1].text, "needs") != 0) {
		parser_error(p, name->span, NULL,
			arena_format(&p->compile->arena, "write `accept %s.needs`", name->text),
			"`accept` takes the needs of a unit");
		return accept;
	}
	length = strlen(name->text) - strlen(needs_end);
	name->text = intern_bytes(&p->compile->interned, &p->compile->arena, name->text, length);
	name->part_count--;
	name->span.length = name->parts[name->part_count - 1].span.offset +
			    name->parts[name->part_count - 1].span.length - name->span.offset;
	return accept;
}
