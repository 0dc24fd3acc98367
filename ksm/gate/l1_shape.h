/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_shape.h: the first part of l1_eval: the message of an event, what stands in it [D1, D2]. */
#ifndef GATE_L1_SHAPE_H
#define GATE_L1_SHAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "l1_eval.h"

/* Returns the message's declaration, or `empty`; NULL if method, event or status are none. */
const struct l1_message *l1_shape_message(
	const struct l1 *l1, const struct l1_query *query, const struct l1_message *empty);

/* Returns whether the shape is right; fills verdict if it is not. */
bool l1_shape_right(
	const struct l1_message *message, const struct l1_query *query, struct l1_verdict *verdict);

/* Returns the number that stands in the field. Requires: the bytes reach that far, or it may be
 * left out. */
int64_t l1_shape_value(const struct l1_field *field, const struct l1_query *query);

/* Returns what is looked at of a text: its length, or 8 bytes as one number. */
int64_t l1_shape_part(const struct l1_field *part, const struct l1_query *query);

#endif
