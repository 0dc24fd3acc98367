/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* fmt_line.c: which tokens have blanks between them, and where a long line is broken. */
#include "fmt_line.h"

#include <string.h>

#include "fmt.h"

/* Inside of more brackets than these a line is broken only where it would be too long whole. */
#define BREAK_DEPTH_MAX 1

const struct token *
line_token(const struct printer *p, uint32_t index)
{
	return &p->lex->tokens[index];
}

/* Returns the last token before index that is printed, or NULL. */
static const struct token *
token_before(const struct printer *p, uint32_t index)
{
	while (index > 0) {
		index--;
		if (line_token(p, index)->layout != LAYOUT_DROP) {
			return line_token(p, index);
		}
	}
	return NULL;
}

bool
line_begins_clause(const struct token *t)
{
	return t->layout == LAYOUT_CLAUSE;
}

static bool
is_roomy_brace(const struct token *t)
{
	return t->layout == LAYOUT_BLOCK || t->layout == LAYOUT_LIST;
}

/* Returns whether b never has a blank before it. */
static bool
clings_to_left(const struct token *b)
{
	switch ((enum token_kind)b->kind) {
	case TOKEN_COMMA:
	case TOKEN_RPAREN:
	case TOKEN_LBRACKET:
	case TOKEN_RBRACKET:
	case TOKEN_DOT:
	case TOKEN_DOTS:
		return true;
	case TOKEN_COLON:
		return b->layout != LAYOUT_WIDE;
	case TOKEN_RBRACE:
		return !is_roomy_brace(b);
	default:
		return b->layout == LAYOUT_CALL || b->layout == LAYOUT_ANGLE;
	}
}

/* Returns whether a never has a blank behind it. */
static bool
clings_to_right(const struct token *a)
{
	switch ((enum token_kind)a->kind) {
	case TOKEN_LPAREN:
	case TOKEN_LBRACKET:
	case TOKEN_DOT:
	case TOKEN_DOTS:
		return true;
	case TOKEN_LBRACE:
		return !is_roomy_brace(a);
	case TOKEN_LT:
		return a->layout == LAYOUT_ANGLE;
	default:
		return a->layout == LAYOUT_SIGN;
	}
}

/* Returns what stands between two tokens of one line. */
static const char *
gap_between(const struct token *a, const struct token *b)
{
	bool is_empty_block = a->kind == TOKEN_LBRACE && b->kind == TOKEN_RBRACE;

	if (b->layout == LAYOUT_SETTING && a->layout != LAYOUT_BLOCK) {
		return "; ";
	}
	return clings_to_left(b) || clings_to_right(a) || is_empty_block ? "" : " ";
}

/* The text of a doc is set again, everything else is printed as it was written. */
static size_t
token_width(const struct token *t)
{
	if (t->kind == TOKEN_DOC) {
		return strlen("##") + (t->text[0] == '\0' ? 0 : 1) + strlen(t->text);
	}
	return t->span.length;
}

static void
token_print(struct printer *p, const struct token *t)
{
	if (t->kind == TOKEN_DOC) {
		buffer_text(&p->out, t->text[0] == '\0' ? "##" : "## ");
		buffer_text(&p->out, t->text);
	} else {
		buffer_add(&p->out, p->lex->source->text + t->span.offset, t->span.length);
	}
}

void
line_begin(struct printer *p, size_t indent, bool blank_line)
{
	if (p->out.size > 0) {
		buffer_text(&p->out, blank_line ? "\n\n" : "\n");
	}
	p->line_start = p->out.size;
	buffer_repeat(&p->out, ' ', indent);
}

bool
line_comments(struct printer *p, uint32_t index, size_t indent, bool keep_blank, bool *any)
{
	bool own_line = false;

	*any = false;
	while (p->comment < p->lex->comment_count && p->lex->comments[p->comment].before <= index) {
		const struct lex_comment *c = &p->lex->comments[p->comment];

		if (c->own_line || p->out.size == p->line_start) {
			line_begin(p, indent, c->blank_before && (keep_blank || own_line));
			own_line = true;
		} else {
			buffer_text(&p->out, "  ");
		}
		buffer_add(&p->out, p->lex->source->text + c->span.offset, c->span.length);
		p->comment++;
		*any = true;
	}
	return own_line;
}

bool
line_has_comment(const struct printer *p, struct run run)
{
	return p->comment < p->lex->comment_count && p->lex->comments[p->comment].before < run.end;
}

size_t
line_width(const struct printer *p, struct run run)
{
	size_t width = 0;
	const struct token *last = NULL;

	for (uint32_t i = run.first; i < run.end && width <= FMT_WIDTH; i++) {
		const struct token *t = line_token(p, i);

		if (t->layout != LAYOUT_DROP) {
			width += (last == NULL ? 0 : strlen(gap_between(last, t))) + token_width(t);
			last = t;
		}
	}
	return width;
}

int
line_depth_change(const struct token *t)
{
	switch ((enum token_kind)t->kind) {
	case TOKEN_LPAREN:
	case TOKEN_LBRACKET:
	case TOKEN_LBRACE:
		return 1;
	case TOKEN_RPAREN:
	case TOKEN_RBRACKET:
	case TOKEN_RBRACE:
		return -1;
	case TOKEN_LT:
		return t->layout == LAYOUT_ANGLE ? 1 : 0;
	case TOKEN_GT:
		return t->layout == LAYOUT_ANGLE ? -1 : 0;
	default:
		return 0;
	}
}

static bool
may_break_before(const struct printer *p, uint32_t index)
{
	const struct token *t = line_token(p, index);
	const struct token *last = token_before(p, index);

	return t->layout == LAYOUT_BREAK || t->layout == LAYOUT_SETTING || line_begins_clause(t) ||
	       (last != NULL && last->kind == TOKEN_COMMA);
}

/* Returns the run from index, before which depth brackets are open, to the next good place to
 * break. */
static struct run
unbroken_from(const struct printer *p, uint32_t index, uint32_t end, int depth)
{
	uint32_t next = index;

	do {
		depth += line_depth_change(line_token(p, next));
		next++;
	} while (next < end && (depth > BREAK_DEPTH_MAX || !may_break_before(p, next)));
	return (struct run){index, next};
}

bool
line_fits(const struct printer *p, size_t width)
{
	return p->out.size - p->line_start + width <= FMT_WIDTH;
}

/* Where a run that is being printed stands. */
struct wrap {
	struct run run;
	int depth; /* brackets that are open */
	uint32_t
		tight_end; /* up to here a line may be broken at any depth: it fits no line whole */
};

/* Prints the blanks before a token that is not the first of its run, or begins a line for it. */
static void
gap_print(struct printer *p, struct wrap *w, uint32_t index, size_t indent)
{
	const char *gap = gap_between(token_before(p, index), line_token(p, index));
	struct run ahead;
	size_t width;

	if (!may_break_before(p, index) || (w->depth > BREAK_DEPTH_MAX && index >= w->tight_end)) {
		buffer_text(&p->out, gap);
		return;
	}
	ahead = unbroken_from(p, index, w->run.end, index < w->tight_end ? 0 : w->depth);
	width = line_width(p, ahead);
	if (line_fits(p, strlen(gap) + width)) {
		buffer_text(&p->out, gap);
		return;
	}
	line_begin(p, indent, false);
	if (!line_fits(p, width)) {
		w->tight_end = ahead.end;
	}
}

void
line_print(struct printer *p, struct run run, bool begun, size_t indent)
{
	struct wrap w = {.run = run};
	struct run ahead = unbroken_from(p, run.first, run.end, 0);

	if (!line_fits(p, line_width(p, ahead))) {
		w.tight_end = ahead.end;
	}
	for (uint32_t i = run.first; i < run.end; i++) {
		const struct token *t = line_token(p, i);
		bool any = false;

		if (t->layout == LAYOUT_DROP) {
			continue;
		}
		if (!begun) {
			(void)line_comments(p, i, indent, false, &any);
			if (any) {
				line_begin(p, indent, false);
			} else if (token_before(p, i) != NULL) {
				gap_print(p, &w, i, indent);
			}
		}
		begun = false;
		token_print(p, t);
		w.depth += line_depth_change(t);
	}
}
