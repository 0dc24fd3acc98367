/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_has.c: `has`: whether something optional is there, which case of a union, whether a flag is.
 */
#include <string.h>

#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "sema.h"
#include "types.h"

#define FLAG_RANGES_MAX 256u /* nine steps */

static struct l1_condition *
is_value(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field,
	int64_t value)
{
	struct vector ranges = {0};
	struct l1_range *range = vector_push(&ranges, &x->s->c->scratch, sizeof *range);

	*range = (struct l1_range){value, value};
	return condition_in(x->arena, field, &ranges, sema_position(x->s, expr->span));
}

/* All numbers with that bit: each second piece of its size. */
static struct l1_condition *
has_flag(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *flags,
	int64_t bit)
{
	struct vector ranges = {0};
	struct diag *d;

	if (flags->high / 2 / bit >= FLAG_RANGES_MAX) {
		d = diag_error(x->s->c, expr->span, "S40",
			"`%s` has more than %u values in a row on both sides of this flag",
			flags->name, FLAG_RANGES_MAX);
		diag_help(d, "declare the flags that rules test last, or test values: `in {...}`");
		return NULL;
	}
	for (int64_t low = bit; low <= flags->high; low += 2 * bit) {
		struct l1_range *range = vector_push(&ranges, &x->s->c->scratch, sizeof *range);

		range->low = low;
		range->high = low + bit - 1 < flags->high ? low + bit - 1 : flags->high;
		if (low > flags->high - 2 * bit) {
			break;
		}
	}
	return condition_in(x->arena, flags, &ranges, sema_position(x->s, expr->span));
}

/* The flag of what is called so, or NULL. */
static const struct l1_field *
presence_find(const struct expr_context *x, const char *path)
{
	for (uint32_t i = 0; i < x->message->field_count; i++) {
		if (sema_same(x->message->fields[i].presence, path)) {
			return &x->message->fields[i];
		}
	}
	return NULL;
}

static void
nothing_has(const struct expr_context *x, const struct ast_expr *expr, const char *whole,
	const struct l1_field *field)
{
	const char *name = expr->has.name.text;
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; field != NULL && i < field->name_count; i++) {
		*(const char **)vector_push(&names, &x->s->c->arena, sizeof(char *)) =
			field->names[i].name;
	}
	for (uint32_t i = 0; i < x->message->field_count; i++) {
		const char *path = x->message->fields[i].presence;
		const char *dot = path == NULL ? NULL : strrchr(path, '.');

		if (path != NULL) {
			*(const char **)vector_push(&names, &x->s->c->arena, sizeof(char *)) =
				dot == NULL ? path : dot + 1;
		}
	}
	d = diag_error(x->s->c, expr->span, "T18",
		"`%s` has nothing called `%s` that may be there or not", whole, name);
	if (!diag_suggest(d, name, names.elements, names.count)) {
		diag_help(d, "`has` asks for an optional parameter (`arg has speed`), an optional "
			     "field, a case of a union, or a flag");
	}
}

const struct l1_field *
expr_has_field(const struct expr_context *x, const struct ast_expr *expr, int64_t *value)
{
	const struct ast_expr *left = expr->has.left;
	const char *name = expr->has.name.text;
	const char *whole;
	const struct l1_field *field;
	const struct l1_name *found;

	if (left->kind != AST_EXPR_REF) {
		diag_help(diag_error(x->s->c, left->span, "T18", "`has` stands behind a name"),
			"write `arg has speed`, `pos has x`");
		return NULL;
	}
	whole = operand_path(x, left);
	if (whole == NULL) {
		return NULL;
	}
	field = presence_find(x, sema_same(left->ref.name.text, "arg")
					 ? name
					 : arena_format(&x->s->c->arena, "%s.%s", whole, name));
	if (field != NULL) {
		*value = 1;
		return field;
	}
	field = operand_find(x, whole);
	found = field == NULL ? NULL : types_name_find(field->names, field->name_count, name);
	if (found == NULL || (!field->is_tag && field->kind != L1_INTEGER)) {
		nothing_has(x, expr, whole, field);
		return NULL;
	}
	*value = found->value;
	return field;
}

struct l1_condition *
expr_has(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct ast_expr *left = expr->has.left;
	const char *word = left->kind == AST_EXPR_REF ? left->ref.name.text : "";
	const struct l1_field *field;
	int64_t value;

	if (!operand_is_param(x, word) && operand_is_somebody(x, word)) {
		return operand_has_attribute(x, expr);
	}
	field = expr_has_field(x, expr, &value);
	if (field == NULL) {
		return NULL;
	}
	return field->presence != NULL || field->is_tag ? is_value(x, expr, field, value)
							: has_flag(x, expr, field, value);
}
