/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_ranges.c: what a test of a blob says: of a list, its elements and their number; of a set. */
#include "blob_ranges.h"

#include <string.h>

#include "l1.h"

/* Whether the ranges are the type's: then the test is one of the shape. */
static bool
is_type(const struct l1_field *field, const struct l1_condition *in)
{
	uint64_t values = 0;

	for (uint32_t i = 0; i < in->range_count; i++) {
		values += (uint64_t)in->ranges[i].high - (uint64_t)in->ranges[i].low + 1;
	}
	for (uint32_t i = 0; field->kind == L1_ENUM && i < field->name_count; i++) {
		bool is_in = false;

		for (uint32_t r = 0; r < in->range_count; r++) {
			is_in = is_in || (field->names[i].value >= in->ranges[r].low &&
						 field->names[i].value <= in->ranges[r].high);
		}
		if (!is_in) {
			return false;
		}
	}
	return field->kind == L1_ENUM ? values == field->name_count
				      : in->range_count == 1 && in->ranges[0].low == field->low &&
						in->ranges[0].high == field->high;
}

bool
blob_is_shape_of_element(const struct l1_condition *in)
{
	const struct l1_field *field = in->field;

	return field->is_element && (field->guard->look != L1_LOOK_LENGTH ||
					    strchr(field->name, '.') != NULL || is_type(field, in));
}

uint32_t
blob_range_add(const struct l1_field *field, struct l1_range *ranges, uint32_t count)
{
	struct l1_range *last = &ranges[count];
	int64_t unit = field->unit_bytes;

	if (unit == 0) {
		return count + 1;
	}
	last->low = last->low < 0 ? last->low : (last->low + unit - 1) / unit;
	last->high = last->high < 0 ? last->high : last->high / unit;
	if (last->low > last->high) {
		return count;
	}
	if (count != 0 && last->low == ranges[count - 1].high + 1) {
		ranges[count - 1].high = last->high;
		return count;
	}
	return count + 1;
}

const struct l1_field *
blob_member_within(const struct l1_condition *condition, const struct l1_state *state,
	const struct l1_field *field)
{
	const struct l1_field *found = condition->field;

	if (found != NULL && found->state == state && found->member == field) {
		return found;
	}
	found = NULL;
	for (uint32_t i = 0; found == NULL && i < condition->part_count; i++) {
		found = blob_member_within(condition->parts[i], state, field);
	}
	return found;
}
