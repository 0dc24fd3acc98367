/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* condition_text.c: a condition as a person would write it. */
#include "condition_text.h"

#include <inttypes.h>

#include "buffer.h"
#include "condition.h"

const char *
condition_value_text(struct arena *a, const struct l1_field *field, int64_t value)
{
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

	return is_lease ? arena_format(a, "%s.len", field->name) : field->name;
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

static void
in_print(struct buffer *b, const struct l1_condition *in)
{
	bool is_machine = in->field->state != NULL && in->field->kind == L1_ENUM;
	bool is_one = in->range_count == 1 && in->ranges[0].low == in->ranges[0].high;
	bool has_braces = in->range_count > 1 || (in->field->kind == L1_ENUM && !is_one);

	if (in->field->state != NULL && in->field->kind == L1_BOOL) {
		truth_print(b, in);
		return;
	}
	buffer_text(b, condition_field_text(b->arena, in->field));
	buffer_text(b, is_machine ? " is " : is_one ? " = " : " in ");
	buffer_text(b, has_braces ? "{" : "");
	for (uint32_t i = 0; i < in->range_count; i++) {
		buffer_text(b, i == 0 ? "" : ", ");
		range_print(b, in->field, &in->ranges[i]);
	}
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
condition_text(struct arena *a, const struct l1_condition *condition)
{
	struct buffer b;

	buffer_init(&b, a);
	print(&b, condition, false);
	return b.bytes == NULL ? "never" : b.bytes;
}
