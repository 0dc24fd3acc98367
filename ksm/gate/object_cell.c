/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* object_cell.c: which of the states of a label a rule means: `per Slot`, `Upd[slot]` [S20]. */
#include "ast.h"
#include "compile.h"
#include "expr.h"
#include "object.h"
#include "resource.h"
#include "sema.h"

/* The label for which the object is kept, in the server's class; NULL: it has none of that name. */
static const struct l1_resource *
label_of(const struct expr_context *x, const struct l1_object *object)
{
	const struct class_info *class = x->key.server == NULL ? NULL : x->key.server->class;
	const struct l1_resource *labels = class == NULL ? NULL : class->resources.elements;
	uint32_t index = class == NULL ? 0 : resource_index(class, object->label);

	return class == NULL || index == class->resources.count ? NULL : &labels[index];
}

/* Whether the receiver is a capability of that label, so that it has a number. */
static bool
has_number(const struct expr_context *x, const struct l1_object *object)
{
	uint32_t index = resource_index(x->key.server->class, object->label);

	return x->key.resource == x->key.server->resource_label + index && !x->key.is_ask;
}

static bool
index_fits(const struct expr_context *x, const struct ast_expr *index,
	const struct l1_object *object, const struct l1_resource *label,
	const struct l1_field *field)
{
	struct diag *d;

	if (field->kind == L1_INTEGER && field->low >= 0 &&
		field->high < (int64_t)label->capacity) {
		return true;
	}
	d = diag_error(x->s->c, index->span, "S9", "`%s` is no number of a `%s`: there are %u",
		field->name, object->label, label->capacity);
	diag_help(d, "give it this range in its interface: `in 0..%u`", label->capacity - 1);
	return false;
}

static bool
index_read(const struct expr_context *x, const struct ast_expr *index,
	const struct l1_object *object, const struct l1_resource *label,
	const struct l1_field **out)
{
	const struct l1_field *handle = operand_handle(x, index);
	struct operand operand;

	if (handle != NULL) {
		*out = handle; /* its label is looked at when the condition is known */
		return true;
	}
	if (!operand_read(x, index, &operand)) {
		return false;
	}
	if (operand.kind == OPERAND_NAME) {
		(void)operand_field(x, index->ref.name.text, index->span);
		return false;
	}
	if (operand.kind != OPERAND_FIELD || operand.field->state != NULL ||
		operand.field->whole != NULL) {
		diag_help(diag_error(x->s->c, index->span, "S20",
				  "an index is a field of the message"),
			"name the field that holds the number: `%s[slot]`", object->name);
		return false;
	}
	*out = operand.field;
	return index_fits(x, index, object, label, operand.field);
}

bool
object_cell(const struct expr_context *x, const struct ast_expr *ref,
	const struct object_info *object, const struct l1_field **index)
{
	const struct l1_object *l1 = &object->l1;
	const struct l1_resource *label;
	struct diag *d;

	*index = NULL;
	if (ref->ref.behind != NULL) {
		diag_help(diag_error(x->s->c, ref->ref.behind->name.span, "S20",
				  "what `%s` remembers has no parts", l1->name),
			"leave `.%s` out", ref->ref.behind->name.text);
		return false;
	}
	if (l1->key != L1_KEY_LABEL) {
		if (ref->ref.index != NULL) {
			diag_help(diag_error(x->s->c, ref->ref.index->span, "S20",
					  "`%s` is not kept for each of a label", l1->name),
				"leave the index out, or declare it `per LABEL`");
		}
		return ref->ref.index == NULL;
	}
	label = label_of(x, l1);
	if (label == NULL) {
		d = diag_error(x->s->c, ref->span, "S20",
			"`%s` is kept for each `%s`, and `%s` has no such label", l1->name,
			l1->label,
			x->key.server == NULL ? "this receiver"
					      : x->key.server->class->symbol->name);
		diag_help(d, "say it of an event to the process that has the label");
		return false;
	}
	if (ref->ref.index != NULL) {
		return index_read(x, ref->ref.index, l1, label, index);
	}
	if (has_number(x, l1)) {
		return true;
	}
	d = diag_error(x->s->c, ref->span, "S20", "which `%s` is meant here?", l1->label);
	diag_help(d,
		x->key.is_ask ? "what is asked has no number: name a field, `%s[slot]`"
			      : "make the label the receiver, or name a field: `%s[slot]`",
		l1->name);
	return false;
}

static bool
handle_known(const struct expr_context *x, struct span at, const struct l1_condition *condition,
	const struct l1_state *state, const struct l1_field *index)
{
	struct diag *d;

	if (index == NULL || index->carries != L1_HANDLE ||
		expr_handle_is(condition, index, state->target)) {
		return true;
	}
	d = diag_error(x->s->c, at, "S20", "`%s` may have another label than `%s`", index->name,
		state->object->label);
	diag_help(d, "say it first: `when %s is %s`", index->name, state->object->label);
	return false;
}

/* all: the whole condition, of which `part` is a part. */
static bool
condition_handles(const struct expr_context *x, struct span at, const struct l1_condition *all,
	const struct l1_condition *part)
{
	bool is_right = part->field == NULL || part->field->state == NULL ||
			handle_known(x, at, all, part->field->state, part->field->index);

	for (uint32_t i = 0; i < part->part_count && is_right; i++) {
		is_right = condition_handles(x, at, all, part->parts[i]);
	}
	return is_right;
}

bool
object_handles(const struct expr_context *x, struct span at, const struct l1_condition *condition,
	const struct l1_effect *effects, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (!handle_known(x, at, condition, effects[i].state, effects[i].index)) {
			return false;
		}
	}
	return condition_handles(x, at, condition, condition);
}
