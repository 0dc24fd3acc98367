/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_shape.c: whether an event is a message of its interface, sentence by sentence of ksm/SPEC.md.
 */
#include "l1_shape.h"

#include <stddef.h>

#include "l1.h"

/* D1: the message's declaration, or NULL if method, event or status are none. */
const struct l1_message *
l1_shape_message(const struct l1 *l1, const struct l1_query *query, const struct l1_message *empty)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		if (interface->id != query->interface) {
			continue;
		}
		for (uint32_t m = 0; m < interface->method_count; m++) {
			const struct l1_method *method = &interface->methods[m];

			if (method->number != query->method || method->is_reserved) {
				continue;
			}
			if (query->event != L1_ABORT &&
				method->is_ask != (query->is_ask && query->event == L1_CALL)) {
				return NULL; /* it is asked about, and only that */
			}
			switch (query->event) {
			case L1_CALL:
				return &method->call;
			case L1_REPLY:
				return &method->reply;
			case L1_ERROR:
				if (query->status >= 1 && query->status <= method->error_count) {
					return method->error.field_count != 0 ? &method->error
									      : empty;
				}
				return NULL;
			case L1_ABORT:
			case L1_COMES:
			case L1_GOES:
				return empty;
			}
		}
	}
	return NULL;
}

/* A number of the message; T16: what has a default may not be there. */
int64_t
l1_shape_value(const struct l1_field *field, const struct l1_query *query)
{
	uint64_t value = 0;
	uint32_t bits = field->width_bytes * 8u;

	if (field->is_status) {
		return query->status;
	}
	if (field->is_late &&
		query->length_bytes < (uint32_t)field->offset_bytes + field->width_bytes) {
		return field->absent;
	}
	for (uint32_t i = 0; i < field->width_bytes; i++) {
		value |= (uint64_t)query->bytes[field->offset_bytes + i] << (8 * i);
	}
	if (field->is_signed && bits < 64 && (value >> (bits - 1)) != 0) {
		value |= ~UINT64_C(0) << bits;
	}
	return (int64_t)value;
}

/* What is looked at of a text: its length, or 8 bytes as one number; of a list: how many elements.
 */
int64_t
l1_shape_part(const struct l1_field *part, const struct l1_query *query)
{
	uint64_t value = 0;

	if (part->look == L1_LOOK_LENGTH) {
		int64_t length = (int64_t)query->length_bytes - part->whole->offset_bytes;

		return part->unit_bytes == 0 ? length : length / part->unit_bytes;
	}
	for (uint32_t i = 0; i < 8; i++) {
		uint32_t at = part->offset_bytes + i;

		value |= at < query->length_bytes ? (uint64_t)query->bytes[at] << (8 * (7 - i)) : 0;
	}
	return (int64_t)value;
}

/* D2: integers in their type's range, bool 0 or 1, enum one of its values. */
static bool
field_in_type(const struct l1_field *field, int64_t value)
{
	switch (field->kind) {
	case L1_INTEGER:
		return value >= field->low && value <= field->high;
	case L1_BOOL:
		return value == 0 || value == 1;
	case L1_ENUM:
		for (uint32_t i = 0; i < field->name_count; i++) {
			if (field->names[i].value == value) {
				return true;
			}
		}
		return false;
	case L1_TAIL:
		return true;
	}
	return false;
}

/* T18, T19: it is there if what says so does, and is there itself. */
static bool
is_there(const struct l1_field *field, const struct l1_query *query)
{
	for (; field->guard != NULL; field = field->guard) {
		const struct l1_field *guard = field->guard;

		if (!l1_guard_says(field, guard->whole != NULL ? l1_shape_part(guard, query)
							       : l1_shape_value(guard, query))) {
			return false;
		}
	}
	return true;
}

static bool
byte_in_field(const struct l1_message *message, uint32_t offset)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->kind != L1_TAIL && offset >= field->offset_bytes &&
			offset < (uint32_t)field->offset_bytes + field->width_bytes) {
			return true;
		}
	}
	return false;
}

/* T4: `/`, or one or more of `/` and a name; a name has no `/` and no zero byte in it. */
static bool
is_path(const uint8_t *bytes, uint32_t length)
{
	uint32_t name = 0; /* bytes of the name that ends here */

	if (length == 0 || bytes[0] != '/') {
		return false;
	}
	for (uint32_t i = 1; i <= length; i++) {
		if (i < length && bytes[i] == 0) {
			return false;
		}
		if (i < length && bytes[i] != '/') {
			name++;
			continue;
		}
		if ((name == 0 && length > 1) || (name == 1 && bytes[i - 1] == '.') ||
			(name == 2 && bytes[i - 1] == '.' && bytes[i - 2] == '.')) {
			return false;
		}
		name = 0;
	}
	return true;
}

/* D2: a path that is spelled as none breaks the shape, with value 0. */
static bool
tail_right(const struct l1_field *field, const struct l1_query *query, struct l1_verdict *verdict)
{
	uint32_t length = query->length_bytes - field->offset_bytes;

	if (!field->is_path || is_path(query->bytes + field->offset_bytes, length)) {
		return true;
	}
	verdict->field = field->offset_bytes;
	return false;
}

/* D2, T16: between the shortest and the longest; what is left out, is left out from the end on. */
static bool
length_right(const struct l1_message *message, int64_t length)
{
	for (uint32_t i = 0; i < message->length_count; i++) {
		if (length >= message->lengths[i].low && length <= message->lengths[i].high) {
			return true;
		}
	}
	return message->length_count == 0 && length >= message->low_bytes &&
	       length <= message->high_bytes;
}

/* D2: what is not there is 0, if the message does not end before it; shown is the first byte that
 * is not, or a field that is secret or may be left out. */
static bool
absent_right(const struct l1_field *field, const struct l1_query *query, struct l1_verdict *verdict)
{
	uint32_t at = field->offset_bytes;
	int64_t value = l1_shape_value(field, query);

	if (value == 0 || query->length_bytes <= at) {
		return true;
	}
	while (!field->is_late && !field->is_secret && query->bytes[at] == 0) {
		at++;
	}
	verdict->field = (uint16_t)at;
	verdict->operand = field->is_secret ? 0 : field->is_late ? value : query->bytes[at];
	return false;
}

/* D2: the shape of a declared message. Returns false and fills verdict if it is wrong. */
bool
l1_shape_right(
	const struct l1_message *message, const struct l1_query *query, struct l1_verdict *verdict)
{
	if (!length_right(message, query->length_bytes)) {
		return false;
	}
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];
		int64_t value;

		if (field->kind == L1_TAIL) {
			if (!tail_right(field, query, verdict)) {
				return false;
			}
			continue;
		}
		if (field->is_status) {
			continue; /* D1 has looked at it */
		}
		if (!is_there(field, query)) {
			if (!absent_right(field, query, verdict)) {
				return false;
			}
			continue;
		}
		value = l1_shape_value(field, query);
		if (!field_in_type(field, value)) {
			verdict->field = field->offset_bytes;
			verdict->operand = field->is_secret ? 0 : value;
			return false;
		}
	}
	for (uint32_t offset = 0; offset < message->fixed_bytes && offset < query->length_bytes;
		offset++) {
		if (query->bytes[offset] != 0 && !byte_in_field(message, offset)) {
			verdict->field = (uint16_t)offset;
			verdict->operand = query->bytes[offset];
			return false;
		}
	}
	return true;
}
