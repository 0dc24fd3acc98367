/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_tuple.c: several fields together in a set of tuples: `(from, to) in {(1, 4), (4, 1)}`. */
#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "scope.h"
#include "sema.h"
#include "value.h"

/* All tuples whose first value is in `first` go on with `rest`. */
struct branch {
	struct l1_condition *first;
	struct l1_condition *rest;
};

struct tuples {
	const struct expr_context *x;
	struct span at; /* the fields */
	const struct l1_field **fields;
	uint32_t field_count;
	struct vector branches;
};

static bool
fields_read(struct tuples *t, const struct ast_expr *members)
{
	struct arena *a = &t->x->s->c->arena;
	uint32_t count = 0;

	for (const struct ast_expr *m = members; m != NULL; m = m->next) {
		count++;
	}
	t->fields = arena_array(a, count, sizeof(*t->fields));
	for (const struct ast_expr *m = members; m != NULL; m = m->next) {
		struct operand operand;

		if (!operand_read(t->x, m, &operand)) {
			return false;
		}
		if (operand.kind == OPERAND_NAME) {
			(void)operand_field(t->x, m->ref.name.text, m->span);
			return false;
		}
		if (operand.kind != OPERAND_FIELD || operand.field->kind == L1_TAIL ||
			operand.field->state != NULL) {
			struct diag *d = diag_error(t->x->s->c, m->span, "R5",
				"a field of the message is due in a tuple");

			diag_help(d, "test this beside the tuple, with `and`");
			return false;
		}
		t->fields[t->field_count++] = operand.field;
	}
	return true;
}

/* Returns the test of one value of a tuple, or NULL after an error. */
static struct l1_condition *
value_condition(struct tuples *t, const struct unit *unit, const struct ast_value *value,
	const struct l1_field *field)
{
	struct vector ranges = {0};
	struct l1_condition *in;

	if (!value_ranges(t->x->s, unit, value, field, &ranges)) {
		return NULL;
	}
	in = condition_in(&t->x->s->c->arena, field, &ranges, sema_position(t->x->s, value->span));
	if (condition_is_never(in)) {
		struct diag *d = diag_error(
			t->x->s->c, value->span, "S8", "`%s` is never this", field->name);

		diag_help(d, "its values are %lld..%lld", (long long)field->low,
			(long long)field->high);
		return NULL;
	}
	return in;
}

/* Tuples with the same first value, and those with the same rest, share a branch. */
static void
branch_add(struct tuples *t, struct l1_condition *first, struct l1_condition *rest)
{
	struct arena *a = &t->x->s->c->arena;
	struct branch *branches = t->branches.elements;
	struct branch *slot;

	for (uint32_t i = 0; i < t->branches.count; i++) {
		if (condition_equal(branches[i].first, first)) {
			branches[i].rest = condition_or(a, branches[i].rest, rest);
			return;
		}
	}
	slot = vector_push(&t->branches, a, sizeof *slot);
	*slot = (struct branch){first, rest};
}

static bool
tuple_add(struct tuples *t, const struct unit *unit, const struct ast_value *tuple)
{
	struct arena *a = &t->x->s->c->arena;
	struct l1_condition *first = NULL;
	struct l1_condition *rest = condition_always(a);
	uint32_t count = 0;

	for (const struct ast_value *v = tuple->members; v != NULL; v = v->next) {
		count++;
	}
	if (count != t->field_count) {
		struct diag *d = diag_error(t->x->s->c, tuple->span, "R6",
			"this tuple has %u values, %u fields are tested", count, t->field_count);

		diag_note(d, t->at, "these fields are tested together");
		diag_help(d, "write one value for each field");
		return false;
	}
	count = 0;
	for (const struct ast_value *v = tuple->members; v != NULL; v = v->next) {
		struct l1_condition *part = value_condition(t, unit, v, t->fields[count]);

		if (part == NULL) {
			return false;
		}
		first = count == 0 ? part : first;
		rest = count == 0 ? rest : condition_and(a, rest, part);
		count++;
	}
	branch_add(t, first, rest);
	return true;
}

static bool
value_due(struct tuples *t, struct span at)
{
	struct diag *d = diag_error(t->x->s->c, at, "R6", "a set of tuples is due here");

	diag_note(d, t->at, "these fields are tested together");
	diag_help(d, "write `in {(1, 2), (2, 1)}`, or a constant that is such a set");
	return false;
}

static bool constant_add(struct tuples *t, const struct unit *unit, const struct ast_qname *name);

/* Recursion ends: sets do not nest in the grammar, and constants are marked while inside. */
static bool
tuples_add(struct tuples *t, const struct unit *unit, const struct ast_value *value)
{
	switch (value->kind) {
	case AST_VALUE_TUPLE:
		return tuple_add(t, unit, value);
	case AST_VALUE_NAME:
		return constant_add(t, unit, &value->name);
	case AST_VALUE_SET:
		for (const struct ast_value *m = value->members; m != NULL; m = m->next) {
			if (!tuples_add(t, unit, m)) {
				return false;
			}
		}
		return true;
	default:
		return value_due(t, value->span);
	}
}

static bool
constant_add(struct tuples *t, const struct unit *unit, const struct ast_qname *name)
{
	struct symbol *symbol = scope_get(t->x->s, unit, name, AST_ITEM_CONST, "R6");
	bool is_right;

	if (symbol == NULL) {
		return false;
	}
	if (symbol->is_resolving) {
		diag_help(diag_error(t->x->s->c, name->span, "T7",
				  "constant `%s` is made of itself", name->text),
			"take its own name out of it");
		return false;
	}
	symbol->is_resolving = true;
	is_right = tuples_add(t, symbol->unit, symbol->item->constant->value);
	symbol->is_resolving = false;
	return is_right;
}

/* Branches with the same rest become one. */
static struct l1_condition *
branches_join(const struct tuples *t)
{
	struct arena *a = &t->x->s->c->arena;
	struct branch *branches = t->branches.elements;
	struct l1_condition *all = condition_never(a);

	for (uint32_t i = 0; i < t->branches.count; i++) {
		struct l1_condition *first = branches[i].first;

		for (uint32_t j = i + 1; j < t->branches.count && first != NULL; j++) {
			if (branches[j].first != NULL &&
				condition_equal(branches[i].rest, branches[j].rest)) {
				first = condition_or(a, first, branches[j].first);
				branches[j].first = NULL;
			}
		}
		if (first != NULL) {
			all = condition_or(a, all, condition_and(a, first, branches[i].rest));
		}
	}
	return all;
}

struct l1_condition *
expr_in_tuples(const struct expr_context *x, const struct ast_expr *expr)
{
	struct tuples t = {.x = x, .at = expr->in.left->span};
	bool is_right;

	if (!fields_read(&t, expr->in.left->members)) {
		return NULL;
	}
	is_right = expr->in.set != NULL ? tuples_add(&t, x->unit, expr->in.set)
					: constant_add(&t, x->unit, &expr->in.ref->ref.name);
	return is_right ? branches_join(&t) : NULL;
}
