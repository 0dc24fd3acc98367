/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* fmt.c: prints items, blocks, lists and clauses as the layout marks of their tokens say. */
#include "fmt.h"

#include <assert.h>
#include <string.h>

#include "compile.h"
#include "fmt_line.h"
#include "parse.h"

#define INDENT ((size_t)4)

static void print_items(struct printer *p, struct run run, size_t indent);
static bool tokens_equal(const struct lex *a, const struct lex *b);

const char *
fmt_source(struct compile *c, const struct source *s, size_t *size)
{
	uint32_t errors = c->diags.error_count;
	struct lex *lex = lex_source(c, s);
	struct printer p = {.lex = lex};
	struct source again = *s;

	(void)parse_tokens(c, lex);
	if (c->diags.error_count != errors) {
		return NULL;
	}
	buffer_init(&p.out, &c->arena);
	print_items(&p, (struct run){0, lex->token_count - 1}, 0);
	buffer_text(&p.out, "\n");
	again.text = p.out.bytes;
	again.size = p.out.size;
	assert(tokens_equal(lex, lex_source(c, &again)));
	*size = p.out.size;
	return p.out.bytes;
}

static bool
opens_block(const struct token *t)
{
	return t->layout == LAYOUT_BLOCK && t->kind == TOKEN_LBRACE;
}

static bool
closes_block(const struct token *t)
{
	return t->layout == LAYOUT_BLOCK && t->kind == TOKEN_RBRACE;
}

/* Returns the first index in a run from where a condition holds, or its end. */
static uint32_t
find_token(const struct printer *p, struct run run, bool (*holds)(const struct token *))
{
	while (run.first < run.end && !holds(line_token(p, run.first))) {
		run.first++;
	}
	return run.first;
}

static bool
opens_list(const struct token *t)
{
	return t->layout == LAYOUT_LIST && t->kind == TOKEN_LBRACE;
}

/* Prints comments if there are any, then begins the line of the token with that index. */
static void
part_begin(struct printer *p, uint32_t index, size_t comment_indent, size_t indent)
{
	bool any;

	(void)line_comments(p, index, comment_indent, false, &any);
	line_begin(p, indent, false);
}

/* `{`, then a line for each part behind a comma, then `}`; open is the index of `{`. */
static void
list_print(struct printer *p, struct run run, uint32_t open, size_t indent)
{
	uint32_t start = open + 1;
	int depth = 0;
	uint32_t i;

	line_print(p, (struct run){run.first, start}, true, indent + INDENT);
	for (i = start; i < run.end; i++) {
		const struct token *t = line_token(p, i);

		if (depth == 0 && t->layout == LAYOUT_LIST) {
			break;
		}
		depth += line_depth_change(t);
		if (depth == 0 && t->kind == TOKEN_COMMA) {
			part_begin(p, start, indent + INDENT, indent + INDENT);
			line_print(p, (struct run){start, i + 1}, true, indent + 2 * INDENT);
			start = i + 1;
		}
	}
	if (start < i) {
		part_begin(p, start, indent + INDENT, indent + INDENT);
		line_print(p, (struct run){start, i}, true, indent + 2 * INDENT);
	}
	part_begin(p, i, indent + INDENT, indent);
	line_print(p, (struct run){i, run.end}, true, indent + INDENT);
}

/* The head of a rule, then a line for each clause. */
static void
clauses_print(struct printer *p, struct run run, size_t indent)
{
	uint32_t start = run.first;

	while (start < run.end) {
		uint32_t end = find_token(p, (struct run){start + 1, run.end}, line_begins_clause);

		if (start > run.first) {
			part_begin(p, start, indent + INDENT, indent + INDENT);
		}
		line_print(p, (struct run){start, end}, true, indent + 2 * INDENT);
		start = end;
	}
}

/* Prints a run without a block whose line is begun. */
static void
plain_print(struct printer *p, struct run run, size_t indent)
{
	bool one_line = !line_has_comment(p, run) && line_fits(p, line_width(p, run));
	uint32_t list = find_token(p, run, opens_list);
	bool fills = line_token(p, run.first)->layout == LAYOUT_SETTING;

	if (!one_line && list < run.end) {
		list_print(p, run, list, indent);
	} else if (!one_line && find_token(p, run, line_begins_clause) < run.end) {
		clauses_print(p, run, indent);
	} else {
		line_print(p, run, true, fills ? indent : indent + INDENT);
	}
}

/* Returns the index of the `}` that belongs to the block that opens at index. */
static uint32_t
block_end(const struct printer *p, uint32_t index)
{
	uint32_t depth = 0;

	for (;; index++) {
		depth += opens_block(line_token(p, index)) ? 1u : 0u;
		depth -= closes_block(line_token(p, index)) ? 1u : 0u;
		if (depth == 0) {
			return index;
		}
	}
}

/* Returns how many items, those of inner blocks too, begin in a run; stops at two. */
static unsigned
item_count(const struct printer *p, struct run run)
{
	unsigned count = 0;

	for (uint32_t i = run.first; i < run.end && count < 2; i++) {
		count += line_token(p, i)->layout == LAYOUT_ITEM ? 1u : 0u;
	}
	return count;
}

/* Prints an item whose line is begun: on one line if there is at most one item in its block. */
static void
item_print(struct printer *p, struct run run, size_t indent)
{
	uint32_t open = find_token(p, run, opens_block);
	uint32_t close;
	bool any;

	if (open == run.end) {
		plain_print(p, run, indent);
		return;
	}
	close = block_end(p, open);
	if (!line_has_comment(p, run) && item_count(p, (struct run){open, close}) < 2 &&
		line_fits(p, line_width(p, run))) {
		line_print(p, run, true, indent);
		return;
	}
	plain_print(p, (struct run){run.first, open + 1}, indent);
	print_items(p, (struct run){open + 1, close}, indent + INDENT);
	(void)line_comments(p, close, indent + INDENT, false, &any);
	line_begin(p, indent, false);
	line_print(p, (struct run){close, run.end}, true, indent + INDENT);
}

/* Returns the end of the item that begins a run: where the next one begins. */
static uint32_t
item_end(const struct printer *p, struct run run)
{
	uint32_t i = run.first;

	while (i < run.end) {
		i = opens_block(line_token(p, i)) ? block_end(p, i) + 1 : i + 1;
		if (i < run.end && line_token(p, i)->layout == LAYOUT_ITEM) {
			break;
		}
	}
	return i;
}

/* Prints the items of a block or file, and the comments before and between them. */
static void
print_items(struct printer *p, struct run run, size_t indent)
{
	bool first = true;
	bool any;

	while (run.first < run.end) {
		struct run item = {run.first, item_end(p, run)};
		bool own_line = line_comments(p, item.first, indent, !first, &any);

		line_begin(
			p, indent, line_token(p, item.first)->blank_before && (!first || own_line));
		item_print(p, item, indent);
		run.first = item.end;
		first = false;
	}
	if (line_token(p, run.end)->kind == TOKEN_END) {
		(void)line_comments(p, run.end, indent, !first, &any);
	}
}

static uint32_t
next_shown(const struct lex *lex, uint32_t index)
{
	while (lex->tokens[index].layout == LAYOUT_DROP) {
		index++;
	}
	return index;
}

/* A soft word with a blank before its `.` was a name already; without the blank it is one [G3]. */
static bool
kinds_equal(enum token_kind a, enum token_kind b)
{
	return a == b || (b == TOKEN_NAME && token_is_soft_word(a));
}

static bool
tokens_equal(const struct lex *a, const struct lex *b)
{
	uint32_t i = next_shown(a, 0);
	uint32_t j = 0;

	for (; a->tokens[i].kind != TOKEN_END; i = next_shown(a, i + 1), j++) {
		const struct token *s = &a->tokens[i];
		const struct token *t = &b->tokens[j];
		bool is_doc = s->kind == TOKEN_DOC;

		if (!kinds_equal(s->kind, t->kind) || (is_doc && strcmp(s->text, t->text) != 0)) {
			return false;
		}
		if (!is_doc &&
			(s->span.length != t->span.length ||
				memcmp(a->source->text + s->span.offset,
					b->source->text + t->span.offset, s->span.length) != 0)) {
			return false;
		}
	}
	return b->tokens[j].kind == TOKEN_END && a->comment_count == b->comment_count;
}
