/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* operand.c: what one side of a comparison is: a field, a number, a text, a name. */
#include <inttypes.h>

#include "ast.h"
#include "compile.h"
#include "expr.h"
#include "scope.h"
#include "sema.h"
#include "types.h"
#include "value.h"

static bool
is_lease(const struct l1_field *field)
{
	return field != NULL && (field->carries == L1_READS || field->carries == L1_WRITES);
}

const struct l1_field *
operand_named(const struct expr_context *x, const struct ast_expr *ref)
{
	const struct ast_qname *name = &ref->ref.name;
	bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
	const struct ast_ident *word = &name->parts[is_arg];
	uint32_t behind = name->part_count - 1 - is_arg;
	const struct l1_field *field = operand_find(x, word->text);
	struct diag *d;

	if (ref->ref.index != NULL || !(is_lease(field) || (field != NULL && behind == 0) ||
					      (field != NULL && field->kind == L1_TAIL))) {
		return operand_part(x, ref);
	}
	if (is_lease(field) && !(behind == 1 && sema_same(word[1].text, "len"))) {
		d = diag_error(x->s->c, name->span, "S11",
			"the bytes of `%s` are lent, no rule sees them", word->text);
		diag_help(d, "test its length: `%s.len`", word->text);
		return NULL;
	}
	if (field->kind == L1_TAIL && behind == 1 && sema_same(word[1].text, "len")) {
		return &field->parts[0];
	}
	if (field->carries == L1_HANDLE) {
		d = diag_error(x->s->c, name->span, "S11",
			"what the handle `%s` stands for is no value", word->text);
		diag_help(d, "test its label: `%s is LABEL`", word->text);
		return NULL;
	}
	if (!is_lease(field) && behind != 0) {
		return operand_part(x, ref);
	}
	return field;
}

const struct l1_field *
operand_handle(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct ast_qname *name = &expr->ref.name;
	uint32_t word = name->part_count - 1;
	const struct l1_field *field;

	if (expr->kind != AST_EXPR_REF || expr->ref.index != NULL || word > 1 ||
		(word == 1 && !sema_same(name->parts[0].text, "arg"))) {
		return NULL;
	}
	field = operand_find(x, name->parts[word].text);
	return field != NULL && field->carries == L1_HANDLE ? field : NULL;
}

/* A counter stands for its number. Returns false after an error. */
static bool
counter_read(const struct expr_context *x, const struct ast_expr *expr, struct object_info *object,
	struct operand *out)
{
	static const char *const forms[] = {
		[L1_BUCKET] = "then take ",
		[L1_WINDOW] = "then take ",
		[L1_LATCH] = "when ",
		[L1_SET] = "when field in ",
		[L1_MACHINE] = "when ",
	};
	const char *name = object->l1.name;
	const struct l1_field *index;
	struct diag *d;

	if (object->l1.kind != L1_COUNTER) {
		d = diag_error(x->s->c, expr->span, "O3", "`%s` is no number", name);
		diag_help(d, "write `%s%s%s`", forms[object->l1.kind], name,
			object->l1.kind == L1_LATCH     ? " held"
			: object->l1.kind == L1_MACHINE ? " is ..."
							: "");
		return false;
	}
	if (x->key.interface == 0) {
		diag_help(diag_error(x->s->c, expr->span, "O3",
				  "only rules and claims ask what is remembered"),
			"write a value");
		return false;
	}
	if (!object_cell(x, expr, object, &index)) {
		return false;
	}
	object->l1.is_tested = true;
	out->kind = OPERAND_FIELD;
	out->field = object_field(x->s, object, x->key, index);
	return true;
}

static bool
ref_read(const struct expr_context *x, const struct ast_expr *expr, struct operand *out)
{
	const struct ast_qname *name = &expr->ref.name;
	const char *first = name->parts[0].text;
	bool is_param = operand_is_param(x, first);

	if ((name->part_count != 1 || !is_param) && object_find(x->unit, name) != NULL) {
		return counter_read(x, expr, object_find(x->unit, name), out);
	}
	if (is_param || (name->part_count > 1 && sema_same(first, "arg"))) {
		out->kind = OPERAND_FIELD;
		out->field = operand_named(x, expr);
		return out->field != NULL;
	}
	if (expr->ref.index != NULL) {
		(void)operand_field(x, first, name->parts[0].span);
		return false;
	}
	if (name->part_count == 2 && operand_is_somebody(x, first)) {
		return operand_attribute(x, name, out);
	}
	out->kind = OPERAND_NAME;
	return true;
}

/* Adds a number to the sum. */
static bool
sum_add(const struct expr_context *x, const struct ast_expr *sum, int64_t number,
	bool is_subtracted, struct operand *out)
{
	if (is_subtracted ? __builtin_sub_overflow(out->number, number, &out->number)
			  : __builtin_add_overflow(out->number, number, &out->number)) {
		diag_help(diag_error(x->s->c, sum->span, "S9", "this sum does not fit 64 bits"),
			"write smaller numbers");
		return false;
	}
	return true;
}

static void
sum_push(const struct expr_context *x, struct operand *out, const struct l1_field *field,
	bool is_subtracted)
{
	struct l1_term *term = vector_push(&out->terms, &x->s->c->arena, sizeof *term);

	*term = (struct l1_term){field, is_subtracted};
	out->kind = OPERAND_SUM;
}

static bool
sum_read(const struct expr_context *x, const struct ast_expr *expr, struct operand *out)
{
	struct l1_field any = {.name = "a sum", .kind = L1_INTEGER};

	out->kind = OPERAND_NUMBER;
	out->is_known = true;
	for (const struct ast_expr *m = expr->members; m != NULL; m = m->next) {
		const struct l1_term *terms;
		struct operand term = {0};

		if (!operand_read(x, m, &term)) {
			return false;
		}
		terms = term.terms.elements;
		for (uint32_t i = 0; i < term.terms.count; i++) {
			sum_push(x, out, terms[i].field, terms[i].is_subtracted != m->subtracted);
		}
		if (term.kind == OPERAND_FIELD) {
			sum_push(x, out, term.field, m->subtracted);
		} else if ((term.kind != OPERAND_SUM && !operand_settle(x, &term, &any)) ||
			   !sum_add(x, expr, term.number, m->subtracted, out)) {
			return false;
		}
		out->is_attribute = out->is_attribute || term.is_attribute;
		out->is_known = out->is_known && term.is_known;
	}
	return true;
}

bool
operand_read(const struct expr_context *x, const struct ast_expr *expr, struct operand *out)
{
	*out = (struct operand){.expr = expr, .is_known = true};
	switch (expr->kind) {
	case AST_EXPR_REF:
		return ref_read(x, expr, out);
	case AST_EXPR_NUMBER:
		out->kind = OPERAND_NUMBER;
		out->is_big = types_is_big(&expr->number) && expr->number.unit != AST_UNIT_TIME;
		out->number = (int64_t)expr->number.magnitude;
		return out->is_big || types_number(x->s, &expr->number, &out->number);
	case AST_EXPR_BOOL:
		out->kind = OPERAND_NUMBER;
		out->is_bool = true;
		out->number = expr->truth;
		return true;
	case AST_EXPR_STRING:
		out->kind = OPERAND_TEXT;
		out->text = expr->string.bytes;
		return true;
	case AST_EXPR_SUM:
		return sum_read(x, expr, out);
	case AST_EXPR_TUPLE:
		diag_help(diag_error(x->s->c, expr->span, "R5", "a tuple stands before `in` only"),
			"write `in {(...), (...)}`, or compare each field by itself");
		return false;
	case AST_EXPR_CALL:
		diag_help(diag_error(x->s->c, expr->span, "R5", "there are no functions"),
			"write sums: `a + b`");
		return false;
	default:
		diag_help(diag_error(x->s->c, expr->span, "R5", "a %s stands where a value is due",
				  ast_expr_word(expr->kind)),
			"write a number, a constant, a field or an attribute");
		return false;
	}
}

static bool
settle_error(
	const struct expr_context *x, const struct operand *operand, const struct l1_field *field)
{
	static const char *const due[] = {
		[L1_INTEGER] = "a number",
		[L1_BOOL] = "true or false",
		[L1_ENUM] = "a name of its enum",
		[L1_TAIL] = "a text",
	};

	diag_help(diag_error(x->s->c, operand->expr->span, "R6", "`%s` is compared with %s",
			  field->name, due[field->kind]),
		"write a value of its type");
	return false;
}

static bool
big_error(const struct expr_context *x, const struct operand *operand, const struct l1_field *field)
{
	diag_help(diag_error(x->s->c, operand->expr->span, "T1",
			  "`%s` takes no number above %" PRId64, field->name, INT64_MAX),
		"write a smaller one; only u64 holds them");
	return false;
}

bool
operand_settle(const struct expr_context *x, struct operand *operand, const struct l1_field *field)
{
	bool fits;

	switch (operand->kind) {
	case OPERAND_NAME:
		if (field->kind == L1_TAIL) {
			operand->kind = OPERAND_TEXT;
			operand->text = value_text(x->s, x->unit, &operand->expr->ref.name);
			return operand->text != NULL;
		}
		if (!value_name(x->s, x->unit, &operand->expr->ref.name, field, &operand->number)) {
			return false;
		}
		operand->kind = OPERAND_NUMBER;
		operand->is_big = types_is_u64(field) && operand->number < 0;
		return true;
	case OPERAND_TEXT:
		return field->kind == L1_TAIL || settle_error(x, operand, field);
	case OPERAND_NUMBER:
		if (operand->is_big && field->kind == L1_INTEGER && !types_is_u64(field)) {
			return big_error(x, operand, field);
		}
		fits = field->kind == L1_BOOL      ? operand->is_bool
		       : field->kind == L1_INTEGER ? !operand->is_bool
		       : field->kind == L1_ENUM
			       ? operand->field != NULL && operand->field->names == field->names
			       : false;
		return fits || settle_error(x, operand, field);
	case OPERAND_FIELD:
	case OPERAND_SUM:
		break;
	}
	return settle_error(x, operand, field);
}
