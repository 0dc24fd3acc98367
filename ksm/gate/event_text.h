/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* event_text.h: one event, and the fields of its message, as a rule or a test names them. */
#ifndef GATE_EVENT_TEXT_H
#define GATE_EVENT_TEXT_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct buffer;
struct l1;
struct l1_cell;
struct l1_field;

struct argument {
	const struct l1_field *field; /* of the message, or a part of a text */
	int64_t value;
};

/*
 * Writes `channel = 4, name = "on"`: of what is not there nothing is said, parts of a text are one
 * text, a handle is its label, as a rule tests it (`file is Kept`) or as a step gives it
 * (`file = Kept`). Requires: parts of a text stand in their order.
 */
void arguments_print(struct buffer *b, const struct l1 *l1, const struct argument *arguments,
	uint32_t count, bool is_step);

/* Returns the endpoint of a cell's receiver and interface as rules call it. */
const char *event_endpoint(struct arena *a, const struct l1 *l1, const struct l1_cell *cell);

/* Returns the event of a cell as a test names it, without arguments: `reply a -> b : valve.set`. */
const char *event_text(struct arena *a, const struct l1 *l1, const struct l1_cell *cell);

#endif
