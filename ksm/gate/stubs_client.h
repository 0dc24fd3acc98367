/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_client.h: the functions that call the methods of an interface. */
#ifndef GATE_STUBS_CLIENT_H
#define GATE_STUBS_CLIENT_H

#include "buffer.h"
#include "l1.h"

/* Appends one function for each method. */
void stubs_client(struct buffer *b, const struct l1_interface *interface);

/* Appends the C expression that reads a fixed field of the message that `message` points at. */
void stubs_get(struct buffer *b, const struct l1_interface *interface, const struct l1_field *field,
	const char *message);

/* Returns the C expression of what is put where the field stands. before: of its name. */
const char *stubs_value(struct buffer *b, const struct l1_interface *interface,
	const struct l1_field *field, const char *before);

/* Returns the C expression of the address of a byte of the payload. */
const char *stubs_place(struct buffer *b, const char *message, uint32_t offset);

/* Returns the C expression of the length of a payload that is to be sent: `4 + data_bytes`. */
const char *stubs_length(struct buffer *b, const struct l1_message *message, const char *before);

/* Returns the C expression of the length of a received message's tail. */
const char *stubs_tail_length(struct buffer *b, const char *message, uint32_t fixed_bytes);

/* Appends statements that write the fixed fields of a message, then a list, and clear its holes.
 * `before` stands before each field's name. */
void stubs_put(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const char *pointer, const char *before);

/* The same for one parameter of a struct's type, as `out_NAME` is, into `message`. */
void stubs_put_member(struct buffer *b, const char *indent, const struct l1_interface *interface,
	const struct l1_message *message, const struct l1_member *member);

#endif
