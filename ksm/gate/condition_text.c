/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* condition_text.c: a condition as a person would write it. */
#include "condition_text.h"

#include <inttypes.h>

#include "buffer.h"
#include "condition.h"
#include "types.h"

const char *
condition_eight_text(struct arena *a, int64_t value)
{
	const char *text = "";

	for (uint64_t rest = (uint64_t)value; rest != 0; rest <<= 8) {
		uint32_t byte = (uint32_t)(rest >> 56);
		bool is_plain = byte >= ' ' && byte < 0x7f && byte != '"' && byte != '\\';

		text = arena_format(a, is_plain ? "%s%c" : "%s\\x%02x", text, byte);
	}
	return text;
}

const char *
condition_value_text(struct arena *a, const struct l1_field *field, int64_t value)
{
	if (field->look == L1_LOOK_EIGHT) {
		return arena_format(a, "\"%s\"", condition_eight_text(a, value));
	}
	if (field->kind == L1_BOOL && (value == 0 || value == 1)) {
		return value == 0 ? "false" : "true";
	}
	for (uint32_t i = 0; field->kind == L1_ENUM && i < field->name_count; i++) {
		if (field->names[i].value == value) {
			return field->names[i].name;
		}
	}
	if (field->kind == L1_INTEGER && !field->is_signed && field->width_bytes == 8) {
		return arena_format(a, "%" PRIu64, (uint64_t)value);
	}
	return arena_format(a, "%" PRId64, value);
}

const char *
condition_field_text(struct arena *a, const struct l1_field *field)
{
	bool is_lease = field->carries == L1_READS || field->carries == L1_WRITES;

	if (field->look == L1_LOOK_EIGHT) {
		uint32_t first = (uint32_t)(field->offset_bytes - field->whole->offset_bytes);

		return arena_format(a, "%s[%u..%u]", field->name, first, first + 7);
	}
	return is_lease || field->look == L1_LOOK_LENGTH ? arena_format(a, "%s.len", field->name)
							 : field->name;
}

/* All texts that go on behind some bytes: `"/log/"...`. */
static bool
begins_print(struct buffer *b, const struct l1_field *field, const struct l1_range *range)
{
	uint64_t differs = (uint64_t)range->low ^ (uint64_t)range->high;

	if (field->look != L1_LOOK_EIGHT || differs == 0 || (differs & (differs + 1)) != 0 ||
		((uint64_t)range->low & differs) != 0 || (differs & 0xff) != 0xff) {
		return false;
	}
	buffer_text(b, condition_value_text(b->arena, field, range->low));
	buffer_text(b, "...");
	return true;
}

static void
range_print(struct buffer *b, const struct l1_field *field, const struct l1_range *range)
{
	if (field->kind == L1_ENUM) {
		for (int64_t value = range->low;; value++) {
			buffer_text(b, condition_value_text(b->arena, field, value));
			if (value == range->high) {
				return;
			}
			buffer_text(b, ", ");
		}
	}
	if (begins_print(b, field, range)) {
		return;
	}
	buffer_text(b, condition_value_text(b->arena, field, range->low));
	if (range->low != range->high) {
		buffer_text(b, "..");
		buffer_text(b, condition_value_text(b->arena, field, range->high));
	}
}

/* `latch held`, `field in set`: true or false. */
static void
truth_print(struct buffer *b, const struct l1_condition *in)
{
	buffer_text(b, in->ranges[0].low == 0 ? "not " : "");
	buffer_text(b, in->field->name);
	buffer_text(b, in->field->member == NULL ? " held" : "");
}

/* `arg has level`, `shape has circle`. */
static void
has_print(struct buffer *b, const struct l1_condition *in)
{
	const char * or = "";

	if (in->field->presence != NULL) {
		buffer_text(b, in->ranges[0].low == 0 ? "not " : "");
		buffer_text(b, in->field->name);
		return;
	}
	buffer_text(b, in->range_count > 1 || in->ranges[0].low != in->ranges[0].high ? "(" : "");
	for (uint32_t i = 0; i < in->range_count; i++) {
		for (int64_t value = in->ranges[i].low; value <= in->ranges[i].high; value++) {
			buffer_text(b, or);
			buffer_text(b, in->field->name);
			buffer_text(b, " has ");
			buffer_text(b, condition_value_text(b->arena, in->field, value));
			or = " or ";
		}
	}
	buffer_text(b, in->range_count > 1 || in->ranges[0].low != in->ranges[0].high ? ")" : "");
}

/* Of u64 without a range the negative ones are the largest, and may go on where others end. */
static const struct l1_range *
ranges_in_order(struct arena *a, const struct l1_condition *in, uint32_t *count)
{
	const struct l1_range *from = in->ranges;
	struct l1_range *to;
	uint32_t negative = 0;

	while (negative < *count && from[negative].high < 0) {
		negative++;
	}
	if (!types_is_any_u64(in->field) || negative == 0 || negative == *count) {
		return from;
	}
	to = arena_array(a, *count, sizeof *to);
	for (uint32_t i = 0; i < *count; i++) {
		to[i] = from[(i + negative) % *count];
	}
	if (from[0].low == INT64_MIN && from[*count - 1].high == INT64_MAX) {
		uint32_t last = *count - 1 - negative;

		to[last].high = from[0].high;
		for (uint32_t i = last + 1; i + 1 < *count; i++) {
			to[i] = to[i + 1];
		}
		--*count;
	}
	return to;
}

static void
ranges_print(struct buffer *b, const struct l1_field *field, const struct l1_range *ranges,
	uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		buffer_text(b, i == 0 ? "" : ", ");
		range_print(b, field, &ranges[i]);
	}
}

static void
in_print(struct buffer *b, const struct l1_condition *in)
{
	bool is_machine = in->field->state != NULL && in->field->kind == L1_ENUM;
	uint32_t count = in->range_count;
	const struct l1_range *ranges = ranges_in_order(b->arena, in, &count);
	bool is_one = count == 1 && ranges[0].low == ranges[0].high;
	bool has_braces = count > 1 || (in->field->kind == L1_ENUM && !is_one);

	if (in->field->state != NULL && in->field->kind == L1_BOOL) {
		truth_print(b, in);
		return;
	}
	if (in->field->presence != NULL || in->field->is_tag) {
		has_print(b, in);
		return;
	}
	buffer_text(b, condition_field_text(b->arena, in->field));
	buffer_text(b, is_machine ? " is " : is_one ? " = " : " in ");
	buffer_text(b, has_braces ? "{" : "");
	ranges_print(b, in->field, ranges, count);
	buffer_text(b, has_braces ? "}" : "");
}

static void
print(struct buffer *b, const struct l1_condition *c, bool is_inside)
{
	static const char *const signs[] = {
		[L1_LESS] = " < ", [L1_LESS_EQUAL] = " <= ", [L1_EQUAL] = " = "};

	switch (c->kind) {
	case L1_ALWAYS:
		buffer_text(b, "always");
		break;
	case L1_IN:
		in_print(b, c);
		break;
	case L1_FIELDS:
		buffer_text(b, condition_field_text(b->arena, c->field));
		buffer_text(b, signs[c->relation]);
		buffer_text(b, condition_field_text(b->arena, c->other));
		break;
	case L1_NOT:
		buffer_text(b, "not ");
		print(b, c->parts[0], true);
		break;
	case L1_AND:
	case L1_OR:
		buffer_text(b, is_inside ? "(" : "");
		for (uint32_t i = 0; i < c->part_count; i++) {
			buffer_text(b, i == 0 ? "" : c->kind == L1_AND ? " and " : " or ");
			print(b, c->parts[i], true);
		}
		buffer_text(b, is_inside ? ")" : "");
		break;
	}
}

const char *
condition_is_text(struct arena *a, const struct l1_field *field, int64_t value)
{
	struct l1_range range = {value, value};
	const struct l1_condition is = {
		.kind = L1_IN, .field = field, .ranges = &range, .range_count = 1};

	if (field->presence != NULL || field->is_tag) {
		return condition_text(a, &is);
	}
	return arena_format(a, "%s = %s", condition_field_text(a, field),
		condition_value_text(a, field, value));
}

const char *
condition_text(struct arena *a, const struct l1_condition *condition)
{
	struct buffer b;

	buffer_init(&b, a);
	print(&b, condition, false);
	return b.bytes == NULL ? "never" : b.bytes;
}

const char *
condition_time_text(struct arena *a, uint64_t ns)
{
	static const struct {
		uint64_t ns;
		const char *unit;
	} units[] = {{UINT64_C(3600000000000), "h"}, {UINT64_C(60000000000), "min"},
		{UINT64_C(1000000000), "s"}, {1000000, "ms"}, {1000, "us"}};

	for (uint32_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (ns % units[i].ns == 0) {
			return arena_format(a, "%" PRIu64 "%s", ns / units[i].ns, units[i].unit);
		}
	}
	return arena_format(a, "%" PRIu64 "ns", ns);
}
