/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_type.c: lengths, types and holes of a message become tests, in the order of the fields. */
#include "emit_type.h"

#include <string.h>

#include "emit_code.h"
#include "ksm/format.h"
#include "l1.h"

/* Of the fixed part from a byte on, where a field begins or it ends. */
static bool
message_has_holes(const struct l1_message *message, uint32_t from)
{
	uint32_t covered = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		covered +=
			field->kind != L1_TAIL && !field->is_element && field->offset_bytes >= from
				? field->width_bytes
				: 0;
	}
	return covered < message->fixed_bytes - from;
}

/* What the program asks before it looks at a field; that an element is there it need not, because
 * one that is not breaks no type. */
static const struct l1_field *
guard_of(const struct l1_field *field)
{
	return field->guard == NULL || field->guard->look == L1_LOOK_LENGTH ? NULL : field->guard;
}

static bool
message_has_types(const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].is_status) {
			continue;
		}
		if (guard_of(&message->fields[i]) != NULL ||
			emit_type_is_narrow(&message->fields[i])) {
			return true;
		}
	}
	return false;
}

bool
emit_type_is_plain(const struct l1_message *message)
{
	return (message->length_count == 0 || message->high_bytes == 0) &&
	       !message_has_types(message) && !message_has_holes(message, 0);
}

bool
emit_type_jumps(const struct l1_message *message)
{
	return message_has_types(message) || message_has_holes(message, message->low_bytes);
}

/* Bytes that the message may end before; what is shown is the first that is not zero. */
static void
late_hole_emit(struct emit_code *code, uint32_t at, uint32_t end, uint32_t label)
{
	static const struct l1_name zero = {"0", 0};

	for (; at < end; at++) {
		const struct l1_field byte = {.kind = L1_ENUM,
			.offset_bytes = (uint16_t)at,
			.width_bytes = 1,
			.is_late = true,
			.names = &zero,
			.name_count = 1};

		emit_code_type(code, &byte, label);
		code->loaded = NULL; /* it was this one, which goes */
	}
}

static void
holes_emit(struct emit_code *code, const struct l1_message *message, uint32_t label)
{
	uint8_t covered[FORMAT_MESSAGE_MAX + 1] = {0};
	uint32_t at = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->kind != L1_TAIL && !field->is_element && !field->is_status) {
			memset(covered + field->offset_bytes, 1, field->width_bytes);
		}
	}
	covered[message->fixed_bytes] = 1;
	while (at < message->fixed_bytes) {
		uint32_t end = at;

		while (covered[end] == 0) {
			end++;
		}
		if (end > at && end <= message->low_bytes) {
			emit_code_zero(code, at, end - at);
		} else {
			late_hole_emit(code, at, end, label);
		}
		at = end + 1;
	}
}

static void
value_test(struct emit_code *code, const struct l1_field *field, int64_t value, uint32_t label)
{
	struct l1_range range = {value, value};
	const struct l1_condition is = {
		.kind = L1_IN, .field = field, .ranges = &range, .range_count = 1};

	emit_code_jump(code, &is, false, label);
}

/* Falls through if what says that the field is there says so. */
static void
guards_test(struct emit_code *code, const struct l1_field *field, uint32_t absent)
{
	if (guard_of(field) == NULL) {
		return;
	}
	guards_test(code, field->guard, absent);
	value_test(code, field->guard, field->guard_value, absent);
}

static bool
are_alike(const struct l1_field *a, const struct l1_field *b)
{
	return a->guard == b->guard && a->guard_value == b->guard_value;
}

/* The fields are 0 that lie side by side from the first of them on. Returns how many these are. */
static uint32_t
zeros_emit(struct emit_code *code, const struct l1_field *fields, uint32_t count, uint32_t label)
{
	uint32_t end = fields->offset_bytes;
	uint32_t n = 0;

	if (fields->is_late || fields->is_secret) {
		value_test(code, fields, 0, label);
		return 1;
	}
	while (n < count && fields[n].offset_bytes == end && !fields[n].is_late &&
		!fields[n].is_secret) {
		end += fields[n].width_bytes;
		n++;
	}
	emit_code_zero(code, fields->offset_bytes, end - fields->offset_bytes);
	return n;
}

/* Fields that are there together: each in its type, or each 0. */
static void
guarded_emit(struct emit_code *code, const struct l1_field *fields, uint32_t count, uint32_t label)
{
	uint32_t absent = emit_code_label(code);
	uint32_t end = emit_code_label(code);

	guards_test(code, fields, absent);
	for (uint32_t i = 0; i < count; i++) {
		emit_code_type(code, &fields[i], label);
	}
	emit_code_go(code, end);
	emit_code_place(code, absent);
	for (uint32_t i = 0; i < count; i += zeros_emit(code, &fields[i], count - i, label)) {
	}
	emit_code_place(code, end);
}

void
emit_type_message(
	struct emit_code *code, const struct l1_message *message, uint32_t lengths, uint32_t label)
{
	const struct l1_field *fields = message->fields;
	uint32_t count;

	emit_code_lengths(code, message, lengths);
	for (uint32_t i = 0; i < message->field_count; i += count) {
		count = 1;
		if (fields[i].is_status) {
			continue;
		}
		if (guard_of(&fields[i]) == NULL) {
			emit_code_type(code, &fields[i], label);
			continue;
		}
		while (i + count < message->field_count &&
			are_alike(&fields[i], &fields[i + count])) {
			count++;
		}
		guarded_emit(code, &fields[i], count, label);
	}
	holes_emit(code, message, label);
}
