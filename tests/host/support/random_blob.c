/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A blob made wrong: a few fields, ops or elements of it changed, in a way that means something. */
#include "tests/host/support/random_blob.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ksm/format_state.h"
#include "tests/host/support/random.h"

#define CHANGES 3

static const uint8_t element_bytes[FORMAT_SECTIONS] = {sizeof(struct format_edge),
	sizeof(struct format_row), sizeof(struct format_program), sizeof(struct format_op),
	sizeof(struct format_set), sizeof(struct format_range), sizeof(struct format_state),
	sizeof(struct format_abort), 1};

/* Fields of an element: how many bytes each has, in their order; 0 ends. */
static const uint8_t field_bytes[FORMAT_SECTIONS][10] = {
	[FORMAT_EDGES] = {2, 2, 2, 2, 4},
	[FORMAT_ROWS] = {4, 4, 4, 4, 4},
	[FORMAT_PROGRAMS] = {4, 2, 2},
	[FORMAT_CODE] = {1, 1, 2, 4},
	[FORMAT_SETS] = {4, 4},
	[FORMAT_RANGES] = {8, 8},
	[FORMAT_STATES] = {2, 2, 2, 2, 4, 4, 8, 8, 8},
	[FORMAT_ABORTS] = {4, 4},
	[FORMAT_NAMES] = {1},
};

static uint64_t
get(const uint8_t *at, uint32_t width)
{
	uint64_t value = 0;

	for (uint32_t i = width; i > 0; i--) {
		value = value << 8 | at[i - 1];
	}
	return value;
}

static void
put(uint8_t *at, uint64_t value, uint32_t width)
{
	for (uint32_t i = 0; i < width; i++) {
		at[i] = (uint8_t)(value >> 8 * i);
	}
}

/* Near to what stands there, or at a border. */
static uint64_t
value_near(uint64_t value)
{
	static const uint64_t some[] = {0, 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 63, 64, 65, 127,
		255, 0x7fff, 0x8000, 0xffff, 0x10000, INT32_MAX, UINT32_C(1) << 31, UINT32_MAX,
		UINT64_C(1) << 62, INT64_MAX, UINT64_C(1) << 63, UINT64_MAX};

	switch (random_below(5)) {
	case 0:
		return value + 1;
	case 1:
		return value - 1;
	case 2:
		return value ^ UINT64_C(1) << random_below(64);
	case 3:
		return random_next() >> random_below(64);
	default:
		return some[random_below(sizeof(some) / sizeof(some[0]))];
	}
}

static uint8_t *
header_field(uint8_t *blob, uint32_t section, bool is_count)
{
	return blob + offsetof(struct format_header, sections) +
	       section * sizeof(struct format_section) +
	       (is_count ? offsetof(struct format_section, count) : 0);
}

static void
field_change(uint8_t *element, uint32_t section)
{
	uint32_t count = 0;
	uint32_t which;

	while (field_bytes[section][count] != 0) {
		count++;
	}
	which = (uint32_t)random_below(count);
	for (uint32_t i = 0; i < which; i++) {
		element += field_bytes[section][i];
	}
	put(element, value_near(get(element, field_bytes[section][which])),
		field_bytes[section][which]);
}

/* An op as ops.def could have it, of any kind, with operands that are often right. */
static void
op_change(uint8_t *op)
{
	static const uint8_t small[] = {0, 1, 2, 3, 4, 5, 8};

	op[0] = (uint8_t)(1 + random_below(FORMAT_OPS));
	op[1] = random_below(4) == 0 ? (uint8_t)(random_below(64))
				     : small[random_below(sizeof(small))];
	put(op + 2, random_below(8), 2);
	put(op + 4, random_below(8) == 0 ? value_near(get(op + 4, 4)) : random_below(8), 4);
}

static void
element_change(uint8_t *blob, uint32_t section)
{
	uint32_t count = (uint32_t)get(header_field(blob, section, true), 4);
	uint8_t *first = blob + get(header_field(blob, section, false), 4);
	uint32_t bytes = element_bytes[section];
	uint8_t *element;
	uint8_t other[64];

	if (count == 0) {
		return;
	}
	element = first + random_below(count) * bytes;
	switch (random_below(section == FORMAT_CODE ? 4 : 6)) {
	case 0: /* two change places, or one is there twice */
		(void)memcpy(other, element, bytes);
		(void)memcpy(element, first + random_below(count) * bytes, bytes);
		if (random_below(2) == 0) {
			(void)memcpy(first + random_below(count) * bytes, other, bytes);
		}
		break;
	case 1:
		field_change(element, section);
		break;
	default:
		if (section == FORMAT_CODE) {
			op_change(element);
		} else {
			field_change(element, section);
		}
		break;
	}
}

static void
header_change(uint8_t *blob)
{
	static const uint8_t fields[] = {0, 8, 12, 144, 148, 152, 156, 160};
	uint32_t which = (uint32_t)random_below(sizeof(fields) + 2 * FORMAT_SECTIONS);
	uint8_t *at = which < sizeof(fields) ? blob + fields[which]
					     : blob + offsetof(struct format_header, sections) +
						       (which - sizeof(fields)) * 4;

	put(at, value_near(get(at, 4)), 4);
}

uint8_t *
random_blob(const uint8_t *sound, size_t size, size_t *length)
{
	uint64_t changes = 1 + random_below(CHANGES);
	uint8_t *blob;

	/* Sometimes cut off, with a length that says so. */
	*length = random_below(64) == 0 ? random_below(size + 1) : size;
	blob = malloc(*length + (*length == 0));
	(void)memcpy(blob, sound, *length);
	if (*length < size) {
		if (*length >= sizeof(struct format_header)) {
			put(blob + offsetof(struct format_header, length_bytes), *length, 4);
		}
		return blob;
	}
	for (uint64_t i = 0; i < changes; i++) {
		uint64_t what = random_below(24);

		if (what == 0) {
			header_change(blob);
			break; /* sections may not be where they were */
		}
		if (what == 1) {
			blob[48 + random_below(size - 48)] ^= (uint8_t)(1u << random_below(8));
			break;
		}
		/* More often where more is said. */
		element_change(blob, what < 12 ? FORMAT_CODE : (uint32_t)(what % FORMAT_NAMES));
	}
	return blob;
}
