/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* tail.c: texts, paths and bytes, and the parts of them that tests look at. */
#include "tail.h"

#include "arena.h"

void
tail_parts(struct arena *a, struct l1_field *tail)
{
	bool is_list = tail->unit_bytes != 0;
	uint32_t count = 1 + (is_list ? 0 : (tail->width_bytes + TAIL_EIGHT - 1u) / TAIL_EIGHT);
	struct l1_field *parts = arena_array(a, count, sizeof *parts);

	for (uint32_t i = 0; i < count; i++) {
		bool is_length = i == 0;

		parts[i] = (struct l1_field){
			.name = tail->name,
			.kind = L1_INTEGER,
			.offset_bytes = (uint16_t)(tail->offset_bytes +
						   (is_length ? 0 : TAIL_EIGHT * (i - 1))),
			.width_bytes = is_length ? 2 : TAIL_EIGHT,
			.is_signed = !is_length,
			.is_secret = tail->is_secret,
			.low = is_length ? 0 : INT64_MIN,
			.high = is_length ? tail->high : INT64_MAX,
			.unit_bytes = tail->unit_bytes,
			.look = is_length ? L1_LOOK_LENGTH : L1_LOOK_EIGHT,
			.whole = tail,
		};
	}
	tail->parts = parts;
	tail->part_count = count;
}

int64_t
tail_eight(const char *bytes, uint32_t length)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < TAIL_EIGHT; i++) {
		value = value << 8 | (i < length ? (uint8_t)bytes[i] : 0);
	}
	return (int64_t)value;
}

bool
tail_is_path(const char *bytes, uint32_t length)
{
	uint32_t at = 0;

	if (length == 0 || (length == 1 && bytes[0] == '/')) {
		return length == 1;
	}
	while (at < length) {
		uint32_t first = at + 1;
		uint32_t end = first;

		while (end < length && bytes[end] != '/' && bytes[end] != '\0') {
			end++;
		}
		if (bytes[at] != '/' || end == first || (end - first == 1 && bytes[first] == '.') ||
			(end - first == 2 && bytes[first] == '.' && bytes[first + 1] == '.')) {
			return false;
		}
		at = end;
	}
	return true;
}
