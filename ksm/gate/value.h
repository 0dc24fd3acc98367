/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* value.h: constants: what can be known without a message [T7]. */
#ifndef GATE_VALUE_H
#define GATE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

struct ast_ident;
struct ast_qname;
struct ast_value;
struct l1_field;
struct sema;
struct unit;
struct vector;

/*
 * Evaluates one number, truth value or name as a value of field: names are those of its enum or
 * flags first, then constants. The range of the field is not looked at. Returns false after an
 * error.
 */
bool value_single(struct sema *s, const struct unit *unit, const struct ast_value *value,
	const struct l1_field *field, int64_t *out);

/* The same for a name alone. */
bool value_name(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field, int64_t *out);

/* Returns the text of a constant, or NULL after an error. */
const char *value_text(struct sema *s, const struct unit *unit, const struct ast_qname *name);

/*
 * Appends the members of a range, a set or a constant set as struct l1_range, in any order.
 * Returns false after an error.
 */
bool value_ranges(struct sema *s, const struct unit *unit, const struct ast_value *value,
	const struct l1_field *field, struct vector *ranges);

/* The same for a name that stands for a constant. */
bool value_ranges_name(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field, struct vector *ranges);

/* Checks every constant once, whether it is used or not. */
void value_constants(struct sema *s);

#endif
