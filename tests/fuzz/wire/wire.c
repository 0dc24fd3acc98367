/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Messages made from the interfaces, right and wrong, and the reference that says which is which.
 */
#include "fuzz/wire/wire.h"

#include <string.h>

#define TAIL_USUAL 16u /* most tails are short: a serial line carries some of them */
#define ODD        64u /* one of so many is as long as it may be */

/* clang-format off */
#define FIELD(offset, bytes, low, high) {(offset), (bytes), (low), (high)},
#define CALL(least, most, ...) {(least), (most), {__VA_ARGS__}}
#define REPLY(least, most, ...) {(least), (most), {__VA_ARGS__}}
#define METHOD(interface, number, errors, call, reply) \
	{(interface), (number), (errors), call, reply},
/* clang-format on */

const struct wire_method wire_methods[] = {
#include "wire_table.def"
};

const uint32_t wire_method_count = sizeof(wire_methods) / sizeof(wire_methods[0]);

static uint64_t state = 1;

void
wire_seed(uint64_t seed)
{
	state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

/* xorshift64*, Vigna 2016. */
static uint64_t
word(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717);
}

uint32_t
wire_below(uint32_t limit)
{
	return (uint32_t)((word() >> 32) * limit >> 32);
}

/* The first field that is none. */
static const struct wire_field *
fields_end(const struct wire_layout *layout)
{
	const struct wire_field *field = layout->fields;

	while (field < layout->fields + WIRE_FIELDS && (field->low != 0 || field->high != 0)) {
		field++;
	}
	return field;
}

static void
put(struct message *message, const struct wire_field *field, uint64_t value)
{
	for (uint32_t i = 0; i < field->bytes; i++) {
		message->bytes[field->offset + i] = (uint8_t)(value >> 8 * i);
	}
}

/* Sign-extended if the type has negative values. */
static int64_t
get(const struct message *message, const struct wire_field *field)
{
	uint64_t value = 0;

	for (uint32_t i = 0; i < field->bytes; i++) {
		value |= (uint64_t)message->bytes[field->offset + i] << 8 * i;
	}
	if (field->low < 0 && field->bytes < 8 && value >> (8 * field->bytes - 1) != 0) {
		value |= ~UINT64_C(0) << 8 * field->bytes;
	}
	return (int64_t)value;
}

static uint64_t
value_inside(const struct wire_field *field)
{
	uint64_t span = (uint64_t)field->high - (uint64_t)field->low;
	uint64_t step = wire_below(4) == 0 ? (wire_below(2) == 0 ? 0 : span) : word();

	return (uint64_t)field->low + (span == UINT64_MAX ? step : step % (span + 1));
}

static void
fill_right(struct message *message, const struct wire_layout *layout)
{
	uint32_t length = layout->least;

	memset(message->bytes, 0, layout->least);
	for (const struct wire_field *field = layout->fields; field < fields_end(layout); field++) {
		if (field->bytes != 0) {
			put(message, field, value_inside(field));
			continue;
		}
		uint32_t room = layout->most - field->offset;
		uint32_t usual = room < TAIL_USUAL ? room : TAIL_USUAL;
		uint32_t tail = wire_below(ODD) == 0 ? room : wire_below(usual + 1);
		for (uint32_t i = 0; i < tail; i++) {
			message->bytes[field->offset + i] = (uint8_t)word();
		}
		length = field->offset + tail;
	}
	message->info = info_make(info_method(message->info), length);
}

static void
wrong_value(struct message *message, const struct wire_layout *layout)
{
	uint32_t count = (uint32_t)(fields_end(layout) - layout->fields);
	const struct wire_field *field = &layout->fields[count == 0 ? 0 : wire_below(count)];

	switch (wire_below(4)) {
	case 0:
		put(message, field, (uint64_t)field->low - 1);
		break;
	case 1:
		put(message, field, (uint64_t)field->high + 1);
		break;
	default:
		put(message, field, word());
		break;
	}
}

static void
wrong_length(struct message *message, const struct wire_layout *layout)
{
	static const uint16_t lengths[] = {
		0, 1, 7, 8, 15, 16, 17, 127, 128, 129, 1023, 1024, 1025, 2047};
	uint32_t length = lengths[wire_below(sizeof(lengths) / sizeof(lengths[0]))];

	switch (wire_below(4)) {
	case 0:
		length = layout->most + 1;
		break;
	case 1:
		length = layout->least == 0 ? 1 : layout->least - 1;
		break;
	default:
		break;
	}
	message->info = info_make(info_method(message->info), length);
}

void
wire_fill(struct message *message, const struct wire_layout *layout)
{
	memset(message->bytes, wire_below(2) == 0 ? 0 : (int)wire_below(256), 64);
	fill_right(message, layout);
	switch (wire_below(8)) {
	case 0:
		wrong_value(message, layout);
		break;
	case 1:
		wrong_length(message, layout);
		break;
	case 2: /* any byte: a value, or between values */
		message->bytes[wire_below(layout->least + 1)] ^= (uint8_t)(1u << wire_below(8));
		break;
	default:
		break;
	}
}

static bool
is_in_a_field(uint32_t at, const struct wire_layout *layout)
{
	for (const struct wire_field *field = layout->fields; field < fields_end(layout); field++) {
		if (at >= field->offset &&
			(field->bytes == 0 || at < field->offset + field->bytes)) {
			return true;
		}
	}
	return false;
}

bool
wire_is_shaped(const struct message *message, const struct wire_layout *layout)
{
	uint32_t length = info_length(message->info);

	if (length < layout->least || length > layout->most) {
		return false;
	}
	for (uint32_t at = 0; at < layout->least; at++) {
		if (!is_in_a_field(at, layout) && message->bytes[at] != 0) {
			return false;
		}
	}
	for (const struct wire_field *field = layout->fields; field < fields_end(layout); field++) {
		int64_t value = get(message, field);
		if (field->bytes != 0 && (value < field->low || value > field->high)) {
			return false;
		}
	}
	return true;
}

bool
wire_lie(uint64_t seed, const struct wire_method *method, struct message *message)
{
	uint64_t kept = state;

	wire_seed(seed);
	uint32_t status = wire_below(4) == 0 ? wire_below(method->errors + 3) : 0;
	message->info = info_make(status, 0);
	bool is_good = true;
	if (status == 0) {
		wire_fill(message, &method->reply);
		is_good = wire_is_shaped(message, &method->reply);
	} else {
		uint32_t length = wire_below(8) == 0 ? wire_below(40) : 0;
		message->info = info_make(status, length);
		is_good = status <= method->errors && length == 0;
	}
	state = kept;
	return is_good;
}

const struct wire_method *
wire_find(const char *interface, uint32_t number)
{
	for (uint32_t i = 0; i < wire_method_count; i++) {
		if (strcmp(wire_methods[i].interface, interface) == 0 &&
			wire_methods[i].number == number) {
			return &wire_methods[i];
		}
	}
	return NULL;
}
