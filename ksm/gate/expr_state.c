/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_state.c: tests of what is remembered: `is`, `held`, `in` a set. */
#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "resource.h"
#include "sema.h"
#include "who.h"

struct l1_condition *
expr_is_one(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field)
{
	struct vector ranges = {0};

	*(struct l1_range *)vector_push(&ranges, &x->s->c->scratch, sizeof(struct l1_range)) =
		(struct l1_range){1, 1};
	return condition_in(x->arena, field, &ranges, sema_position(x->s, expr->span));
}

/* The object that a guard asks, or NULL after an error. */
static struct object_info *
object_asked(const struct expr_context *x, const struct ast_expr *ref, uint32_t kinds,
	const char *wanted, const struct l1_field **index)
{
	struct object_info *object = NULL;

	if (ref->kind != AST_EXPR_REF) {
		diag_error(x->s->c, ref->span, "O3", "here stands the name of %s", wanted);
	} else if (x->key.interface == 0) {
		diag_help(diag_error(x->s->c, ref->span, "O3",
				  "only rules and claims ask what is remembered"),
			"write a value");
	} else {
		object = object_get(x->s, x->unit, &ref->ref.name, kinds, wanted);
	}
	if (object != NULL && !object_cell(x, ref, object, index)) {
		return NULL;
	}
	if (object != NULL) {
		object->l1.is_tested = true;
	}
	return object;
}

static bool
has_label(const struct instance_info *server, const struct vector *parties)
{
	const struct party *party = parties->elements;

	for (uint32_t i = 0; i < parties->count; i++) {
		if (party[i].instance == server) {
			return true;
		}
	}
	return false;
}

/* `handle is LABEL`: a capability of one of these labels, of any process that gives it. */
static struct l1_condition *
handle_is(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *handle)
{
	struct vector ranges = {0};

	for (const struct ast_qname *name = expr->is.names; name != NULL; name = name->next) {
		struct vector parties = {0};
		const struct party *party;

		if (!resources_find(x->s, x->unit, name, &parties)) {
			diag_help(diag_error(x->s->c, name->span, "R5",
					  "there is no label `%s` here", name->text),
				"name a label: of a handle nothing else is known");
			return NULL;
		}
		party = parties.elements;
		for (uint32_t i = 0; i < parties.count; i++) {
			int64_t value = handle->low | who_label(&party[i]);

			if (has_label(x->server, &parties) && party[i].instance != x->server) {
				continue; /* it gives its own */
			}

			*(struct l1_range *)vector_push(&ranges, &x->s->c->arena,
				sizeof(struct l1_range)) = (struct l1_range){value, value};
		}
	}
	return ranges.count == 0
		       ? NULL
		       : condition_in(x->arena, handle, &ranges, sema_position(x->s, expr->span));
}

bool
expr_handle_is(const struct l1_condition *condition, const struct l1_field *field, uint16_t label)
{
	int64_t value = field->low | label;

	if (condition->kind == L1_IN) {
		return condition->field == field && condition->range_count == 1 &&
		       condition->ranges[0].low == value && condition->ranges[0].high == value;
	}
	for (uint32_t i = 0; condition->kind == L1_AND && i < condition->part_count; i++) {
		if (expr_handle_is(condition->parts[i], field, label)) {
			return true;
		}
	}
	return false;
}

struct l1_condition *
expr_is(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct l1_field *handle = operand_handle(x, expr->is.left);
	const struct l1_field *index = NULL;
	struct object_info *machine;
	struct vector ranges = {0};

	if (handle != NULL) {
		return handle_is(x, expr, handle);
	}
	machine = object_asked(x, expr->is.left, 1 << L1_MACHINE, "a machine", &index);
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
	return condition_in(x->arena, object_field(x->s, machine, x->key, index), &ranges,
		sema_position(x->s, expr->span));
}

struct l1_condition *
expr_held(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct l1_field *index = NULL;
	struct object_info *latch =
		object_asked(x, expr->operand, 1 << L1_LATCH, "a latch", &index);

	return latch == NULL ? NULL
			     : expr_is_one(x, expr, object_field(x->s, latch, x->key, index));
}

struct l1_condition *
expr_in_set(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct l1_field *index = NULL;
	struct object_info *set = object_asked(x, expr->in.ref, 1 << L1_SET, "a set", &index);
	struct operand left;

	if (set == NULL || !operand_read(x, expr->in.left, &left)) {
		return NULL;
	}
	if (left.kind != OPERAND_FIELD || left.field->state != NULL) {
		diag_help(diag_error(x->s->c, expr->in.left->span, "R5",
				  "a field of the message is due here"),
			"write the field before `in`");
		return NULL;
	}
	if (left.field->kind != set->type.kind || left.field->names != set->type.names) {
		diag_help(diag_error(x->s->c, expr->span, "R6",
				  "`%s` has another type than the values of `%s`", left.field->name,
				  set->l1.name),
			"declare the set `of` the type of the field");
		return NULL;
	}
	return expr_is_one(x, expr, object_member(x->s, set, x->key, index, left.field));
}
