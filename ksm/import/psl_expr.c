/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* psl_expr.c: expressions of PSL. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "psl.h"
#include "psl_parse.h"
#include "reader.h"

#define NEST_MAX 64u
#define LEVELS   8u

static struct psl_expr *level_parse(struct reader *r, uint32_t level, uint32_t depth);

/* Weakest first. Comparisons do not chain, but a person who chains them sees it at the lowering. */
static const char *const operators[LEVELS][7] = {
	{"==>"},
	{"||"},
	{"&&"},
	{"==", "!=", "<=", ">=", "<", ">"},
	{"|"},
	{"&"},
	{"+", "-"},
	{"*"},
};

static struct psl_expr *
expr_new(struct reader *r, enum psl_expr_kind kind)
{
	struct psl_expr *e = arena_alloc(&r->compile->arena, sizeof *e);

	e->kind = kind;
	e->at = r->word.span;
	e->text = r->word.text;
	e->number = r->word.number;
	return e;
}

/* list = "[" [expr {"," expr}] "]" */
static struct psl_expr *
list_parse(struct reader *r, uint32_t depth)
{
	struct psl_expr *list = expr_new(r, PSL_LIST);
	struct psl_expr **end = &list->left;

	reader_expect(r, "[");
	while (!reader_take(r, "]") && !r->failed) {
		*end = level_parse(r, 0, depth);
		end = &(*end)->next;
		if (!reader_is(r, "]")) {
			reader_expect(r, ",");
		}
	}
	return list;
}

/* record = "{" [key ":" expr {[","] key ":" expr}] "}"; a key is a name, a text or a number */
static struct psl_expr *
record_parse(struct reader *r, uint32_t depth)
{
	struct psl_expr *record = expr_new(r, PSL_RECORD);
	struct psl_expr **end = &record->left;

	reader_expect(r, "{");
	while (!reader_take(r, "}") && !r->failed) {
		const char *key = r->word.text;

		if (r->word.kind != WORD_TEXT && r->word.kind != WORD_NUMBER &&
			r->word.kind != WORD_NAME) {
			reader_refuse(r, "a name and `:` are due here, not %s", reader_found(r));
			break;
		}
		reader_next(r);
		reader_expect(r, ":");
		*end = level_parse(r, 0, depth);
		(*end)->key = key;
		end = &(*end)->next;
		(void)(reader_take(r, ",") || reader_take(r, ";"));
	}
	return record;
}

/*
 * name = word ["[" INT "]"] {"." word}, or a call: word (record | list | "(" expr ")"); size and
 * the casts have no object before them
 */
static struct psl_expr *
name_parse(struct reader *r, uint32_t depth)
{
	struct psl_expr *e = expr_new(r, PSL_NAME);
	bool is_message = strncmp(e->text, "message", 7) == 0;

	if (strcmp(e->text, "true") == 0 || strcmp(e->text, "false") == 0) {
		e->kind = PSL_TRUTH;
		e->number = e->text[0] == 't';
		reader_next(r);
		return e;
	}
	reader_next(r);
	while (is_message && (reader_is(r, "[") || reader_is(r, "."))) {
		bool is_index = reader_take(r, "[");

		if (!is_index) {
			reader_expect(r, ".");
		}
		e->text = arena_format(&r->compile->arena, "%s.%s", e->text, r->word.text);
		if (is_index != (r->word.kind == WORD_NUMBER)) {
			reader_refuse(r, "%s is due here", is_index ? "a number" : "a name");
		}
		reader_next(r);
		if (is_index) {
			reader_expect(r, "]");
		}
	}
	if (!is_message && (reader_is(r, "{") || reader_is(r, "[") || reader_is(r, "("))) {
		e->kind = PSL_CALL;
		e->left = level_parse(r, LEVELS, depth);
	}
	return e;
}

/* unary = ("!" | "-" | "~") unary | INT | TEXT | list | record | "(" expr ")" | name */
static struct psl_expr *
unary_parse(struct reader *r, uint32_t depth)
{
	struct psl_expr *e;

	if (reader_is(r, "!") || reader_is(r, "-") || reader_is(r, "~")) {
		e = expr_new(r, reader_is(r, "!")   ? PSL_NOT
				: reader_is(r, "-") ? PSL_MINUS
						    : PSL_INVERT);
		reader_next(r);
		e->left = level_parse(r, LEVELS, depth);
		return e;
	}
	if (r->word.kind == WORD_NUMBER || r->word.kind == WORD_TEXT) {
		e = expr_new(r, r->word.kind == WORD_TEXT ? PSL_TEXT : PSL_INTEGER);
		reader_next(r);
		return e;
	}
	if (reader_is(r, "[")) {
		return list_parse(r, depth);
	}
	if (reader_is(r, "{")) {
		return record_parse(r, depth);
	}
	if (reader_is(r, "(")) {
		e = expr_new(r, PSL_UNIT);
		reader_next(r);
		if (reader_take(r, ")")) {
			return e;
		}
		e = level_parse(r, 0, depth);
		reader_expect(r, ")");
		return e;
	}
	if (r->word.kind == WORD_NAME) {
		return name_parse(r, depth);
	}
	reader_refuse(r, "a value is due here, not %s", reader_found(r));
	return expr_new(r, PSL_NAME);
}

static bool
operator_take(struct reader *r, uint32_t level)
{
	for (uint32_t i = 0; operators[level][i] != NULL; i++) {
		if (reader_take(r, operators[level][i])) {
			return true;
		}
	}
	return false;
}

static struct psl_expr *
level_parse(struct reader *r, uint32_t level, uint32_t depth)
{
	struct psl_expr *e;

	if (depth > NEST_MAX) {
		reader_refuse(r, "expressions nest deeper than %u", NEST_MAX);
		return expr_new(r, PSL_NAME);
	}
	if (level == LEVELS) {
		return unary_parse(r, depth + 1);
	}
	e = level_parse(r, level + 1, depth);
	while (operator_take(r, level)) {
		struct psl_expr *both = expr_new(r, PSL_BINARY);

		both->at = r->last.span;
		both->text = r->last.text;
		both->left = e;
		both->right = level_parse(r, level + 1, depth);
		e = both;
	}
	return e;
}

struct psl_expr *
psl_expr_parse(struct reader *r)
{
	return level_parse(r, 0, 0);
}

bool
psl_is_hex(const struct psl_expr *e)
{
	return e->kind == PSL_INTEGER && e->number > 0 && (e->text[1] == 'x' || e->text[1] == 'X');
}
