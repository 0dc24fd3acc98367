/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_state.c: tests of what is remembered: `is`, `held`, `in` a set. */
#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "sema.h"

struct l1_condition *
expr_is_one(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field)
{
	struct vector ranges = {0};

	*(struct l1_range *)vector_push(&ranges, &x->s->c->scratch, sizeof(struct l1_range)) =
		(struct l1_range){1, 1};
	return condition_in(&x->s->c->arena, field, &ranges, sema_position(x->s, expr->span));
}

/* The object that a guard asks, or NULL after an error. */
static struct object_info *
object_asked(const struct expr_context *x, const struct ast_expr *ref, uint32_t kinds,
	const char *wanted)
{
	struct object_info *object = NULL;

	if (ref->kind != AST_EXPR_REF) {
		diag_error(x->s->c, ref->span, "O3", "here stands the name of %s", wanted);
	} else if (ref->ref.index != NULL) {
		sema_refuse(x->s, ref->span, "an index of a machine, a bucket, ...");
	} else if (x->key.interface == 0) {
		diag_error(
			x->s->c, ref->span, "O3", "only rules and claims ask what is remembered");
	} else {
		object = object_get(x->s, x->unit, &ref->ref.name, kinds, wanted);
	}
	if (object != NULL) {
		object->l1.is_tested = true;
	}
	return object;
}

struct l1_condition *
expr_is(const struct expr_context *x, const struct ast_expr *expr)
{
	struct object_info *machine = object_asked(x, expr->is.left, 1 << L1_MACHINE, "a machine");
	struct vector ranges = {0};

	if (machine == NULL) {
		return NULL;
	}
	for (const struct ast_qname *name = expr->is.names; name != NULL; name = name->next) {
		int64_t number = object_state_number(x->s, machine, name->text, name->span);

		if (number < 0) {
			return NULL;
		}
		*(struct l1_range *)vector_push(&ranges, &x->s->c->scratch,
			sizeof(struct l1_range)) = (struct l1_range){number, number};
	}
	return condition_in(&x->s->c->arena, object_state(x->s, machine, x->key)->field, &ranges,
		sema_position(x->s, expr->span));
}

struct l1_condition *
expr_held(const struct expr_context *x, const struct ast_expr *expr)
{
	struct object_info *latch = object_asked(x, expr->operand, 1 << L1_LATCH, "a latch");

	return latch == NULL ? NULL
			     : expr_is_one(x, expr, object_state(x->s, latch, x->key)->field);
}

struct l1_condition *
expr_in_set(const struct expr_context *x, const struct ast_expr *expr)
{
	struct object_info *set = object_asked(x, expr->in.ref, 1 << L1_SET, "a set");
	struct operand left;

	if (set == NULL || !operand_read(x, expr->in.left, &left)) {
		return NULL;
	}
	if (left.kind != OPERAND_FIELD || left.field->state != NULL) {
		diag_error(
			x->s->c, expr->in.left->span, "R5", "a field of the message is due here");
		return NULL;
	}
	if (left.field->kind != set->type.kind || left.field->names != set->type.names) {
		diag_help(diag_error(x->s->c, expr->span, "R6",
				  "`%s` has another type than the values of `%s`", left.field->name,
				  set->l1.name),
			"declare the set `of` the type of the field");
		return NULL;
	}
	return expr_is_one(x, expr, object_member(x->s, set, x->key, left.field));
}
