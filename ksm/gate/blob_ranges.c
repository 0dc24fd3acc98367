/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_ranges.c: what a test of a blob says: of a list, its elements and their number; of a set. */
#include "blob_ranges.h"

#include <string.h>

#include "l1.h"
#include "vector.h"

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

/* With that cell, which does not matter if there is one only. */
static bool
is_cell(const struct l1_field *field, const struct l1_state *state, const struct l1_field *index)
{
	return field != NULL && field->state == state && field->member == NULL &&
	       (state->cell_count == 1 || field->index == index);
}

static const struct l1_field *
state_within(const struct l1_condition *condition, const struct l1_state *state,
	const struct l1_field *index)
{
	const struct l1_field *found =
		is_cell(condition->field, state, index) ? condition->field : NULL;

	for (uint32_t i = 0; condition->field != NULL && i < condition->field->term_count; i++) {
		const struct l1_field *term = condition->field->terms[i].field;

		found = is_cell(term, state, index) ? term : found;
	}
	for (uint32_t i = 0; found == NULL && i < condition->part_count; i++) {
		found = state_within(condition->parts[i], state, index);
	}
	return found;
}

const struct l1_field *
blob_state_field(
	const struct vector *conditions, const struct l1_state *state, const struct l1_field *index)
{
	const struct l1_condition *const *known = conditions->elements;

	for (uint32_t i = 0; i < conditions->count; i++) {
		const struct l1_field *found = state_within(known[i], state, index);

		if (found != NULL) {
			return found;
		}
	}
	return state->field;
}
