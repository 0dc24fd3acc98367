/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs_member.h: structs, unions, arrays and optional parameters in C [T17, T18]. */
#ifndef GATE_STUBS_MEMBER_H
#define GATE_STUBS_MEMBER_H

#include <stdbool.h>

#include "buffer.h"
#include "l1_interface.h"

/* Returns whether the parameter is one value, which is always there: all else is below. */
bool member_is_plain(const struct l1_member *member);

/* The same of the parameter that a field belongs to. */
bool member_field_is_plain(const struct l1_field *field);

/* Returns the first field of a parameter, and how many it has. */
const struct l1_field *member_fields(
	const struct l1_message *message, const struct l1_member *member, uint32_t *count);

/* Returns the C type of one of it: `struct plotter_point`, `uint8_t`. */
const char *member_type(
	struct buffer *b, const struct l1_interface *interface, const struct l1_member *member);

/* Returns where the field stands in C: `to->x`, `has_speed`, `key[2]`. before: of the parameter's
 * name; is_local: the parameter is a variable, not a pointer to one. */
const char *member_place(
	struct buffer *b, const struct l1_field *field, const char *before, bool is_local);

/* Returns what C asks to know that the field is there, or NULL: it always is. Only what a union
 * says, if only_unions. */
const char *member_is_there(struct buffer *b, const struct l1_interface *interface,
	const struct l1_field *field, const char *before, bool is_local, bool only_unions);

/* Writes the structs of an interface, those first that others are made of. */
void member_records(struct buffer *b, const struct l1_interface *interface);

#endif
