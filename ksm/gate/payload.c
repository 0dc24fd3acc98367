/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* payload.c: a payload put together field by field. */
#include "payload.h"

#include <assert.h>
#include <string.h>

#include "ksm/format.h"

/* Whether other fields are there or not by its value. */
static bool
guards_any(const struct l1_message *message, const struct l1_field *field)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].guard == field) {
			return true;
		}
	}
	return false;
}

bool
payload_has(const struct payload *payload, const struct l1_field *field)
{
	for (; field->guard != NULL; field = field->guard) {
		const struct l1_field *guard = field->guard;
		uint64_t value = 0;

		if (guard->is_status) {
			value = payload->status;
		}
		for (uint32_t i = guard->width_bytes; i > 0 && guard->whole == NULL; i--) {
			value = value << 8 | payload->bytes[guard->offset_bytes + i - 1];
		}
		if (guard->whole != NULL) {
			value = payload->length_bytes <= guard->offset_bytes
					? 0
					: (payload->length_bytes - guard->offset_bytes) /
						  guard->unit_bytes;
		}
		if (!l1_guard_says(field, (int64_t)value)) {
			return false;
		}
	}
	return true;
}

void
payload_need(struct payload *payload, const struct l1_field *field)
{
	if (field->guard == NULL) {
		return;
	}
	payload_need(payload, field->guard);
	if (!payload_has(payload, field)) {
		payload_set(payload, field->guard, field->guard_value);
	}
}

void
payload_settle(struct payload *payload, const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];
		bool is_guarded = field->guard != NULL;

		if (is_guarded && !guards_any(message, field)) {
			payload_set(payload, field,
				payload_has(payload, field) ? l1_nearest_to_zero(field) : 0);
		} else if (is_guarded && !payload_has(payload, field)) {
			payload_set(payload, field, 0);
		}
	}
}

void
payload_begin(struct payload *payload, const struct l1_message *message)
{
	memset(payload, 0, sizeof *payload);
	payload->length_bytes = message->fixed_bytes;
	payload->status = 1;
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->kind != L1_TAIL) {
			payload_set(payload, field,
				field->has_default ? field->absent : l1_nearest_to_zero(field));
		} else if (field->is_path) {
			payload->bytes[field->offset_bytes] = '/';
			payload->length_bytes = field->offset_bytes + 1u;
		}
	}
	payload_settle(payload, message);
}

/* A part of a text: as many bytes as are not 0, or how many there are. */
static void
part_set(struct payload *payload, const struct l1_field *part, int64_t value)
{
	uint32_t offset = part->offset_bytes;

	if (part->look == L1_LOOK_LENGTH) {
		uint32_t unit = part->unit_bytes == 0 ? 1 : part->unit_bytes;
		uint32_t end = offset + (uint32_t)value * unit;

		memset(payload->bytes + payload->length_bytes, 0,
			end > payload->length_bytes ? end - payload->length_bytes : 0);
		payload->length_bytes = end;
		return;
	}
	for (uint32_t i = 0; i < 8; i++) {
		uint8_t byte = (uint8_t)((uint64_t)value >> (8 * (7 - i)) & 0xff);

		if (offset + i >= payload->length_bytes) {
			payload->bytes[offset + i] = 0;
			if (byte == 0) {
				continue;
			}
			memset(payload->bytes + payload->length_bytes, 0,
				offset + i - payload->length_bytes);
			payload->length_bytes = offset + i + 1;
		}
		payload->bytes[offset + i] = byte;
	}
}

void
payload_set(struct payload *payload, const struct l1_field *field, int64_t value)
{
	assert(field->kind != L1_TAIL);
	if (field->is_status) {
		payload->status = (uint32_t)value;
		return;
	}
	if (field->whole != NULL) {
		part_set(payload, field, value);
		return;
	}
	for (uint32_t i = 0; i < field->width_bytes; i++) {
		payload->bytes[field->offset_bytes + i] =
			(uint8_t)((uint64_t)value >> (8 * i) & 0xff);
	}
}

bool
payload_holds(const struct l1_field *field, int64_t value)
{
	uint32_t bits = field->width_bytes * 8u;

	if (bits == 64) {
		return field->is_signed || value >= 0 || field->low == INT64_MIN;
	}
	if (field->is_signed) {
		return value >= -(INT64_C(1) << (bits - 1)) && value < INT64_C(1) << (bits - 1);
	}
	return value >= 0 && value < INT64_C(1) << bits;
}

uint32_t
payload_handle(const struct payload *payload, const struct l1_field *field)
{
	return format_u32(payload->bytes + field->offset_bytes);
}
