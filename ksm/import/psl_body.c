/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* psl_body.c: selectors and bodies of bindings. */
#include <string.h>

#include "ksm/gate/compile.h"
#include "psl.h"
#include "psl_parse.h"
#include "reader.h"

#define NEST_MAX 32u

static struct psl_item *items_parse(struct reader *r, uint32_t depth);

/* Where the selector of that name is kept; NULL if there is none of that name. */
static const char **
selector_place(struct psl_selector *s, const char *name, struct span **at)
{
	if (strcmp(name, "src") == 0) {
		*at = &s->src_at;
		return &s->src;
	}
	if (strcmp(name, "dst") == 0) {
		*at = &s->dst_at;
		return &s->dst;
	}
	if (strcmp(name, "method") == 0) {
		*at = &s->method_at;
		return &s->method;
	}
	*at = &s->endpoint_at;
	if (strcmp(name, "component") == 0) {
		return &s->component;
	}
	if (strcmp(name, "interface") == 0) {
		return &s->interface;
	}
	return strcmp(name, "endpoint") == 0 ? &s->endpoint : NULL;
}

void
psl_selector_parse(struct reader *r, struct psl_selector *s)
{
	for (;;) {
		struct span *at;
		const char **value;

		if (reader_take(r, "audit")) {
			/* Which profile records it: everything is on record here. */
			(void)reader_name(r, "the name of a profile");
			continue;
		}
		value = r->word.kind == WORD_NAME ? selector_place(s, r->word.text, &at) : NULL;
		if (value == NULL) {
			return;
		}
		if (*value != NULL) {
			reader_refuse(r, "`%s` stands here twice", r->word.text);
			return;
		}
		reader_next(r);
		reader_expect(r, "=");
		*at = r->word.span;
		*value = reader_name(r, "a name");
		(void)reader_take(r, ",");
	}
}

/* "()" behind grant and deny; an object may stand before them: base.grant (). */
static void
unit_parse(struct reader *r)
{
	reader_expect(r, "(");
	reader_expect(r, ")");
}

/* deny = "deny" ("()" | expr): with an expression it denies what the assertion of its contrary
 * does. */
static void
deny_parse(struct reader *r, struct psl_item *item)
{
	struct reader ahead = *r;

	if (reader_take(&ahead, "(") && reader_is(&ahead, ")")) {
		item->kind = PSL_DENY;
		unit_parse(r);
		return;
	}
	item->kind = PSL_ASSERT;
	item->expr = arena_alloc(&r->compile->arena, sizeof *item->expr);
	item->expr->kind = PSL_NOT;
	item->expr->at = r->word.span;
	item->expr->left = psl_expr_parse(r);
}

/* choice = "choice" expr "{" {(TEXT | INT | "_") ":" (item | body)} "}" */
static struct psl_item *
cases_parse(struct reader *r, uint32_t depth)
{
	struct psl_item *first = NULL;
	struct psl_item **end = &first;

	reader_expect(r, "{");
	while (!reader_take(r, "}") && !r->failed) {
		struct psl_item *one = arena_alloc(&r->compile->arena, sizeof *one);

		one->kind = PSL_CHOICE;
		one->at = r->word.span;
		if (!reader_take(r, "_")) {
			one->label = psl_expr_parse(r);
			if (one->label->kind != PSL_TEXT && one->label->kind != PSL_INTEGER &&
				one->label->kind != PSL_TRUTH && one->label->kind != PSL_RECORD) {
				r->word.span = one->label->at;
				reader_refuse(r, "a case is a text, a number, a level or `_`");
			}
		}
		reader_expect(r, ":");
		one->body = items_parse(r, depth);
		(void)(reader_take(r, ",") || reader_take(r, ";"));
		*end = one;
		end = &one->next;
	}
	return first;
}

/*
 * item = "grant" "()" | "deny" ("()" | expr) | "assert" expr | "match" selector body
 *      | "choice" expr cases | object "." rule expr
 */
static struct psl_item *
item_parse(struct reader *r, uint32_t depth)
{
	struct psl_item *item = arena_alloc(&r->compile->arena, sizeof *item);

	item->at = r->word.span;
	if (reader_take(r, "grant") || reader_take(r, "base.grant")) {
		item->kind = PSL_GRANT;
		unit_parse(r);
	} else if (reader_take(r, "deny") || reader_take(r, "base.deny")) {
		deny_parse(r, item);
	} else if (reader_take(r, "assert") || reader_take(r, "base.assert") ||
		   reader_take(r, "bool.assert")) {
		item->kind = PSL_ASSERT;
		item->expr = psl_expr_parse(r);
	} else if (reader_take(r, "match")) {
		item->kind = PSL_MATCH;
		psl_selector_parse(r, &item->selector);
		item->body = items_parse(r, depth);
	} else if (reader_take(r, "choice")) {
		item->kind = PSL_CHOICE;
		item->expr = psl_expr_parse(r);
		item->body = cases_parse(r, depth);
	} else if (r->word.kind == WORD_NAME && strchr(r->word.text, '.') != NULL) {
		item->kind = PSL_RULE;
		item->expr = psl_expr_parse(r);
		if (!r->failed && item->expr->kind != PSL_CALL) {
			r->word.span = item->expr->at;
			reader_refuse(r, "the rule `%s` has no argument", item->expr->text);
		}
	} else {
		reader_refuse(r,
			"`grant ()`, `deny ()`, `assert`, `match`, `choice` or a rule of "
			"an object is due here, not %s",
			reader_found(r));
	}
	return item;
}

/* items = item | "{" {item [","|";"]} "}" */
static struct psl_item *
items_parse(struct reader *r, uint32_t depth)
{
	struct psl_item *first = NULL;
	struct psl_item **end = &first;

	if (depth > NEST_MAX) {
		reader_refuse(r, "bodies nest deeper than %u", NEST_MAX);
		return NULL;
	}
	if (!reader_take(r, "{")) {
		return item_parse(r, depth + 1);
	}
	while (!reader_take(r, "}") && !r->failed) {
		*end = item_parse(r, depth + 1);
		end = &(*end)->next;
		(void)(reader_take(r, ",") || reader_take(r, ";"));
	}
	if (!r->failed && first == NULL) {
		r->word.span = r->last.span;
		reader_refuse(r, "this body is empty: it needs `grant ()`, `deny ()` or a rule");
	}
	return first;
}

struct psl_item *
psl_body_parse(struct reader *r)
{
	if (!reader_is(r, "{")) {
		reader_expect(r, "{");
		return NULL;
	}
	return items_parse(r, 0);
}
