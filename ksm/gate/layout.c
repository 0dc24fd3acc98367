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

bool
layout_message(struct l1_message *message)
{
	bool taken[MESSAGE_BYTES_MAX] = {false};
	struct l1_field *tail = NULL;
	uint32_t fixed = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		uint32_t offset;

		if (field->kind == L1_TAIL) {
			assert(tail == NULL);
			tail = field;
			continue;
		}
		offset = field_place(taken, field->width_bytes);
		if (offset == MESSAGE_BYTES_MAX) {
			return false;
		}
		field->offset_bytes = (uint16_t)offset;
		if (offset + field->width_bytes > fixed) {
			fixed = offset + field->width_bytes;
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
