/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_ranges.h: what a test of a blob says: of a list, its elements and their number; of a set. */
#ifndef GATE_BLOB_RANGES_H
#define GATE_BLOB_RANGES_H

#include <stdbool.h>
#include <stdint.h>

struct l1_condition;
struct l1_field;
struct l1_range;
struct l1_state;

/* Returns whether the test is one of the shape of an element. Elements are looked at one by one
 * where the shape is tried, unless a rule tests them: all that they have together would be too many
 * messages. No rule tests a part of one. */
bool blob_is_shape_of_element(const struct l1_condition *in);

/* ranges[count] is one that a program tests the field for: of the number of elements of a list,
 * which is bytes there, it becomes that number, and perhaps one range with the one before it.
 * Returns how many ranges there are then. */
uint32_t blob_range_add(const struct l1_field *field, struct l1_range *ranges, uint32_t count);

/* Returns the field of a test of that set and field in a condition, or NULL. */
const struct l1_field *blob_member_within(const struct l1_condition *condition,
	const struct l1_state *state, const struct l1_field *field);

#endif
