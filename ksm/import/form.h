/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* form.h: sums of fields and numbers, and bits of one field, compared with numbers. */
#ifndef IMPORT_FORM_H
#define IMPORT_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "cond.h"

struct judge;
struct psl_expr;
struct value;
struct world_field;

/* Fields in one sum. */
#define FORM_FIELDS_MAX 8u

/* number + times[0] * fields[0] + ..; or the size of that. */
struct form {
	struct world_field *fields[FORM_FIELDS_MAX]; /* in declared order, each once */
	int64_t times[FORM_FIELDS_MAX];              /* none is 0 */
	uint32_t count;
	int64_t number;
	bool is_size;
	struct range type;       /* of the operands; a value outside it is none */
	const struct cond *fits; /* when each part of it has a value */
	bool is_above;           /* if fits does not hold, the value is above the type */
};

/* A sum of fields as one subject. */
struct form_sum {
	struct subject subject;
	struct form form;
};

/* a OPERATOR b, of + - *; one of them at least is, or has, a field. */
struct value form_join(struct judge *l, const struct psl_expr *e, const struct value *a,
	char operator, const struct value * b);

/* Minus v, or the size of v. */
struct value form_turn(
	struct judge *l, const struct psl_expr *e, const struct value *v, bool is_size);

/* v as a value of a wider type: uint16 .. sint64. */
struct value form_cast(
	struct judge *l, const struct psl_expr *e, const struct value *v, const char *type);

/* a OPERATOR b, in C's spelling. */
const struct cond *form_compare(struct judge *l, const struct psl_expr *e, const struct value *a,
	const char *operator, const struct value * b);

/*
 * All values that a sum may have, where it has one; that it has one is asked from now on. False:
 * they are too many.
 */
bool form_bounds(struct judge *l, const struct psl_expr *e, const struct value *v, struct range *r);

/* Returns when the value of a sum is in a range. */
const struct cond *form_within(
	struct judge *l, const struct psl_expr *e, const struct value *v, struct range r);

/* bits.c: v & number, v | number, ~v. */
struct value bits_join(struct judge *l, const struct psl_expr *e, const struct value *v,
	char operator, int64_t number);

/* bits.c: v OPERATOR number: the values of the field for which that is so. */
const struct cond *bits_compare(struct judge *l, const struct psl_expr *e, const struct value *v,
	const char *operator, int64_t number);

#endif
