/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse.c: reads a file item by item, and finds the next item after one that is broken. */
#include "parse.h"

#include <inttypes.h>

#include <assert.h>

#include "ast.h"
#include "compile.h"
#include "parse_claim.h"
#include "parse_decl.h"
#include "parse_interface.h"
#include "parse_name.h"
#include "parse_object.h"
#include "parse_process.h"
#include "parse_rule.h"
#include "parser.h"

/* So many tokens are forgotten at once, at least, and items of so many are read whole. */
#define FORGET_TOKENS 512u

/* What a file says that is of no edition that this gate knows: no more of it is read. */
static void
edition_refuse(struct parser *p, struct span at, uint64_t edition)
{
	uint32_t newest = p->compile->edition_newest;

	if (edition == 0) {
		parser_error(p, at, NULL, "write `edition 1`", "there is no edition 0");
		return;
	}
	parser_error(p, at, NULL,
		arena_format(&p->compile->arena,
			"take a gate of edition %" PRIu64 ", which knows all before it, or write "
			"`edition %u` and nothing that is newer",
			edition, newest),
		"this file is of edition %" PRIu64 ", this gate knows %s", edition,
		newest == 1 ? "edition 1"
			    : arena_format(&p->compile->arena, "editions 1 to %u", newest));
}

/*
 * "edition" INT. A file without it is read on with its first item: that the line is missing says
 * nothing about the rest.
 */
static void
file_edition(struct parser *p, struct ast_file *file)
{
	const struct token *t = parser_peek(p);
	struct span at;

	p->clause = "G10";
	parser_mark(p, LAYOUT_ITEM);
	if (t->kind == TOKEN_NAME && parser_sees_next(p, TOKEN_BAD)) {
		(void)parser_take(p); /* what is unreadable explains why this is no `edition` */
	} else if (t->kind != TOKEN_EDITION && t->kind != TOKEN_BAD) {
		parser_error(p, t->span, NULL, "begin the file with `edition 1`",
			"the edition of the language is missing");
		p->lacks_edition = true;
		return;
	}
	(void)parser_expect(p, TOKEN_EDITION, NULL, NULL);
	at = parser_peek(p)->span;
	file->edition = parse_int(p, "the number of the edition, as in `edition 1`");
	if (!p->failed && (file->edition.magnitude == 0 ||
				  file->edition.magnitude > p->compile->edition_newest)) {
		edition_refuse(p, at, file->edition.magnitude);
		file->is_foreign = true;
	} else if (!p->failed && p->compile->edition == 0) {
		p->compile->edition = (uint32_t)file->edition.magnitude;
	}
}

/* ["unit" qname] */
static void
file_unit(struct parser *p, struct ast_file *file)
{
	if (!parser_sees(p, TOKEN_UNIT)) {
		return;
	}
	parser_mark(p, LAYOUT_ITEM);
	(void)parser_take(p);
	file->unit = parser_alloc(p, sizeof(*file->unit));
	*file->unit = parse_qname(p, "the name of the unit");
}

/* Says why no item begins with the token that is seen. */
static void
item_refuse(struct parser *p)
{
	const struct token *t = parser_peek(p);
	size_t word_count;
	const char *const *words = token_words(&word_count);

	p->clause = "G9";
	if (t->kind == TOKEN_EDITION && p->lacks_edition) {
		p->quiet_until = p->at + 1; /* that was said */
	}
	if (t->kind == TOKEN_UNIT || t->kind == TOKEN_EDITION) {
		parser_error(p, t->span, "G10",
			"a file begins with `edition`, then `unit`, then the items",
			"%s stands too late", token_kind_text((enum token_kind)t->kind));
	} else if (t->kind == TOKEN_RBRACE) {
		parser_error(p, t->span, "G28", "take it out", "this `}` closes nothing");
	} else {
		parser_error_word(p, "a declaration, a rule, a claim or a test", words, word_count);
	}
}

/* The items that are declarations: they alone take docs. Returns whether it was one. */
static bool
item_decl(struct parser *p, struct ast_item *item)
{
	switch ((enum token_kind)parser_peek(p)->kind) {
#define AST_DECL(item_kind, member, function)                                                      \
	case TOKEN_##item_kind:                                                                    \
		item->kind = AST_ITEM_##item_kind;                                                 \
		item->member = function(p);                                                        \
		return true;
#include "ast.def"
	default:
		return false;
	}
}

static struct ast_rule *
rule_read(struct parser *p)
{
	struct ast_rule *rule;

	p->arena = &p->compile->rules;
	rule = parse_rule(p);
	p->arena = &p->compile->trees;
	return rule;
}

/* use | rule | claim | test */
static void
item_other(struct parser *p, struct ast_item *item)
{
	switch ((enum token_kind)parser_peek(p)->kind) {
	case TOKEN_USE:
		item->kind = AST_ITEM_USE;
		item->use = parse_use(p);
		break;
	case TOKEN_DRAFT:
	case TOKEN_ALLOW:
	case TOKEN_FORBID:
		item->kind = AST_ITEM_RULE;
		item->rule = rule_read(p);
		break;
	case TOKEN_NEVER:
	case TOKEN_PROVE:
	case TOKEN_ENFORCE:
		item->kind = AST_ITEM_CLAIM;
		item->claim = parse_claim(p);
		break;
	case TOKEN_TEST:
		item->kind = AST_ITEM_TEST;
		item->test = parse_test(p);
		break;
	default:
		item_refuse(p);
		break;
	}
}

/* item = {DOC} decl | use | rule | claim | test */
static void
file_item(struct parser *p, struct ast_item *item)
{
	*item = (struct ast_item){0};
	item->docs = parse_docs(p);
	item->word = parser_peek(p)->span;
	item->span = item->word;
	parser_mark(p, LAYOUT_ITEM);
	if (!item_decl(p, item)) {
		if (item->docs != NULL) {
			parser_error(p, item->docs->span, "G4", "write `#`",
				"a `##` comment stands only before a declaration or a method");
		}
		item_other(p, item);
	}
	item->span = parser_span_from(p, item->span);
}

/* Returns the column in which the line of a token begins. */
static uint32_t
line_col(const struct parser *p, uint32_t index)
{
	while (index > 0 && !p->lex->tokens[index].first_on_line) {
		index--;
	}
	return p->lex->tokens[index].span.col;
}

/*
 * Goes to the next item: a word that begins one, first on its line, indented no deeper than the
 * broken item, which began at the token with index start, and than the whole one before it, of
 * which the broken one may be the rest behind a stray brace. Braces are not counted, because a
 * brace too few or too many is a common fault. If the search ends where the fault was found, an
 * error right there would be about the same fault and is not reported.
 */
static void
item_skip(struct parser *p, uint32_t start)
{
	const struct token *t = &p->lex->tokens[start];
	uint32_t col = line_col(p, start);
	uint32_t at = p->at > start ? p->at : start + 1;

	col = p->item_col > 0 && p->item_col < col ? p->item_col : col;
	if (t->kind == TOKEN_END) {
		at = start;
	}
	for (;; at++) {
		lex_fill(p->lex, at + 1);
		t = &p->lex->tokens[at];
		if (t->kind == TOKEN_END ||
			(t->first_on_line && t->span.col <= col &&
				(token_begins_item(t->kind) || t->kind == TOKEN_DOC))) {
			break;
		}
	}
	if (at == p->at) {
		p->quiet_until = at + 1;
	}
	parser_go(p, at);
	p->depth = 0;
	p->block = (struct span){0};
	p->failed = false;
}

/* "edition" INT ["unit" qname] */
static void
file_head(struct parser *p, struct ast_file *file)
{
	uint32_t start;

	file_edition(p, file);
	if (file->is_foreign) {
		return;
	}
	if (p->failed && p->at == 0 && token_begins_item(p->lex->tokens[0].kind)) {
		p->failed = false;
	} else if (p->failed) {
		item_skip(p, 0);
	}
	start = p->at;
	file_unit(p, file);
	if (p->failed) {
		item_skip(p, start);
		file->unit = NULL;
	}
}

/* What is behind is not looked at any more. */
static void
tokens_forget(struct parser *p)
{
	uint32_t forgotten = p->at - 1;

	if (p->at < FORGET_TOKENS || !parser_peek(p)->first_on_line) {
		return;
	}
	lex_forget(p->lex, p->at);
	p->quiet_until = p->quiet_until > forgotten ? p->quiet_until - forgotten : 0;
	parser_go(p, 1);
}

/* Rules that follow each other are one item. Returns whether the last one took it in. */
static bool
rule_forget(struct parser *p, struct ast_item *last, struct ast_item *item)
{
	arena_reset(&p->compile->rules);
	item->rule = NULL;
	if (last == NULL || last->kind != AST_ITEM_RULE) {
		return false;
	}
	last->span = span_join(last->span, item->span);
	return true;
}

/* file = head {item}; tokens and rules are forgotten as soon as they were read, or stay. */
static struct ast_file *
file_read(struct compile *c, struct lex *lex, bool forgets_tokens, bool forgets_rules)
{
	struct ast_file *file = arena_alloc(&c->trees, sizeof(*file));
	struct ast_item *last = NULL;
	struct parser p;

	parser_begin(&p, c, lex);
	file->source = lex->source;
	file_head(&p, file);
	while (!parser_sees(&p, TOKEN_END)) {
		struct ast_item item;
		uint32_t start;

		if (forgets_tokens) {
			tokens_forget(&p);
		}
		start = p.at;
		file_item(&p, &item);
		if (p.failed) {
			item_skip(&p, start);
			continue;
		}
		if (lex->tokens[start].first_on_line) {
			p.item_col = lex->tokens[start].span.col;
		}
		if (item.kind != AST_ITEM_RULE || !forgets_rules || !rule_forget(&p, last, &item)) {
			struct ast_item **place = last == NULL ? &file->items : &last->next;

			last = parser_alloc(&p, sizeof(*last));
			*last = item;
			*place = last;
		}
	}
	return file;
}

struct ast_file *
parse_tokens(struct compile *c, struct lex *tokens)
{
	return file_read(c, tokens, false, false);
}

static struct ast_file *
source_read_whole(struct compile *c, const struct source *s, bool forgets_rules)
{
	struct lex *lex = lex_begin(c, s, span_of_file(s));
	struct ast_file *file = file_read(c, lex, true, forgets_rules);

	arena_release(&c->tokens);
	return file;
}

struct ast_file *
parse_source(struct compile *c, const struct source *s)
{
	return source_read_whole(c, s, false);
}

struct ast_file *
parse_source_briefly(struct compile *c, const struct source *s)
{
	return source_read_whole(c, s, true);
}

void
parse_rules(struct compile *c, const struct source *s, struct span at,
	void (*take)(void *data, const struct ast_rule *rule), void *data)
{
	struct parser p;

	parser_begin(&p, c, lex_begin(c, s, at));
	while (parser_peek(&p)->span.offset < at.offset + at.length) {
		struct ast_rule *rule = rule_read(&p);

		assert(!p.failed); /* it was read before */
		take(data, rule);
		arena_reset(&c->rules);
		tokens_forget(&p);
	}
	arena_release(&c->tokens);
}
