/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse.c: reads a file item by item, and finds the next item after one that is broken. */
#include "parse.h"

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

#define EDITION 1u

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
		return;
	}
	(void)parser_expect(p, TOKEN_EDITION, NULL, NULL);
	at = parser_peek(p)->span;
	file->edition = parse_int(p, "the number of the edition");
	if (!p->failed && file->edition.magnitude != EDITION) {
		parser_error(p, at, NULL,
			"write `edition 1`, or use the gate that belongs to this file",
			"this gate knows edition 1 only");
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
		p->arena = &p->compile->rules;
		item->rule = parse_rule(p);
		p->arena = &p->compile->arena;
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
static struct ast_item *
file_item(struct parser *p)
{
	struct ast_item *item = parser_alloc(p, sizeof(*item));

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
	return item;
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
	const struct token *tokens = p->lex->tokens;
	uint32_t col = line_col(p, start);
	uint32_t at = p->at > start ? p->at : start + 1;

	col = p->item_col > 0 && p->item_col < col ? p->item_col : col;
	if (tokens[start].kind == TOKEN_END) {
		at = start;
	}
	while (tokens[at].kind != TOKEN_END) {
		enum token_kind kind = tokens[at].kind;

		if (tokens[at].first_on_line && tokens[at].span.col <= col &&
			(token_begins_item(kind) || kind == TOKEN_DOC)) {
			break;
		}
		at++;
	}
	if (at == p->at) {
		p->quiet_until = at + 1;
	}
	p->at = at;
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

/* file = head {item} */
struct ast_file *
parse_tokens(struct compile *c, struct lex *tokens)
{
	struct parser p = {.compile = c, .arena = &c->arena, .lex = tokens};
	struct ast_file *file = arena_alloc(&c->arena, sizeof(*file));
	struct ast_item **place = &file->items;

	file->source = tokens->source;
	p.end.kind = TOKEN_END;
	p.end.span = tokens->tokens[tokens->token_count - 1].span;
	file_head(&p, file);
	while (!parser_sees(&p, TOKEN_END)) {
		uint32_t start = p.at;
		struct ast_item *item = file_item(&p);

		if (p.failed) {
			item_skip(&p, start);
		} else {
			if (p.lex->tokens[start].first_on_line) {
				p.item_col = p.lex->tokens[start].span.col;
			}
			*place = item;
			place = &item->next;
		}
	}
	return file;
}

struct ast_file *
parse_source(struct compile *c, const struct source *s)
{
	struct ast_file *file = parse_tokens(c, lex_source(c, s));

	arena_release(&c->tokens);
	return file;
}
