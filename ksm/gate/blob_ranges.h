/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_ranges.h: what a test of a blob says: of a list, its elements and their number; of a set. */
#ifndef GATE_BLOB_RANGES_H
#define GATE_BLOB_RANGES_H

#include <stdbool.h>
#include <stdint.h>

struct l1_condition;
struct l1_field;
struct l1_state;
struct vector;

/* Returns whether the test is one of the shape of an element. Elements are looked at one by one
 * where the shape is tried, unless a rule tests them: all that they have together would be too many
 * messages. No rule tests a part of one. */
bool blob_is_shape_of_element(const struct l1_condition *in);

/* Returns the field by which one of the conditions (struct l1_condition *) looks at that cell of
 * the state, alone or in a sum; else the field of the state. */
const struct l1_field *blob_state_field(const struct vector *conditions,
	const struct l1_state *state, const struct l1_field *index);

/* Returns the field of a test of that set and field in a condition, or NULL. */
const struct l1_field *blob_member_within(const struct l1_condition *condition,
	const struct l1_state *state, const struct l1_field *field);

#endif
