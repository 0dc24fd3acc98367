/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* change.c: a change of a policy's text that is tried without writing it anywhere. */
#include "change.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "ast.h"
#include "ast_rule.h"
#include "buffer.h"
#include "compile.h"
#include "parse.h"
#include "rule_text.h"
#include "sema.h"

static bool
is_same_place(struct span a, struct span b)
{
	return a.file == b.file && a.offset == b.offset;
}

static void
change_make(struct sema *s, const struct change *change)
{
	const char *text =
		arena_format(&s->c->arena, "edition %u\n%s\n", compile_edition(s->c), change->text);
	struct ast_file *file =
		parse_source(s->c, source_add(s->c, "<change>", text, strlen(text)));
	struct ast_item **place = &s->root->file->items;
	struct ast_item *next;

	if (file->items == NULL) {
		return;
	}
	while (*place != NULL && (change->replaced.length == 0 ||
					 !is_same_place((*place)->span, change->replaced))) {
		place = &(*place)->next;
	}
	next = *place == NULL ? NULL : (*place)->next;
	*place = file->items;
	(*place)->next = next;
}

void
changes_make(struct sema *s, void *data)
{
	const struct changes *changes = data;

	for (uint32_t i = 0; i < changes->count; i++) {
		change_make(s, &changes->list[i]);
	}
}

static uint32_t
span_end(struct span span)
{
	return span.offset + span.length;
}

/* The source from one byte to another as one line. */
static const char *
piece(struct sema *s, uint32_t file, uint32_t from, uint32_t end)
{
	return from >= end ? "" : source_line(s->c, (struct span){file, from, end - from, 1, 1});
}

/* What all tests of a rule and its guard say together: `(a) and (b)`; "" if nothing. */
static const char *
tests_text(struct sema *s, const struct ast_rule *rule)
{
	struct buffer b;
	const char *word = "";

	buffer_init(&b, &s->c->arena);
	for (const struct ast_expr *test = rule->event.tests; test != NULL; test = test->next) {
		buffer_text(&b, word);
		buffer_text(&b, source_line(s->c, test->span));
		word = " and ";
	}
	if (rule->guard.kind != AST_GUARD_NONE) {
		bool is_alone = b.size == 0 && rule->guard.kind == AST_GUARD_WHEN;

		buffer_text(&b, word);
		buffer_text(&b, rule->guard.kind == AST_GUARD_WHEN ? "" : "not ");
		buffer_text(&b, is_alone ? "" : "(");
		buffer_text(&b, source_line(s->c, rule->guard.condition->span));
		buffer_text(&b, is_alone ? "" : ")");
	}
	return b.bytes == NULL ? "" : b.bytes;
}

/* The rule up to its method, and what stands behind its guard. */
static const char *
rule_with_guard(struct sema *s, const struct ast_rule *rule, const char *guard)
{
	uint32_t file = rule->span.file;
	uint32_t behind =
		span_end(rule->guard.kind == AST_GUARD_NONE ? rule->event.span : rule->guard.span);
	const char *rest = piece(s, file, behind, span_end(rule->span));

	return arena_format(&s->c->arena, "%s%s%s%s",
		piece(s, file, rule->span.offset, span_end(rule->event.message)), guard,
		rest[0] == '\0' ? "" : " ", rest);
}

const char *
change_rule_or(struct sema *s, const struct ast_rule *rule, const char *exact)
{
	const char *tests = tests_text(s, rule);

	if (tests[0] == '\0') {
		return NULL;
	}
	return rule_with_guard(s, rule,
		exact[0] == '\0' ? ""
				 : arena_format(&s->c->arena, " when (%s) or (%s)", tests, exact));
}

const char *
change_rule_except(struct sema *s, const struct ast_rule *rule, const char *exact)
{
	const char *tests = tests_text(s, rule);

	if (exact[0] == '\0') {
		return NULL;
	}
	return rule_with_guard(s, rule,
		tests[0] == '\0'
			? arena_format(&s->c->arena, " when not (%s)", exact)
			: arena_format(&s->c->arena, " when (%s) and not (%s)", tests, exact));
}

/* What one of these tests, or of the tests that they join, says to be there: `client has x`. */
static const struct ast_expr *
has_find(const struct ast_expr *tests, const struct ast_qname *name)
{
	const struct ast_expr *found = NULL;

	for (const struct ast_expr *test = tests; test != NULL && found == NULL;
		test = test->next) {
		if (test->kind == AST_EXPR_AND) {
			found = has_find(test->members, name);
		} else if (test->kind == AST_EXPR_HAS && test->has.left->kind == AST_EXPR_REF &&
			   sema_same(test->has.left->ref.name.text, name->parts[0].text) &&
			   sema_same(test->has.name.text, name->parts[1].text)) {
			found = test;
		}
	}
	return found;
}

/* An attribute that an effect counts with may not be there: then the rule says that it is [S9]. */
static void
has_write(struct sema *s, const struct ast_rule *rule, const struct ast_expr *operand,
	struct buffer *b, const char **word)
{
	const struct ast_expr *has = NULL;

	for (const struct ast_expr *m =
			operand != NULL && operand->kind == AST_EXPR_SUM ? operand->members : NULL;
		m != NULL; m = m->next) {
		has_write(s, rule, m, b, word);
	}
	if (operand == NULL || operand->kind != AST_EXPR_REF || operand->ref.name.part_count != 2) {
		return;
	}
	has = has_find(rule->event.tests, &operand->ref.name);
	if (has == NULL && rule->guard.kind == AST_GUARD_WHEN) {
		has = has_find(rule->guard.condition, &operand->ref.name);
	}
	if (has != NULL) {
		buffer_text(b, *word);
		buffer_text(b, source_line(s->c, has->span));
		*word = " and ";
	}
}

const char *
change_exact_rule(struct sema *s, const struct ast_rule *rule, const char *event)
{
	const char *word = " when ";
	struct buffer b;

	buffer_init(&b, &s->c->arena);
	buffer_text(&b, "allow ");
	buffer_text(&b, event);
	if (rule == NULL) {
		return b.bytes;
	}
	for (const struct ast_effect *e = rule->effects; e != NULL; e = e->next) {
		has_write(s, rule, e->operand, &b, &word);
	}
	for (const struct ast_effect *e = rule->effects; e != NULL; e = e->next) {
		buffer_text(&b, e == rule->effects ? " then " : ", ");
		buffer_text(&b, source_line(s->c, e->span));
	}
	for (const struct ast_tail *tail = rule->tails; tail != NULL; tail = tail->next) {
		buffer_text(&b, " ");
		buffer_text(&b, source_line(s->c, tail->span));
	}
	if (rule->audit.kind != AST_AUDIT_UNSAID) {
		buffer_text(&b, " ");
		buffer_text(&b, source_line(s->c, rule->audit.span));
	}
	return b.bytes;
}

const char *
change_move(struct sema *s, const struct ast_item *machine, const char *from, const char *to)
{
	const char *text = source_line(s->c, machine->span);
	const char *end = strrchr(text, '}');

	assert(end != NULL);
	while (end > text && end[-1] == ' ') {
		end--;
	}
	return arena_format(
		&s->c->arena, "%.*s; %s -> %s%s", (int)(end - text), text, from, to, end);
}

const char *
change_number(struct sema *s, const struct ast_item *item, struct span number, uint64_t value)
{
	return arena_format(&s->c->arena, "%s %" PRIu64 " %s",
		piece(s, item->span.file, item->span.offset, number.offset), value,
		piece(s, item->span.file, span_end(number), span_end(item->span)));
}
