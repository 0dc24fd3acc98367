/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * diff_axis.h: one event at one place, as two policies see it: their fields and states made one,
 * and what each of them grants at a point of the grid over all that they test.
 */
#ifndef GATE_DIFF_AXIS_H
#define GATE_DIFF_AXIS_H

#include "diff.h"

struct diff_map;
struct grid;
struct l1_condition;

/* What one policy has there; no cells: it grants nothing. */
struct diff_view {
	const struct l1_cell *cells; /* of the event */
	uint32_t count;
	const struct l1_message *message;       /* NULL: there is no such method */
	const struct l1_condition **conditions; /* of the cells, over common fields */
	uint32_t call_rule;                     /* that granted the call, 0 any */
};

/* An axis of the grid. */
struct diff_common {
	struct diff_value is;
	struct l1_field field; /* is.field */
};

#define DIFF_PART 1024 /* more than a message has fields */

struct diff_event {
	const struct diff_map *map; /* NULL: both sides are one policy */
	struct arena *a;
	struct diff_view views[DIFF_SIDES];
	struct vector fields; /* struct diff_common * */
	struct grid *grid;
};

/* Builds the grid. Returns false if it has too many points. Requires: the views but their
 * conditions; both messages are laid out alike. */
bool diff_event_begin(struct diff_event *e);

/* Returns the cell that grants at the point, or NULL. nearest: that of an allow that could have. */
const struct l1_cell *diff_grants(const struct diff_event *e, enum diff_side side,
	const int64_t *values, const struct l1_cell **nearest);

/* Returns whether such a point can be: a full set has no free place, and so on. */
bool diff_is_possible(const struct diff_event *e, const int64_t *values);

/* Returns whether both cells do the same. */
bool diff_effects_same(
	const struct diff_event *e, const struct l1_cell *old, const struct l1_cell *new);

/* Returns the state of a policy as the axes have it: NEW's, if both have it. */
const struct l1_state *diff_state(
	const struct diff_event *e, enum diff_side side, const struct l1_state *state);

static inline struct diff_common *
diff_axis_at(const struct diff_event *e, uint32_t index)
{
	return ((struct diff_common *const *)e->fields.elements)[index];
}

/* Which field of the view's message it is, or which part of which. */
static inline int64_t
diff_field_index(const struct diff_view *view, const struct l1_field *field)
{
	if (field->whole == NULL) {
		return field - view->message->fields;
	}
	return (field->whole - view->message->fields) +
	       ((field - field->whole->parts) + 1) * DIFF_PART;
}

/* The field of that index in a message. */
static inline const struct l1_field *
diff_field_at(const struct l1_message *message, int64_t index)
{
	const struct l1_field *field = &message->fields[index % DIFF_PART];

	return index < DIFF_PART ? field : &field->parts[index / DIFF_PART - 1];
}

#endif
