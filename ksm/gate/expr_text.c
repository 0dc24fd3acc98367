/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_text.c: tests of texts and paths: `=`, `in`, `under`, as tests of 8 bytes each [S12]. */
#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "scope.h"
#include "sema.h"
#include "tail.h"
#include "value.h"

struct text_test {
	const struct expr_context *x;
	const struct l1_field *tail;
	const char *bytes;
	uint32_t length;
	const char *known; /* of an attribute: what it is; else NULL */
	struct l1_position position;
};

static struct l1_condition *
part_in(const struct text_test *t, uint32_t part, struct vector *ranges)
{
	return condition_in(&t->x->s->c->arena, &t->tail->parts[part], ranges, t->position);
}

static void
range_push(const struct text_test *t, struct vector *ranges, int64_t low, int64_t high)
{
	struct l1_range *range = vector_push(ranges, &t->x->s->c->arena, sizeof *range);

	*range = (struct l1_range){low, high};
}

static struct l1_condition *
length_is(const struct text_test *t, uint32_t length)
{
	struct vector ranges = {0};

	range_push(t, &ranges, length, length);
	return part_in(t, 0, &ranges);
}

/* The n-th 8 bytes are those of the text; behind its end: 0. */
static struct l1_condition *
eight_is(const struct text_test *t, uint32_t n)
{
	struct vector ranges = {0};
	uint32_t at = n * TAIL_EIGHT;
	int64_t value = tail_eight(t->bytes + at, at < t->length ? t->length - at : 0);

	range_push(t, &ranges, value, value);
	return part_in(t, n + 1, &ranges);
}

/* The n-th 8 bytes begin with these, of which there are 1 to 8. */
static void
begins_push(const struct text_test *t, struct vector *ranges, const char *bytes, uint32_t length)
{
	int64_t low = tail_eight(bytes, length);
	uint64_t rest = length == TAIL_EIGHT ? 0 : UINT64_MAX >> (8 * length);

	range_push(t, ranges, low, (int64_t)((uint64_t)low | rest));
}

/* All whole eights of the text. */
static struct l1_condition *
eights_are(const struct text_test *t)
{
	struct arena *a = &t->x->s->c->arena;
	struct l1_condition *all = condition_always(a);

	for (uint32_t n = 0; n < t->length / TAIL_EIGHT; n++) {
		all = condition_and(a, all, eight_is(t, n));
	}
	return all;
}

/* No byte of a path is 0, so 8 bytes with a 0 in them say where it ends. */
static struct l1_condition *
text_is(const struct text_test *t)
{
	struct arena *a = &t->x->s->c->arena;
	struct l1_condition *all = eights_are(t);
	uint32_t whole = t->length / TAIL_EIGHT;
	bool has_rest = t->length % TAIL_EIGHT != 0;

	if (t->length > t->tail->width_bytes) {
		return condition_never(a);
	}
	if (!t->tail->is_path) {
		all = condition_and(a, length_is(t, t->length), all);
		return has_rest ? condition_and(a, all, eight_is(t, whole)) : all;
	}
	if (whole + 1 < t->tail->part_count) {
		all = condition_and(a, all, eight_is(t, whole));
	}
	return all;
}

/* It is the text, or goes on with `/`. */
static struct l1_condition *
text_under(const struct text_test *t)
{
	struct arena *a = &t->x->s->c->arena;
	uint32_t whole = t->length / TAIL_EIGHT;
	uint32_t rest = t->length % TAIL_EIGHT;
	char begin[TAIL_EIGHT];
	struct vector ranges = {0};
	struct l1_condition *on;

	if (t->length >= t->tail->width_bytes) {
		return text_is(t);
	}
	if (t->tail->is_path && t->length == 1) {
		return condition_always(a); /* under / is everything */
	}
	memcpy(begin, t->bytes + whole * TAIL_EIGHT, rest);
	begin[rest] = '/';
	begins_push(t, &ranges, begin, rest + 1);
	if (t->tail->is_path) {
		int64_t end = tail_eight(begin, rest);

		range_push(t, &ranges, end, end);
		return condition_and(a, eights_are(t), part_in(t, whole + 1, &ranges));
	}
	on = part_in(t, whole + 1, &ranges);
	return condition_and(a, eights_are(t),
		condition_or(a,
			rest == 0 ? length_is(t, t->length)
				  : condition_and(a, length_is(t, t->length), eight_is(t, whole)),
			on));
}

/* What nothing can be equal to is a mistake, unless it differs from instance to instance. */
static bool
text_check(const struct expr_context *x, const struct l1_field *tail, const char *bytes,
	uint32_t length, struct span at)
{
	struct diag *d;

	if (tail->is_path && !tail_is_path(bytes, length)) {
		d = diag_error(x->s->c, at, "T4", "this is no path");
		diag_help(d, "write `/`, or names with `/` before each: `/log/today`");
		return false;
	}
	if (length > tail->width_bytes) {
		d = diag_error(x->s->c, at, "S8", "this test can never hold");
		diag_help(d, "`%s` has at most %u bytes, this text has %u", tail->name,
			tail->width_bytes, length);
		return false;
	}
	return true;
}

static bool
tail_check(const struct expr_context *x, const struct l1_field *tail, struct span at)
{
	if (tail->is_text) {
		return true;
	}
	if (tail->unit_bytes != 0) {
		diag_help(diag_error(x->s->c, at, "S11", "the list `%s` is no single value",
				  tail->name),
			"test how many there are, or one of them: `%s.len`, `%s[0]`", tail->name,
			tail->name);
		return false;
	}
	diag_help(diag_error(x->s->c, at, "S11", "the bytes of `%s` are not tested", tail->name),
		"test how many there are: `%s.len`", tail->name);
	return false;
}

struct l1_condition *
expr_text(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *tail,
	struct operand *text)
{
	struct text_test t = {.x = x, .tail = tail, .position = sema_position(x->s, expr->span)};
	bool is_under = expr->kind == AST_EXPR_UNDER;
	bool is_not = !is_under && expr->compare.how == AST_COMPARE_NE;
	struct l1_condition *test;

	if (!tail_check(x, tail, expr->span) || !operand_settle(x, text, tail)) {
		return NULL;
	}
	if (!is_under && expr->compare.how != AST_COMPARE_EQ && !is_not) {
		diag_help(diag_error(x->s->c, expr->op, "R6", "values of `%s` have no order",
				  tail->name),
			"write `=`, `!=`, `in {...}` or `under`");
		return NULL;
	}
	if (!text->is_known) {
		return condition_always(&x->s->c->arena);
	}
	t.bytes = text->text;
	t.length = (uint32_t)strlen(text->text);
	if (!text_check(x, tail, t.bytes, t.length, text->expr->span)) {
		return NULL;
	}
	if (is_under && !tail->is_path &&
		(t.length == 0 || t.bytes[0] == '/' || t.bytes[t.length - 1] == '/')) {
		diag_help(diag_error(x->s->c, text->expr->span, "S12",
				  "behind `under` stands a text that ends with a whole component"),
			"write it without `/` at its ends: `under \"plant\"`");
		return NULL;
	}
	test = is_under ? text_under(&t) : text_is(&t);
	if (condition_is_always(test) && x->warns && !text->is_attribute) {
		diag_warning(x->s->c, expr->span, "S8", "this test always holds");
	}
	return is_not ? condition_not(&x->s->c->arena, test) : test;
}

static struct l1_condition *constant_in(const struct expr_context *x, const struct unit *unit,
	const struct ast_qname *name, struct text_test *t);

/* Recursion ends: sets do not nest in the grammar, and constants are marked while inside. */
static struct l1_condition *
value_in(const struct expr_context *x, const struct unit *unit, const struct ast_value *value,
	struct text_test *t)
{
	struct arena *a = &x->s->c->arena;
	struct l1_condition *any = condition_never(a);

	switch (value->kind) {
	case AST_VALUE_STRING:
		t->bytes = value->string.bytes;
		t->length = value->string.length;
		if (!text_check(x, t->tail, t->bytes, t->length, value->span)) {
			return NULL;
		}
		if (t->known == NULL) {
			return text_is(t);
		}
		return strcmp(t->known, t->bytes) == 0 ? condition_always(a) : any;
	case AST_VALUE_NAME:
		return constant_in(x, unit, &value->name, t);
	case AST_VALUE_SET:
		for (const struct ast_value *m = value->members; m != NULL; m = m->next) {
			struct l1_condition *one = value_in(x, unit, m, t);

			if (one == NULL) {
				return NULL;
			}
			any = condition_or(a, any, one);
		}
		return any;
	default:
		diag_help(
			diag_error(x->s->c, value->span, "R6", "`%s` takes a text", t->tail->name),
			"write texts in quotes: `in {\"a\", \"b\"}`");
		return NULL;
	}
}

static struct l1_condition *
constant_in(const struct expr_context *x, const struct unit *unit, const struct ast_qname *name,
	struct text_test *t)
{
	struct symbol *symbol = scope_get(x->s, unit, name, AST_ITEM_CONST, "R6");
	struct l1_condition *in;

	if (symbol == NULL) {
		return NULL;
	}
	if (symbol->is_resolving) {
		diag_help(diag_error(x->s->c, name->span, "T7", "constant `%s` is made of itself",
				  name->text),
			"take its own name out of it");
		return NULL;
	}
	symbol->is_resolving = true;
	in = value_in(x, symbol->unit, symbol->item->constant->value, t);
	symbol->is_resolving = false;
	return in;
}

struct l1_condition *
expr_text_in(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *tail)
{
	struct text_test t = {.x = x, .tail = tail, .position = sema_position(x->s, expr->span)};

	if (!tail_check(x, tail, expr->span)) {
		return NULL;
	}
	return expr->in.set != NULL ? value_in(x, x->unit, expr->in.set, &t)
				    : constant_in(x, x->unit, &expr->in.ref->ref.name, &t);
}

struct l1_condition *
expr_attribute_in(
	const struct expr_context *x, const struct ast_expr *expr, const struct operand *attribute)
{
	struct text_test t = {.x = x, .tail = attribute->field, .known = attribute->text};
	struct l1_condition *in = expr->in.set != NULL
					  ? value_in(x, x->unit, expr->in.set, &t)
					  : constant_in(x, x->unit, &expr->in.ref->ref.name, &t);

	return in == NULL || attribute->is_known ? in : condition_always(&x->s->c->arena);
}

struct l1_condition *
expr_path_under(struct sema *s, const struct l1_field *tail, const char *path)
{
	const struct expr_context x = {.s = s, .arena = &s->c->scratch};
	const struct text_test t = {
		.x = &x, .tail = tail, .bytes = path, .length = (uint32_t)strlen(path)};

	return text_under(&t);
}
