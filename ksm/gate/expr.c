/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr.c: expressions of rules become conditions, typed by the message they test. */
#include "expr.h"

#include <inttypes.h>

#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "condition_text.h"
#include "expr_number.h"
#include "sema.h"
#include "types.h"
#include "value.h"

static struct l1_condition *
constant(const struct expr_context *x, bool holds)
{
	struct arena *a = x->arena;

	return holds ? condition_always(a) : condition_never(a);
}

static struct l1_position
position_of(const struct expr_context *x, const struct ast_expr *expr)
{
	return sema_position(x->s, expr->span);
}

struct l1_condition *
expr_leaf(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field,
	bool is_attribute, struct l1_condition *leaf)
{
	struct arena *a = x->arena;
	struct diag *d;

	if (is_attribute || (!condition_is_never(leaf) && !condition_is_always(leaf))) {
		return leaf;
	}
	if (condition_is_never(leaf)) {
		d = diag_error(x->s->c, expr->span, "S8", "this test can never hold");
	} else if (x->warns) {
		d = diag_warning(x->s->c, expr->span, "S8", "this test always holds");
	} else {
		return leaf;
	}
	if (field->kind == L1_INTEGER && !types_is_any_u64(field)) {
		diag_help(d, "`%s` is %s..%s", field->name,
			condition_value_text(a, field, field->low),
			condition_value_text(a, field, field->high));
	}
	return condition_is_never(leaf) ? NULL : leaf;
}

static bool
is_ordered(const struct l1_field *field)
{
	return field->kind == L1_INTEGER;
}

static bool
needs_order(enum ast_compare how)
{
	return how != AST_COMPARE_EQ && how != AST_COMPARE_NE;
}

static struct l1_condition *
order_error(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field)
{
	struct diag *d =
		diag_error(x->s->c, expr->op, "R6", "values of `%s` have no order", field->name);

	diag_help(d, "write `=`, `!=` or `in {...}`");
	return NULL;
}

static bool
is_tail(const struct operand *operand)
{
	return operand->kind == OPERAND_FIELD && operand->field->kind == L1_TAIL;
}

/* A text is compared with what is known before. */
static struct l1_condition *
compare_text(const struct expr_context *x, const struct ast_expr *expr, struct operand *left,
	struct operand *right)
{
	if (left->kind == OPERAND_FIELD && right->kind == OPERAND_FIELD) {
		diag_help(diag_error(x->s->c, expr->span, "R6",
				  "`%s` is the only text of its message: no field is like it",
				  is_tail(left) ? left->field->name : right->field->name),
			"compare it with a text, a constant or an attribute");
		return NULL;
	}
	return is_tail(left) ? expr_text(x, expr, left->field, right)
			     : expr_text(x, expr, right->field, left);
}

static struct l1_condition *
compare_number(const struct expr_context *x, const struct ast_expr *expr,
	const struct l1_field *field, enum ast_compare how, struct operand *number)
{
	bool is_above = number->kind == OPERAND_NUMBER && number->is_big &&
			field->kind == L1_INTEGER && !types_is_any_u64(field);
	struct vector ranges = {0};

	if (!is_above && !operand_settle(x, number, field)) {
		return NULL;
	}
	if (needs_order(how) && !is_ordered(field)) {
		return order_error(x, expr, field);
	}
	if (!number->is_known) {
		return constant(x, true);
	}
	expr_number_ranges(x, field, how, number, &ranges);
	return expr_leaf(x, expr, field, number->is_attribute,
		condition_in(x->arena, field, &ranges, position_of(x, expr)));
}

static struct l1_condition *
compare_fields(const struct expr_context *x, const struct ast_expr *expr, enum ast_compare how,
	const struct l1_field *left, const struct l1_field *right)
{
	struct arena *a = x->arena;
	struct l1_position at = position_of(x, expr);

	if (left == right) {
		diag_help(diag_error(x->s->c, expr->span, "S8", "`%s` is compared with itself",
				  left->name),
			"compare it with another field, a constant or an attribute");
		return NULL;
	}
	if (left->kind != right->kind ||
		(left->kind != L1_INTEGER && left->names != right->names)) {
		diag_help(diag_error(x->s->c, expr->span, "R6",
				  "`%s` and `%s` have different types", left->name, right->name),
			"give both one type in the interface");
		return NULL;
	}
	if (needs_order(how) && !is_ordered(left)) {
		return order_error(x, expr, left);
	}
	if (types_is_any_u64(left) || types_is_any_u64(right)) {
		struct diag *d = diag_error(x->s->c, expr->span, "S9",
			"`%s` has no range: values of 2^63 and more do not compare here",
			types_is_any_u64(left) ? left->name : right->name);

		diag_help(d, "give it one in its interface: `u64 in 0..9223372036854775807`");
		return NULL;
	}
	switch (how) {
	case AST_COMPARE_EQ:
		return condition_fields(a, left, L1_EQUAL, right, at);
	case AST_COMPARE_NE:
		return condition_not(a, condition_fields(a, left, L1_EQUAL, right, at));
	case AST_COMPARE_LT:
		return condition_fields(a, left, L1_LESS, right, at);
	case AST_COMPARE_LE:
		return condition_fields(a, left, L1_LESS_EQUAL, right, at);
	case AST_COMPARE_GT:
		return condition_fields(a, right, L1_LESS, left, at);
	case AST_COMPARE_GE:
		return condition_fields(a, right, L1_LESS_EQUAL, left, at);
	}
	return NULL;
}

static int
number_order(const struct operand *left, const struct operand *right)
{
	if (left->is_big != right->is_big) {
		return left->is_big ? 1 : -1;
	}
	return (left->number > right->number) - (left->number < right->number);
}

/* Both sides are known before any message: attributes and constants. */
static struct l1_condition *
compare_constants(const struct expr_context *x, const struct ast_expr *expr, struct operand *left,
	struct operand *right)
{
	const struct l1_field any = {.name = "a constant", .kind = L1_INTEGER};
	const struct l1_field *type = left->field != NULL    ? left->field
				      : right->field != NULL ? right->field
							     : &any;
	enum ast_compare how = expr->compare.how;
	int order;

	if (left->kind == OPERAND_NAME && left->field == NULL && right->field == NULL) {
		/* Nothing gives it a type: it was meant as a field. */
		(void)operand_field(x, left->expr->ref.name.text, left->expr->span);
		return NULL;
	}
	if (!operand_settle(x, left, type) || !operand_settle(x, right, type)) {
		return NULL;
	}
	if (needs_order(how) && !is_ordered(type)) {
		return order_error(x, expr, type);
	}
	if (!left->is_known || !right->is_known) {
		return constant(x, true);
	}
	order = left->kind == OPERAND_TEXT ? (sema_same(left->text, right->text) ? 0 : 1)
					   : number_order(left, right);
	switch (how) {
	case AST_COMPARE_EQ:
		return constant(x, order == 0);
	case AST_COMPARE_NE:
		return constant(x, order != 0);
	case AST_COMPARE_LT:
		return constant(x, order < 0);
	case AST_COMPARE_LE:
		return constant(x, order <= 0);
	case AST_COMPARE_GT:
		return constant(x, order > 0);
	case AST_COMPARE_GE:
		return constant(x, order >= 0);
	}
	return NULL;
}

static enum ast_compare
turned(enum ast_compare how)
{
	switch (how) {
	case AST_COMPARE_LT:
		return AST_COMPARE_GT;
	case AST_COMPARE_LE:
		return AST_COMPARE_GE;
	case AST_COMPARE_GT:
		return AST_COMPARE_LT;
	case AST_COMPARE_GE:
		return AST_COMPARE_LE;
	default:
		return how;
	}
}

struct l1_condition *
expr_against(const struct expr_context *x, const struct ast_expr *expr,
	const struct l1_field *field, bool is_turned, struct operand *number)
{
	enum ast_compare how = expr->compare.how;

	return compare_number(x, expr, field, is_turned ? turned(how) : how, number);
}

static struct l1_condition *
compare(const struct expr_context *x, const struct ast_expr *expr)
{
	struct operand left;
	struct operand right;

	if (!operand_read(x, expr->compare.left, &left) ||
		!operand_read(x, expr->compare.right, &right)) {
		return NULL;
	}
	if (is_tail(&left) || is_tail(&right)) {
		return compare_text(x, expr, &left, &right);
	}
	if (left.kind == OPERAND_SUM || right.kind == OPERAND_SUM) {
		return expr_sum(x, expr, &left, &right);
	}
	if (left.kind == OPERAND_FIELD && right.kind == OPERAND_FIELD) {
		return compare_fields(x, expr, expr->compare.how, left.field, right.field);
	}
	if (left.kind == OPERAND_FIELD) {
		return expr_against(x, expr, left.field, false, &right);
	}
	if (right.kind == OPERAND_FIELD) {
		return expr_against(x, expr, right.field, true, &left);
	}
	return compare_constants(x, expr, &left, &right);
}

static struct l1_condition *
in(const struct expr_context *x, const struct ast_expr *expr)
{
	struct vector ranges = {0};
	struct operand left;
	bool is_right;

	if (expr->in.set == NULL && object_find(x->unit, &expr->in.ref->ref.name) != NULL) {
		return expr_in_set(x, expr);
	}
	if (expr->in.left->kind == AST_EXPR_TUPLE) {
		return expr_in_tuples(x, expr);
	}

	if (!operand_read(x, expr->in.left, &left)) {
		return NULL;
	}
	if (left.kind == OPERAND_NAME) {
		(void)operand_field(x, left.expr->ref.name.text, left.expr->span);
		return NULL;
	}
	if (left.kind == OPERAND_SUM) {
		return expr_sum_in(x, expr, &left);
	}
	if (is_tail(&left)) {
		return expr_text_in(x, expr, left.field);
	}
	if (left.kind == OPERAND_TEXT && left.is_attribute) {
		return expr_attribute_in(x, expr, &left);
	}
	if (left.field == NULL) {
		diag_help(diag_error(x->s->c, expr->in.left->span, "R5",
				  "a constant is tested, no field"),
			"write the field before `in`");
		return NULL;
	}
	is_right = expr->in.set != NULL
			   ? value_ranges(x->s, x->unit, expr->in.set, left.field, &ranges)
			   : value_ranges_name(
				     x->s, x->unit, &expr->in.ref->ref.name, left.field, &ranges);
	if (!is_right) {
		return NULL;
	}
	if (left.kind == OPERAND_FIELD) {
		return expr_leaf(x, expr, left.field, false,
			condition_in(x->arena, left.field, &ranges, position_of(x, expr)));
	}
	for (uint32_t i = 0; i < ranges.count; i++) {
		const struct l1_range *range = &((const struct l1_range *)ranges.elements)[i];

		if (left.number >= range->low && left.number <= range->high) {
			return constant(x, true);
		}
	}
	return constant(x, !left.is_known);
}

/* A path or a text that lies below another. */
static struct l1_condition *
under(const struct expr_context *x, const struct ast_expr *expr)
{
	struct operand left;
	struct operand right;

	if (!operand_read(x, expr->compare.left, &left) ||
		!operand_read(x, expr->compare.right, &right)) {
		return NULL;
	}
	if (left.kind == OPERAND_NAME) {
		(void)operand_field(x, left.expr->ref.name.text, left.expr->span);
		return NULL;
	}
	if (!is_tail(&left)) {
		diag_help(diag_error(x->s->c, expr->compare.left->span, "S12",
				  "`under` tests a path or a text of the message"),
			"name such a field: `name under \"/log\"`");
		return NULL;
	}
	return expr_text(x, expr, left.field, &right);
}

/* A truth value by itself: `ok`, `client.trusted`. */
static struct l1_condition *
truth(const struct expr_context *x, const struct ast_expr *expr)
{
	struct operand operand;

	if (!operand_read(x, expr, &operand)) {
		return NULL;
	}
	if (operand.kind == OPERAND_NAME) {
		(void)operand_field(x, expr->ref.name.text, expr->span);
		return NULL;
	}
	if (operand.kind == OPERAND_FIELD && operand.field->kind == L1_BOOL) {
		return expr_is_one(x, expr, operand.field);
	}
	if (operand.kind == OPERAND_NUMBER && operand.is_bool) {
		return constant(x, !operand.is_known || operand.number != 0);
	}
	diag_help(diag_error(x->s->c, expr->span, "R5", "a test is due: this is a value"),
		"compare it: `field = value`");
	return NULL;
}

static struct l1_condition *
members(const struct expr_context *x, const struct ast_expr *expr)
{
	struct arena *a = x->arena;
	bool is_or = expr->kind == AST_EXPR_OR;
	struct l1_condition *result = constant(x, !is_or);
	struct expr_known known = {expr->members, true, x->known};
	struct expr_context inner = *x;

	inner.known = is_or ? x->known : &known;
	for (const struct ast_expr *m = expr->members; m != NULL; m = m->next) {
		struct l1_condition *part = expr_condition(&inner, m);

		if (part == NULL) {
			return NULL;
		}
		result = is_or ? condition_or(a, result, part) : condition_and(a, result, part);
	}
	return result;
}

/* Recursion is bounded by PARSE_DEPTH_MAX. */
struct l1_condition *
expr_condition(const struct expr_context *x, const struct ast_expr *expr)
{
	struct l1_condition *inner;

	switch (expr->kind) {
	case AST_EXPR_OR:
	case AST_EXPR_AND:
		return members(x, expr);
	case AST_EXPR_NOT:
		inner = expr_condition(x, expr->operand);
		return inner == NULL ? NULL : condition_not(x->arena, inner);
	case AST_EXPR_COMPARE:
		return compare(x, expr);
	case AST_EXPR_IN:
		return in(x, expr);
	case AST_EXPR_IS:
		return expr_is(x, expr);
	case AST_EXPR_HAS:
		return expr_has(x, expr);
	case AST_EXPR_UNDER:
		return under(x, expr);
	case AST_EXPR_HELD:
		return expr_held(x, expr);
	default:
		return truth(x, expr);
	}
}
