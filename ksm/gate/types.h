/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* types.h: enums, flags, numbers and the types of fields and attributes [T1 to T7]. */
#ifndef GATE_TYPES_H
#define GATE_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"

struct ast_number;
struct ast_param;
struct ast_type;
struct enumeration;
struct sema;
struct unit;

/* Types every enum and flags of every unit. */
void types_declare(struct sema *s);

/* What a type stands in: it decides which types may be written there. */
enum types_place {
	TYPES_FIELD,     /* of a message */
	TYPES_ATTRIBUTE, /* of a process */
};

/*
 * Fills kind, width, range and names of out from the type; the offset stays. Returns false after an
 * error.
 */
bool types_field(struct sema *s, const struct unit *unit, const struct ast_type *type,
	enum types_place place, struct l1_field *out);

/*
 * Returns false after an error if the number is a time or does not fit 63 bits and a sign; else
 * its value is in out.
 */
bool types_number(struct sema *s, const struct ast_number *number, int64_t *out);

/* The same for a value of the field: of u64 it is 0 to 2^64 - 1, whatever its range, and from 2^63
 * on out has its 64 bits as they are. */
bool types_number_of(struct sema *s, const struct ast_number *number, const struct l1_field *field,
	int64_t *out);

/* Returns whether the field is u64, with a range or without. */
bool types_is_u64(const struct l1_field *field);

/* Returns whether the number is 2^63 or more. */
bool types_is_big(const struct ast_number *number);

/* Returns whether a is more than b. */
bool types_is_more(const struct ast_number *a, const struct ast_number *b);

/* Returns the value of that name, or NULL. */
const struct l1_name *types_name_find(
	const struct l1_name *names, uint32_t count, const char *name);

/* Returns whether the field is u64 without a range: any 8 bytes, compared without a sign. */
static inline bool
types_is_any_u64(const struct l1_field *field)
{
	return field->kind == L1_INTEGER && !field->is_signed && field->low == INT64_MIN;
}

#endif
