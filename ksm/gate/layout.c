/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* layout.c: where the fields of a message stand in its payload. */
#include "layout.h"

#include <assert.h>
#include <string.h>

#include "abi/abi.h"

static bool
is_free(const bool *taken, uint32_t offset, uint32_t width)
{
	for (uint32_t i = 0; i < width; i++) {
		if (taken[offset + i]) {
			return false;
		}
	}
	return true;
}

/* Returns the offset, or MESSAGE_BYTES_MAX if there is no room. */
static uint32_t
field_place(bool *taken, uint32_t width)
{
	for (uint32_t offset = 0; offset + width <= MESSAGE_BYTES_MAX; offset += width) {
		if (is_free(taken, offset, width)) {
			memset(taken + offset, true, width);
			return offset;
		}
	}
	return MESSAGE_BYTES_MAX;
}

/* The kernel finds leases and handles without knowing the other fields. */
static uint32_t
turn_of(const struct l1_field *field)
{
	return field->carries == L1_BYTES ? 2 : field->carries == L1_HANDLE;
}

/* Places the fields of one turn. Returns the end of the fixed part, at least `fixed`, or
 * MESSAGE_BYTES_MAX + 1 if there is no room. */
static uint32_t
turn_place(struct l1_message *message, uint32_t turn, bool *taken, uint32_t fixed)
{
	uint8_t handles = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		uint32_t offset;

		if (field->kind == L1_TAIL || field->is_element || field->is_status ||
			turn_of(field) != turn) {
			continue;
		}
		offset = field_place(taken, field->width_bytes);
		if (offset == MESSAGE_BYTES_MAX) {
			return MESSAGE_BYTES_MAX + 1;
		}
		field->handle = field->carries == L1_HANDLE ? handles++ : 0;
		field->offset_bytes = (uint16_t)offset;
		if (offset + field->width_bytes > fixed) {
			fixed = offset + field->width_bytes;
		}
	}
	return fixed;
}

static struct l1_field *
tail_find(struct l1_message *message)
{
	struct l1_field *tail = NULL;

	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].kind == L1_TAIL) {
			assert(tail == NULL);
			tail = &message->fields[i];
		}
	}
	return tail;
}

bool
layout_message(struct l1_message *message)
{
	bool taken[MESSAGE_BYTES_MAX] = {false};
	struct l1_field *tail = tail_find(message);
	uint32_t fixed = 0;

	for (uint32_t turn = 0; turn <= 2; turn++) {
		fixed = turn_place(message, turn, taken, fixed);
		if (fixed > MESSAGE_BYTES_MAX) {
			return false;
		}
	}
	if (tail != NULL) {
		if (fixed + tail->width_bytes > MESSAGE_BYTES_MAX) {
			return false;
		}
		tail->offset_bytes = (uint16_t)fixed;
	}
	message->fixed_bytes = (uint16_t)fixed;
	message->low_bytes = (uint16_t)fixed;
	message->high_bytes = (uint16_t)(fixed + (tail == NULL ? 0u : tail->width_bytes));
	return true;
}
