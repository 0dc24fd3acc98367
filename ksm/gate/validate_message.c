/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_message.c: the messages by which a blob and L1 are compared. */
#include "validate_message.h"

#include <string.h>

#include "grid.h"

static void
axes_put(const struct grid *grid, const int64_t *values, struct payload *payload)
{
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *field = grid->axes[i].field;

		if (field->state == NULL && field->look != L1_LOOK_LENGTH &&
			payload_has(payload, field)) {
			payload_set(payload, field, values[i]);
		}
	}
}

/* How many elements of a list there are says which. */
static void
lists_put(const struct grid *grid, const int64_t *values, struct payload *payload)
{
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		const struct l1_field *field = grid->axes[i].field;

		if (field->look == L1_LOOK_LENGTH && field->unit_bytes != 0) {
			payload_set(payload, field, values[i]);
		}
	}
}

static bool
has_guards(const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].guard != NULL) {
			return true;
		}
	}
	return false;
}

/* What says that something is there comes first. Lengths of texts come last, because their bytes
 * make them longer. */
void
validate_message_put(const struct l1_message *message, const struct grid *grid,
	const int64_t *values, struct payload *payload)
{
	payload->length_bytes = message->fixed_bytes;
	lists_put(grid, values, payload);
	axes_put(grid, values, payload);
	for (uint32_t depth = 0; depth < 3 && has_guards(message); depth++) {
		payload_settle(payload, message);
		axes_put(grid, values, payload);
	}
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		if (grid->axes[i].field->look == L1_LOOK_LENGTH) {
			payload_set(payload, grid->axes[i].field, values[i]);
		}
	}
}

bool
validate_path_spell(const struct l1_field *path, uint32_t n, struct payload *payload)
{
	static const char *const spellings[] = {"", "/", "//", "a", "/a", "/a/", "//a", "/a//b",
		"/.", "/..", "/...", "/.a", "/..a", "/a.", "/a..", "/./a", "/../a", "/a/.", "/a/..",
		"/a/./b", "/a/../b", "/a/.b", "/a/...", "/a/b/c", "."};
	uint32_t count = sizeof spellings / sizeof spellings[0];
	const char *spelling = spellings[n % count];
	uint32_t length = (uint32_t)strlen(spelling);

	if (n >= 2 * count) {
		return false;
	}
	memcpy(payload->bytes + path->offset_bytes, spelling, length);
	payload->bytes[path->offset_bytes + length] = 0;
	/* The second time with a zero byte behind it. */
	payload->length_bytes = path->offset_bytes + length + (n >= count);
	return true;
}

static bool
path_lengthen(
	const struct l1_message *message, const struct payload *payload, struct payload *longer)
{
	if (message->field_count == 0 || !message->fields[message->field_count - 1].is_path ||
		payload->length_bytes >= message->high_bytes) {
		return false;
	}
	*longer = *payload;
	longer->bytes[longer->length_bytes] = 'x';
	longer->length_bytes++;
	return true;
}

/* Less of them is another list. */
static bool
has_elements(const struct l1_message *message)
{
	return message->field_count != 0 && message->fields[message->field_count - 1].is_element;
}

static bool
is_absent(const struct l1_field *field, const struct payload *payload)
{
	bool is_equal = true;

	for (uint32_t i = 0; i < field->width_bytes; i++) {
		is_equal = is_equal && payload->bytes[field->offset_bytes + i] ==
					       ((uint64_t)field->absent >> (8 * i) & 0xff);
	}
	return is_equal;
}

bool
validate_message_shorten(const struct l1_message *message, struct payload *payload)
{
	uint32_t length = payload->length_bytes;

	do {
		if (length <= message->low_bytes || has_elements(message)) {
			return false;
		}
		length--;
	} while (!l1_message_takes(message, length));
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (field->is_late && (uint32_t)field->offset_bytes + field->width_bytes > length &&
			!is_absent(field, payload)) {
			return false;
		}
	}
	payload->length_bytes = length;
	return true;
}

bool
validate_message_other(const struct l1_message *message, const struct payload *payload, uint32_t n,
	struct payload *other)
{
	if (path_lengthen(message, payload, other)) {
		return n == 0;
	}
	if (payload->length_bytes <= message->low_bytes) {
		return false; /* before the copy: so it is nearly always */
	}
	*other = *payload;
	for (uint32_t i = 0; i <= n; i++) {
		if (!validate_message_shorten(message, other)) {
			return false;
		}
	}
	return true;
}
