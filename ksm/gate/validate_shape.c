/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_shape.c: lengths, ends of types and holes of a message. */
#include "validate_shape.h"

#include <string.h>

#include "payload.h"
#include "validate_message.h"

struct around {
	const struct l1_message *message;
	struct payload *payload;
	void (*point)(void *context, const struct payload *payload);
	void *context;
};

/* Lengths around the shortest and the longest, over otherwise legal bytes. */
static void
lengths_try(const struct around *around)
{
	uint32_t low = around->message->low_bytes;
	uint32_t high = around->message->high_bytes;
	uint32_t right = around->payload->length_bytes;
	const uint32_t lengths[] = {0, low == 0 ? 0 : low - 1, low, low + 1, (low + high) / 2,
		high == 0 ? 0 : high - 1, high, high + 1, MESSAGE_BYTES_MAX};

	for (uint32_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		around->payload->length_bytes = lengths[i];
		around->point(around->context, around->payload);
	}
	for (uint32_t i = 0; around->message->length_count != 0 && i <= high + 1; i++) {
		around->payload->length_bytes = i;
		around->point(around->context, around->payload);
	}
	around->payload->length_bytes = right;
}

static void
value_try(const struct around *around, const struct l1_field *field, int64_t value)
{
	uint8_t *at = around->payload->bytes + field->offset_bytes;
	uint8_t right[8];

	if (payload_holds(field, value)) {
		memcpy(right, at, field->width_bytes);
		payload_set(around->payload, field, value);
		around->point(around->context, around->payload);
		memcpy(at, right, field->width_bytes);
	}
}

/* Values around the ends of a field's type, and around each name of an enum. */
static void
field_try(const struct around *around, const struct l1_field *field)
{
	for (int64_t d = -1; d <= 1; d++) {
		if (d >= 0 || field->low > INT64_MIN) {
			value_try(around, field, field->low + d);
		}
		if (d <= 0 || field->high < INT64_MAX) {
			value_try(around, field, field->high + d);
		}
		value_try(around, field, d);
		for (uint32_t i = 0; i < field->name_count; i++) {
			if (d <= 0 || field->names[i].value < INT64_MAX) {
				value_try(around, field, field->names[i].value + d);
			}
		}
	}
	value_try(around, field, INT64_MAX);
	value_try(around, field, INT64_MIN);
	value_try(around, field, UINT32_MAX);
	value_try(around, field, UINT16_MAX);
	value_try(around, field, UINT8_MAX);
}

/* Right and wrong spellings. */
static void
path_try(const struct around *around, const struct l1_field *path)
{
	struct payload spelled = *around->payload;

	for (uint32_t n = 0; validate_path_spell(path, n, &spelled); n++) {
		around->point(around->context, &spelled);
	}
}

/* Every byte of the fixed part by itself not zero: holes show. */
static void
holes_try(const struct around *around)
{
	for (uint32_t i = 0; i < around->message->fixed_bytes; i++) {
		uint8_t *byte = &around->payload->bytes[i];
		uint8_t right = *byte;

		*byte = right ^ 0x01;
		around->point(around->context, around->payload);
		*byte = right ^ 0x80;
		around->point(around->context, around->payload);
		*byte = right;
	}
}

static void
fields_try(const struct around *around, uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		const struct l1_field *field = &around->message->fields[i];

		if (field->is_status) {
			continue; /* all of them are tried where errors are */
		}
		if (field->is_path) {
			path_try(around, field);
		} else if (field->kind != L1_TAIL &&
			   !(field->is_element &&
				   field->offset_bytes >= around->payload->length_bytes)) {
			field_try(around, field);
		}
	}
}

static void
bytes_try(const struct around *around)
{
	fields_try(around, 0, around->message->field_count);
	holes_try(around);
}

/* Which element of its list the field is of, from 1. */
static int64_t
element_of(const struct l1_field *field)
{
	while (field->guard->look != L1_LOOK_LENGTH) {
		field = field->guard;
	}
	return field->guard_value;
}

/* Of an element only what is in it, else a long list would take too long. */
static void
there_try(const struct around *around, uint32_t number)
{
	const struct l1_field *fields = around->message->fields;
	uint32_t end = number;

	while (fields[number].is_element && end < around->message->field_count &&
		element_of(&fields[end]) == element_of(&fields[number])) {
		end++;
	}
	if (end != number) {
		fields_try(around, number, end);
	} else {
		bytes_try(around);
	}
}

/* Everything that may be there or not, there once: each flag, each case of a union, each element of
 * a list as its last. */
static void
guards_try(const struct around *around)
{
	const struct l1_message *message = around->message;
	struct payload *payload = around->payload;

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];
		const struct payload right = *payload;

		if (field->guard == NULL || payload_has(payload, field) ||
			(i > 0 && field[-1].guard == field->guard &&
				field[-1].guard_value == field->guard_value)) {
			continue; /* or the one before it stood for it */
		}
		payload_need(payload, field);
		payload_settle(payload, message);
		there_try(around, i);
		if (i + 1 == message->field_count) {
			bytes_try(around); /* all elements of a list together */
		}
		*payload = right;
	}
}

void
validate_shape(const struct l1_message *message, struct payload *payload,
	void (*point)(void *context, const struct payload *payload), void *context)
{
	const struct around around = {message, payload, point, context};
	uint32_t length = payload->length_bytes;

	lengths_try(&around);
	bytes_try(&around);
	guards_try(&around);
	while (validate_message_shorten(message, payload)) {
		bytes_try(&around);
	}
	payload->length_bytes = length;
}
