/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_params.h: parameter lists of generated functions, and the C type of a field. */
#ifndef GATE_STUBS_PARAMS_H
#define GATE_STUBS_PARAMS_H

#include "buffer.h"
#include "l1.h"
#include "vector.h"

struct params {
	struct buffer *b;   /* where the list will be written; its arena holds the texts */
	struct vector list; /* of const char * */
};

/* A lease is a pointer and a length for who lends it, a struct lease for who uses it. */
enum params_side { PARAMS_CLIENT, PARAMS_SERVER };

void params_add(struct params *params, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Fields of a message as values go in: `uint8_t channel`, `const void *data, uint32_t data_bytes`.
 */
void params_add_in(struct params *params, const struct l1_interface *interface,
	const struct l1_message *message, const char *before, enum params_side side);
/* Fields of a reply as results come out: `int16_t *out_tenths`. */
void params_add_out(struct params *params, const struct l1_interface *interface,
	const struct l1_message *message);

/* Writes them between parentheses, broken before column 100. column: where the list starts. */
void params_write(struct params *params, size_t column, const char *indent);

/* The C type of a fixed field: `uint8_t`, `bool`, `enum valve_mode`. */
const char *params_type(
	struct buffer *b, const struct l1_interface *interface, const struct l1_field *field);

/* Returns whether the field's enum is one in C too. */
bool params_is_enum(const struct l1_interface *interface, const struct l1_field *field);

/* Returns whether the field is the length of a lease. */
bool params_is_lease(const struct l1_field *field);

/* Returns the text or the bytes that end a message, or NULL. */
const struct l1_field *params_tail(const struct l1_message *message);
/* The same for a list. */
const struct l1_field *params_list(const struct l1_message *message);

#endif
