/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_axis.c: what is tested and what must be possible, as axes of one grid. */
#include "diff_axis.h"

#include <stddef.h>

#include "arena.h"
#include "diff_map.h"
#include "grid.h"
#include "l1.h"

const struct l1_state *
diff_state(const struct diff_event *e, enum diff_side side, const struct l1_state *state)
{
	const struct l1_state *new;

	if (side == DIFF_NEW || e->map == NULL) {
		return state;
	}
	new = e->map->states[state->number];
	return new == NULL ? state : new;
}

/* The axis, made if it is new. member: an index of the message's fields, or UINT32_MAX. */
static struct diff_common *
axis_get(struct diff_event *e, enum diff_axis sort, const struct l1_state *state,
	const struct l1_field *member, int64_t constant)
{
	struct diff_common *axis;

	for (uint32_t i = 0; i < e->fields.count; i++) {
		axis = diff_axis_at(e, i);
		if (axis->is.axis == sort && axis->is.state == state && axis->is.member == member &&
			axis->is.constant == constant) {
			return axis;
		}
	}
	axis = arena_alloc(e->a, sizeof *axis);
	axis->is = (struct diff_value){sort, &axis->field, state, member, constant, 0};
	*(struct diff_common **)vector_push(&e->fields, e->a, sizeof axis) = axis;
	return axis;
}

/* A field of the message: as wide as either policy has it. constant: its index. */
static struct diff_common *
axis_of_field(struct diff_event *e, int64_t index)
{
	struct diff_common *axis = axis_get(e, DIFF_FIELD, NULL, NULL, index);
	struct l1_field *field = &axis->field;

	if (field->name != NULL) {
		return axis;
	}
	for (int side = DIFF_SIDES; side-- > 0;) {
		const struct l1_message *message = e->views[side].message;
		const struct l1_field *own = message == NULL ? NULL : diff_field_at(message, index);

		if (own == NULL) {
			continue;
		}
		if (field->name == NULL) {
			*field = *own;
			continue;
		}
		if (own->name_count > field->name_count) {
			field->names = own->names;
			field->name_count = own->name_count;
		}
		field->low = own->low < field->low ? own->low : field->low;
		field->high = own->high > field->high ? own->high : field->high;
	}
	return axis;
}

static struct diff_common *
axis_of_state(struct diff_event *e, const struct l1_state *state, const struct l1_state *own)
{
	struct diff_common *axis = axis_get(e, DIFF_STATE, state, NULL, 0);
	struct l1_field *field = &axis->field;

	if (field->name == NULL) {
		*field = *state->field;
	}
	field->high = own->field->high > field->high ? own->field->high : field->high;
	return axis;
}

static struct diff_common *
axis_made_up(struct diff_event *e, enum diff_axis sort, const struct l1_state *state,
	const struct l1_field *member, int64_t constant)
{
	struct diff_common *axis = axis_get(e, sort, state, member, constant);
	struct l1_field *field = &axis->field;
	bool is_number = sort == DIFF_TOKENS;

	if (field->name == NULL) {
		*field = (struct l1_field){.name = state->object->name,
			.kind = is_number ? L1_INTEGER : L1_BOOL,
			.width_bytes = is_number ? 4 : 1,
			.high = is_number ? 0 : 1,
			.state = state};
	}
	if (is_number && field->high < state->object->count) {
		field->high = state->object->count;
	}
	return axis;
}

static const struct l1_field *
field_common(struct diff_event *e, enum diff_side side, const struct l1_field *field)
{
	const struct l1_state *state;
	const struct l1_field *member;

	if (field->state == NULL) {
		return &axis_of_field(e, diff_field_index(&e->views[side], field))->field;
	}
	state = diff_state(e, side, field->state);
	if (field->member == NULL) {
		return &axis_of_state(e, state, field->state)->field;
	}
	member = field_common(e, side, field->member);
	return &axis_made_up(e, DIFF_MEMBER, state, member, 0)->field;
}

static struct l1_condition *
condition_common(struct diff_event *e, enum diff_side side, const struct l1_condition *from)
{
	struct l1_condition *to = arena_alloc(e->a, sizeof *to);

	*to = *from;
	to->field = from->field == NULL ? NULL : field_common(e, side, from->field);
	to->other = from->other == NULL ? NULL : field_common(e, side, from->other);
	to->parts = arena_array(e->a, from->part_count, sizeof(struct l1_condition *));
	for (uint32_t i = 0; i < from->part_count; i++) {
		to->parts[i] = condition_common(e, side, from->parts[i]);
	}
	return to;
}

/* A border between `last` and the next value. */
static void
cut(struct diff_event *e, struct vector *cuts, const struct l1_field *field, int64_t last)
{
	struct l1_condition *in = arena_alloc(e->a, sizeof *in);

	if (last < field->low || last >= field->high) {
		last = field->low;
	}
	in->kind = L1_IN;
	in->field = field;
	in->ranges = arena_alloc(e->a, sizeof *in->ranges);
	in->ranges[0] = (struct l1_range){field->low, last};
	in->range_count = 1;
	*(const struct l1_condition **)vector_push(cuts, e->a, sizeof in) = in;
}

/* Where an effect begins to be impossible. */
static void
effect_cut(struct diff_event *e, enum diff_side side, struct vector *cuts,
	const struct l1_effect *effect)
{
	const struct l1_state *state = diff_state(e, side, effect->state);
	int64_t most = (int64_t)effect->state->object->amount;
	const struct l1_field *operand =
		effect->field == NULL ? NULL : field_common(e, side, effect->field);
	int64_t low = effect->amount + (operand == NULL ? 0 : operand->low);
	int64_t high = effect->amount + (operand == NULL ? 0 : operand->high);
	const struct l1_field *field;

	switch (effect->kind) {
	case L1_TAKE:
		field = &axis_made_up(e, DIFF_TOKENS, state, NULL, 0)->field;
		cut(e, cuts, field,
			(effect->state->object->kind == L1_WINDOW ? 1 : effect->amount) - 1);
		break;
	case L1_ADD:
	case L1_SUB:
		field = &axis_of_state(e, state, effect->state)->field;
		if (operand != NULL) {
			cut(e, cuts, operand, operand->low);
		}
		cut(e, cuts, field, effect->kind == L1_ADD ? most - low : low - 1);
		cut(e, cuts, field, effect->kind == L1_ADD ? most - high : high - 1);
		break;
	case L1_INSERT:
		cut(e, cuts,
			&axis_made_up(e, DIFF_MEMBER, state, operand,
				operand == NULL ? effect->amount : 0)
				 ->field,
			0);
		cut(e, cuts, &axis_made_up(e, DIFF_ROOM, state, NULL, 0)->field, 0);
		break;
	case L1_ENTER:
		field = &axis_of_state(e, state, effect->state)->field;
		for (uint32_t i = 0; i < state->object->count; i++) {
			cut(e, cuts, field, i);
		}
		break;
	case L1_REMOVE:
	case L1_HOLD:
	case L1_DROP:
	case L1_ANEW:
		break;
	}
}

/* Types may differ: what one of them lets through only is a piece of its own. */
static void
types_cut(struct diff_event *e, struct vector *cuts)
{
	const struct l1_message *old = e->views[DIFF_OLD].message;
	const struct l1_message *new = e->views[DIFF_NEW].message;

	for (uint32_t i = 0; old != NULL && new != NULL &&i < old->field_count; i++) {
		const struct l1_field *x = &old->fields[i];
		const struct l1_field *y = &new->fields[i];
		const struct l1_field *field;

		if (x->kind == L1_TAIL || (x->low == y->low && x->high == y->high &&
						  x->name_count == y->name_count)) {
			continue;
		}
		field = &axis_of_field(e, i)->field;
		cut(e, cuts, field, x->low - 1);
		cut(e, cuts, field, x->high);
		cut(e, cuts, field, y->low - 1);
		cut(e, cuts, field, y->high);
	}
}

/* Which values are in a set matters where the type of the set ends; and two fields may have two
 * values of it. */
static void
members_cut(struct diff_event *e, struct vector *cuts)
{
	uint32_t count = e->fields.count;
	int64_t members = 0;

	for (uint32_t i = 0; i < count; i++) {
		members += diff_axis_at(e, i)->is.axis == DIFF_MEMBER;
	}
	for (uint32_t i = 0; i < count; i++) {
		const struct diff_value *is = &diff_axis_at(e, i)->is;
		const struct l1_object *set;

		if (is->axis != DIFF_MEMBER || is->member == NULL) {
			continue;
		}
		set = is->state->object;
		for (int64_t n = 0; n <= members; n++) {
			cut(e, cuts, is->member, set->low - 1 + n);
		}
		cut(e, cuts, is->member, set->low + (int64_t)(set->amount - 1));
	}
}

/* Sums of fields and cells of labels have no axis here. */
static bool
field_has_axis(const struct l1_field *field)
{
	if (field == NULL) {
		return true;
	}
	return field->term_count == 0 && field->index == NULL &&
	       (field->state == NULL || field->state->cell_count <= 1) &&
	       field_has_axis(field->member);
}

static bool
condition_has_axes(const struct l1_condition *condition)
{
	if (!field_has_axis(condition->field) || !field_has_axis(condition->other)) {
		return false;
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		if (!condition_has_axes(condition->parts[i])) {
			return false;
		}
	}
	return true;
}

static bool
view_has_axes(const struct diff_view *view)
{
	for (uint32_t i = 0; i < view->count; i++) {
		if (!condition_has_axes(view->cells[i].condition)) {
			return false;
		}
		for (uint32_t n = 0; n < l1_effect_count(&view->cells[i]); n++) {
			const struct l1_effect *effect = &l1_effects(&view->cells[i])[n];

			bool is_moved = effect->field != NULL && effect->amount != 0 &&
					effect->state->object->kind == L1_SET;

			if (!field_has_axis(effect->field) || effect->index != NULL || is_moved ||
				effect->state->cell_count > 1) {
				return false;
			}
		}
	}
	return true;
}

bool
diff_event_begin(struct diff_event *e)
{
	struct vector all = {0};

	if (!view_has_axes(&e->views[DIFF_OLD]) || !view_has_axes(&e->views[DIFF_NEW])) {
		return false;
	}
	e->fields = (struct vector){0};
	e->grid = arena_alloc(e->a, sizeof *e->grid);
	for (int side = 0; side < DIFF_SIDES; side++) {
		struct diff_view *view = &e->views[side];

		view->conditions = arena_array(e->a, view->count, sizeof(void *));
		for (uint32_t i = 0; i < view->count; i++) {
			view->conditions[i] =
				condition_common(e, (enum diff_side)side, view->cells[i].condition);
			*(const struct l1_condition **)vector_push(&all, e->a, sizeof(void *)) =
				view->conditions[i];
			for (uint32_t n = 0; n < l1_effect_count(&view->cells[i]); n++) {
				effect_cut(e, (enum diff_side)side, &all,
					&l1_effects(&view->cells[i])[n]);
			}
		}
	}
	types_cut(e, &all);
	members_cut(e, &all);
	return grid_build(e->grid, e->a, all.elements, all.count, GRID_FIRST) &&
	       e->grid->point_count <= GRID_POINTS_MAX;
}
