/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* expr_number.h: which values of a field a comparison with a number lets through [T1]. */
#ifndef GATE_EXPR_NUMBER_H
#define GATE_EXPR_NUMBER_H

#include "ast_expr.h"

struct expr_context;
struct l1_field;
struct operand;
struct vector;

/*
 * Appends the values of the field for which `field how operand` holds as struct l1_range, in any
 * order. Requires: the operand is a number; one of 2^63 or more may stand beside any integer.
 */
void expr_number_ranges(const struct expr_context *x, const struct l1_field *field,
	enum ast_compare how, const struct operand *operand, struct vector *ranges);

#endif
