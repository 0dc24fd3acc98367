/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_number.c: which values of a field a comparison with a number lets through. */
#include "expr_number.h"

#include "compile.h"
#include "expr.h"
#include "sema.h"
#include "types.h"

static void
range_push(const struct expr_context *x, struct vector *ranges, int64_t low, int64_t high)
{
	struct l1_range *range = vector_push(ranges, &x->s->c->scratch, sizeof *range);

	range->low = low;
	range->high = high;
}

/* field `how` a number that is below all of its values, or above. */
static void
beyond_ranges(
	const struct expr_context *x, enum ast_compare how, bool is_above, struct vector *ranges)
{
	bool holds = how == AST_COMPARE_NE ||
		     (is_above ? how == AST_COMPARE_LT || how == AST_COMPARE_LE
			       : how == AST_COMPARE_GT || how == AST_COMPARE_GE);

	if (holds) {
		range_push(x, ranges, INT64_MIN, INT64_MAX);
	}
}

/* The same for any 8 bytes compared without a sign: values of 2^63 and more are the negative ones
 * here, above all others. */
static void
unsigned_ranges(
	const struct expr_context *x, enum ast_compare how, uint64_t number, struct vector *ranges)
{
	bool is_less = how == AST_COMPARE_LT || how == AST_COMPARE_LE;
	bool has_number = how == AST_COMPARE_LE || how == AST_COMPARE_GE;
	uint64_t low = is_less ? 0 : number + !has_number;
	uint64_t high = is_less ? number - !has_number : UINT64_MAX;

	if (!has_number && number == (is_less ? 0 : UINT64_MAX)) {
		return;
	}
	if (low <= INT64_MAX) {
		range_push(x, ranges, (int64_t)low, high <= INT64_MAX ? (int64_t)high : INT64_MAX);
	}
	if (high > INT64_MAX) {
		range_push(x, ranges, low > INT64_MAX ? (int64_t)low : INT64_MIN, (int64_t)high);
	}
}

void
expr_number_ranges(const struct expr_context *x, const struct l1_field *field, enum ast_compare how,
	const struct operand *operand, struct vector *ranges)
{
	bool is_any = types_is_any_u64(field);
	int64_t number = operand->number;

	if (operand->is_big != (number < 0 && is_any)) {
		beyond_ranges(x, how, operand->is_big, ranges);
		return;
	}
	if (is_any && how != AST_COMPARE_EQ && how != AST_COMPARE_NE) {
		unsigned_ranges(x, how, (uint64_t)number, ranges);
		return;
	}
	switch (how) {
	case AST_COMPARE_EQ:
		range_push(x, ranges, number, number);
		return;
	case AST_COMPARE_NE:
		if (number > INT64_MIN) {
			range_push(x, ranges, INT64_MIN, number - 1);
		}
		if (number < INT64_MAX) {
			range_push(x, ranges, number + 1, INT64_MAX);
		}
		return;
	case AST_COMPARE_LT:
		if (number > INT64_MIN) {
			range_push(x, ranges, INT64_MIN, number - 1);
		}
		return;
	case AST_COMPARE_LE:
		range_push(x, ranges, INT64_MIN, number);
		return;
	case AST_COMPARE_GT:
		if (number < INT64_MAX) {
			range_push(x, ranges, number + 1, INT64_MAX);
		}
		return;
	case AST_COMPARE_GE:
		range_push(x, ranges, number, INT64_MAX);
		return;
	}
}
