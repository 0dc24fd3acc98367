/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_sum.c: sums of fields, compared with a number: all fields on one side, as one value [S9]. */
#include <string.h>

#include "ast.h"
#include "compile.h"
#include "condition.h"
#include "condition_text.h"
#include "expr.h"
#include "sema.h"
#include "types.h"
#include "value.h"

/* left - right: terms [how] number. */
struct sum {
	const struct expr_context *x;
	struct span at;
	struct l1_term *terms; /* by offset */
	uint32_t count;
};

static bool
term_check(const struct sum *sum, const struct l1_field *field)
{
	struct diag *d;

	if (field->kind != L1_INTEGER) {
		diag_help(diag_error(sum->x->s->c, sum->at, "R6", "`%s` is no number", field->name),
			"leave it out of the sum");
		return false;
	}
	if (types_is_any_u64(field)) {
		d = diag_error(sum->x->s->c, sum->at, "S9",
			"this sum may not fit 64 bits: `%s` has no range", field->name);
		diag_help(d, "give it one in its interface: `u64 in 0..1000000`");
		return false;
	}
	return true;
}

/* Fields of the message in the order of its bytes, then what is remembered, by its names. */
static bool
stands_before(const struct l1_field *a, const struct l1_field *b)
{
	bool is_remembered = a->state != NULL;

	if (is_remembered != (b->state != NULL)) {
		return !is_remembered;
	}
	if (!is_remembered && a->offset_bytes != b->offset_bytes) {
		return a->offset_bytes < b->offset_bytes;
	}
	return strcmp(a->name, b->name) < 0;
}

static void
term_remove(struct sum *sum, uint32_t at)
{
	sum->count--;
	for (; at < sum->count; at++) {
		sum->terms[at] = sum->terms[at + 1];
	}
}

/* Puts a term in its place, beside one of the same field; one that was subtracted before goes. */
static bool
term_add(struct sum *sum, struct l1_term new)
{
	uint32_t at = 0;

	if (!term_check(sum, new.field)) {
		return false;
	}
	while (at < sum->count && sum->terms[at].field != new.field) {
		at++;
	}
	if (at < sum->count && sum->terms[at].is_subtracted != new.is_subtracted) {
		term_remove(sum, at);
		return true;
	}
	if (at == sum->count) {
		at = 0;
		while (at < sum->count && stands_before(sum->terms[at].field, new.field)) {
			at++;
		}
	}
	for (uint32_t i = sum->count; i > at; i--) {
		sum->terms[i] = sum->terms[i - 1];
	}
	sum->terms[at] = new;
	sum->count++;
	return true;
}

static bool
terms_add(struct sum *sum, const struct operand *side, bool is_right)
{
	const struct l1_term *terms = side->terms.elements;

	if (side->kind == OPERAND_FIELD) {
		return term_add(sum, (struct l1_term){side->field, is_right});
	}
	for (uint32_t i = 0; i < side->terms.count; i++) {
		if (!term_add(sum,
			    (struct l1_term){terms[i].field, terms[i].is_subtracted != is_right})) {
			return false;
		}
	}
	return true;
}

/* S9: no value of the fields makes it overflow, whatever part of it is done. */
static bool
range_find(const struct sum *sum, int64_t *low, int64_t *high)
{
	*low = *high = 0;
	for (uint32_t i = 0; i < sum->count; i++) {
		const struct l1_field *field = sum->terms[i].field;
		bool overflows = sum->terms[i].is_subtracted
					 ? __builtin_sub_overflow(*low, field->high, low) ||
						   __builtin_sub_overflow(*high, field->low, high)
					 : __builtin_add_overflow(*low, field->low, low) ||
						   __builtin_add_overflow(*high, field->high, high);

		if (overflows) {
			struct diag *d = diag_error(
				sum->x->s->c, sum->at, "S9", "this sum may not fit 64 bits");

			diag_help(d,
				field->state != NULL ? "declare `%s` with a smaller `max`"
						     : "give `%s` a smaller range in its interface",
				field->name);
			return false;
		}
	}
	return true;
}

static bool
is_same(const struct l1_field *known, const struct sum *sum)
{
	if (known->term_count != sum->count) {
		return false;
	}
	for (uint32_t i = 0; i < sum->count; i++) {
		if (known->terms[i].field != sum->terms[i].field ||
			known->terms[i].is_subtracted != sum->terms[i].is_subtracted) {
			return false;
		}
	}
	return true;
}

/* The sum as a field, the same one wherever it stands. Returns NULL after an error. */
static const struct l1_field *
sum_field(const struct sum *sum)
{
	struct sema *s = sum->x->s;
	struct arena *a = &s->c->arena;
	struct l1_field **known = s->sums.elements;
	const char *name = "";
	struct l1_field *field;
	int64_t low;
	int64_t high;

	for (uint32_t i = 0; i < s->sums.count; i++) {
		if (is_same(known[i], sum)) {
			return known[i];
		}
	}
	if (!range_find(sum, &low, &high)) {
		return NULL;
	}
	field = arena_alloc(a, sizeof *field);
	*field = (struct l1_field){
		.kind = L1_INTEGER,
		.offset_bytes = sum->terms[0].field->offset_bytes,
		.width_bytes = 8,
		.is_signed = true,
		.low = low,
		.high = high,
		.terms = sum->terms,
		.term_count = sum->count,
	};
	for (uint32_t i = 0; i < sum->count; i++) {
		const struct l1_field *term = sum->terms[i].field;
		const char *term_name = condition_field_text(a, term);

		field->is_secret = field->is_secret || term->is_secret;
		name = arena_format(a, "%s%s%s", name,
			sum->terms[i].is_subtracted ? (i == 0 ? "-" : " - ")
			: i == 0                    ? ""
						    : " + ",
			term_name);
	}
	field->name = name;
	*(struct l1_field **)vector_push(&s->sums, a, sizeof field) = field;
	return field;
}

/* The first term is not subtracted. Returns whether both sides change place for it. */
static bool
sum_turn(struct sum *sum)
{
	if (!sum->terms[0].is_subtracted) {
		return false;
	}
	for (uint32_t i = 0; i < sum->count; i++) {
		sum->terms[i].is_subtracted = !sum->terms[i].is_subtracted;
	}
	return true;
}

struct l1_condition *
expr_sum(const struct expr_context *x, const struct ast_expr *expr, struct operand *left,
	struct operand *right)
{
	const struct l1_field any = {.name = "a sum", .kind = L1_INTEGER};
	struct sum sum = {.x = x, .at = expr->span};
	struct operand number = {.kind = OPERAND_NUMBER,
		.expr = expr,
		.is_attribute = left->is_attribute || right->is_attribute,
		.is_known = left->is_known && right->is_known};
	const struct l1_field *field;
	bool is_turned;

	sum.terms = arena_array(&x->s->c->arena, (size_t)left->terms.count + right->terms.count + 2,
		sizeof *sum.terms);
	if ((left->kind != OPERAND_FIELD && left->kind != OPERAND_SUM &&
		    !operand_settle(x, left, &any)) ||
		(right->kind != OPERAND_FIELD && right->kind != OPERAND_SUM &&
			!operand_settle(x, right, &any)) ||
		!terms_add(&sum, left, false) || !terms_add(&sum, right, true)) {
		return NULL;
	}
	if (sum.count == 0) {
		diag_help(diag_error(
				  x->s->c, expr->span, "S8", "the same fields stand on both sides"),
			"leave them out");
		return NULL;
	}
	is_turned = sum_turn(&sum);
	if (is_turned ? __builtin_sub_overflow(left->number, right->number, &number.number)
		      : __builtin_sub_overflow(right->number, left->number, &number.number)) {
		diag_help(diag_error(x->s->c, expr->span, "S9", "this sum does not fit 64 bits"),
			"write smaller numbers");
		return NULL;
	}
	field = sum.count == 1 ? sum.terms[0].field : sum_field(&sum);
	return field == NULL ? NULL : expr_against(x, expr, field, is_turned, &number);
}

/* The value moved to where the fields alone stand; what no sum reaches stays out of reach. */
static int64_t
value_shift(int64_t value, int64_t by, bool is_turned)
{
	int64_t shifted;

	if (is_turned ? __builtin_sub_overflow(by, value, &shifted)
		      : __builtin_sub_overflow(value, by, &shifted)) {
		return (value < by) != is_turned ? INT64_MIN : INT64_MAX;
	}
	return shifted;
}

struct l1_condition *
expr_sum_in(const struct expr_context *x, const struct ast_expr *expr, const struct operand *left)
{
	const struct l1_field any = {.name = "a sum",
		.kind = L1_INTEGER,
		.width_bytes = 8,
		.is_signed = true,
		.low = INT64_MIN,
		.high = INT64_MAX};
	struct arena *a = &x->s->c->arena;
	struct sum sum = {.x = x, .at = expr->in.left->span};
	struct vector ranges = {0};
	struct l1_range *range;
	const struct l1_field *field;
	bool is_turned;

	sum.terms = arena_array(a, (size_t)left->terms.count + 1, sizeof *sum.terms);
	if (!terms_add(&sum, left, false) ||
		!(expr->in.set != NULL ? value_ranges(x->s, x->unit, expr->in.set, &any, &ranges)
				       : value_ranges_name(x->s, x->unit, &expr->in.ref->ref.name,
						 &any, &ranges))) {
		return NULL;
	}
	if (sum.count == 0) {
		diag_help(diag_error(x->s->c, sum.at, "S8", "this sum takes away what it adds"),
			"leave the field out");
		return NULL;
	}
	is_turned = sum_turn(&sum);
	field = sum.count == 1 ? sum.terms[0].field : sum_field(&sum);
	if (field == NULL || !left->is_known) {
		return field == NULL ? NULL : condition_always(a);
	}
	range = ranges.elements;
	for (uint32_t i = 0; i < ranges.count; i++) {
		int64_t low = value_shift(range[i].low, left->number, is_turned);
		int64_t high = value_shift(range[i].high, left->number, is_turned);

		range[i] = (struct l1_range){is_turned ? high : low, is_turned ? low : high};
	}
	return expr_leaf(x, expr, field, left->is_attribute,
		condition_in(a, field, &ranges, sema_position(x->s, expr->span)));
}

bool
expr_sum_amount(const struct expr_context *x, const struct ast_expr *expr,
	const struct operand *operand, const struct l1_field **field)
{
	struct sum sum = {.x = x, .at = expr->span};

	sum.terms =
		arena_array(&x->s->c->arena, (size_t)operand->terms.count + 1, sizeof *sum.terms);
	*field = NULL;
	if (!terms_add(&sum, operand, false)) {
		return false;
	}
	if (sum.count != 0) {
		bool is_field = sum.count == 1 && !sum.terms[0].is_subtracted;

		*field = is_field ? sum.terms[0].field : sum_field(&sum);
	}
	return sum.count == 0 || *field != NULL;
}
