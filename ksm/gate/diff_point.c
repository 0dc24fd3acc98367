/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_point.c: what each of two policies does at one point of the grid over both. */
#include <stddef.h>

#include "diff_axis.h"
#include "diff_map.h"
#include "grid.h"
#include "l1.h"

static int64_t
value_at(const struct diff_event *e, const int64_t *values, const struct l1_field *field)
{
	for (uint32_t i = 0; i < e->grid->axis_count; i++) {
		if (e->grid->axes[i].field == field) {
			return values[i];
		}
	}
	return field->low > 0 ? field->low : field->high < 0 ? field->high : 0;
}

/* Of an axis that exists; the value of one that does not is none that matters. */
static int64_t
value_of(const struct diff_event *e, const int64_t *values, enum diff_axis sort,
	const struct l1_state *state, const struct l1_field *member, int64_t constant)
{
	for (uint32_t i = 0; i < e->fields.count; i++) {
		const struct diff_common *axis = diff_axis_at(e, i);

		if (axis->is.axis == sort && axis->is.state == state && axis->is.member == member &&
			axis->is.constant == constant) {
			return value_at(e, values, &axis->field);
		}
	}
	return 0;
}

static const struct l1_field *
field_known(const struct diff_event *e, enum diff_side side, const struct l1_field *field)
{
	int64_t index = diff_field_index(&e->views[side], field);

	for (uint32_t i = 0; i < e->fields.count; i++) {
		if (diff_axis_at(e, i)->is.axis == DIFF_FIELD &&
			diff_axis_at(e, i)->is.constant == index) {
			return &diff_axis_at(e, i)->field;
		}
	}
	return field;
}

static bool
effect_fits(const struct diff_event *e, enum diff_side side, const struct l1_effect *effect,
	const int64_t *values)
{
	const struct l1_state *state = diff_state(e, side, effect->state);
	const struct l1_object *object = effect->state->object;
	const struct l1_field *operand =
		effect->field == NULL ? NULL : field_known(e, side, effect->field);
	int64_t amount = effect->amount + (operand == NULL ? 0 : value_at(e, values, operand));
	int64_t before;

	switch (effect->kind) {
	case L1_TAKE:
		return value_of(e, values, DIFF_TOKENS, state, NULL, 0) >=
		       (object->kind == L1_WINDOW ? 1 : amount);
	case L1_ADD:
		before = value_of(e, values, DIFF_STATE, state, NULL, 0);
		return amount <= (int64_t)object->amount - before;
	case L1_SUB:
		return amount <= value_of(e, values, DIFF_STATE, state, NULL, 0);
	case L1_INSERT:
		return (uint64_t)amount - (uint64_t)object->low < object->amount &&
		       (value_of(e, values, DIFF_ROOM, state, NULL, 0) != 0 ||
			       value_of(e, values, DIFF_MEMBER, state, operand,
				       operand == NULL ? effect->amount : 0) != 0);
	case L1_ENTER:
		before = value_of(e, values, DIFF_STATE, state, NULL, 0);
		return (object->sources[effect->amount] >> before & 1) != 0;
	case L1_REMOVE:
	case L1_HOLD:
	case L1_DROP:
	case L1_ANEW:
		break;
	}
	return true;
}

static bool
type_has(const struct l1_field *field, int64_t value)
{
	if (field->kind != L1_ENUM) {
		return field->kind == L1_TAIL || (value >= field->low && value <= field->high);
	}
	for (uint32_t i = 0; i < field->name_count; i++) {
		if (field->names[i].value == value) {
			return true;
		}
	}
	return false;
}

static bool
shape_fits(const struct diff_event *e, enum diff_side side, const int64_t *values)
{
	const struct l1_message *message = e->views[side].message;

	for (uint32_t i = 0; i < e->fields.count; i++) {
		const struct diff_common *axis = diff_axis_at(e, i);

		if (axis->is.axis == DIFF_FIELD &&
			!type_has(diff_field_at(message, axis->is.constant),
				value_at(e, values, &axis->field))) {
			return false;
		}
	}
	return true;
}

const struct l1_cell *
diff_grants(const struct diff_event *e, enum diff_side side, const int64_t *values,
	const struct l1_cell **nearest)
{
	const struct diff_view *view = &e->views[side];
	const struct l1_cell *granting = NULL;

	*nearest = NULL;
	if (view->message == NULL || !shape_fits(e, side, values)) {
		return NULL;
	}
	for (uint32_t i = 0; i < view->count; i++) {
		const struct l1_cell *cell = &view->cells[i];

		if (cell->is_bound && cell->source->number != view->call_rule) {
			continue;
		}
		if (!cell->source->is_forbid && *nearest == NULL) {
			*nearest = cell;
		}
		if (!grid_holds(e->grid, values, view->conditions[i])) {
			continue;
		}
		if (cell->source->is_forbid) {
			*nearest = cell;
			return NULL;
		}
		if (granting == NULL) {
			granting = cell;
		}
	}
	for (uint32_t i = 0; granting != NULL && i < l1_effect_count(granting); i++) {
		if (!effect_fits(e, side, &l1_effects(granting)[i], values)) {
			*nearest = granting;
			return NULL;
		}
	}
	return granting;
}

/* One set, one value: it is there or not, for whoever asks; and a place for each that is. */
static bool
set_is_possible(const struct diff_event *e, const int64_t *values, const struct diff_common *room)
{
	const struct l1_object *set = room->is.state->object;
	int64_t there[GRID_AXES_MAX];
	uint32_t count = 0;
	uint32_t absent = 0; /* values that are not there: at most so many */

	for (uint32_t i = 0; i < e->fields.count; i++) {
		const struct diff_common *axis = diff_axis_at(e, i);
		int64_t value;
		uint32_t n = 0;

		if (axis->is.axis != DIFF_MEMBER || axis->is.state != room->is.state) {
			continue;
		}
		value = axis->is.member == NULL ? axis->is.constant
						: value_at(e, values, axis->is.member);
		if (value_at(e, values, &axis->field) == 0) {
			continue;
		}
		if ((uint64_t)value - (uint64_t)set->low >= set->amount) {
			return false;
		}
		while (n < count && there[n] != value) {
			n++;
		}
		there[n] = value;
		count += n == count;
	}
	for (uint32_t i = 0; i < e->fields.count; i++) {
		const struct diff_common *axis = diff_axis_at(e, i);

		if (axis->is.axis != DIFF_MEMBER || axis->is.state != room->is.state ||
			value_at(e, values, &axis->field) != 0) {
			continue;
		}
		absent++;
		for (uint32_t n = 0; n < count; n++) {
			if (there[n] == (axis->is.member == NULL
							? axis->is.constant
							: value_at(e, values, axis->is.member))) {
				return false;
			}
		}
	}
	if (room->is.axis != DIFF_ROOM) {
		return count <= set->count;
	}
	return value_at(e, values, &room->field) != 0
		       ? count < set->count
		       : set->amount >= set->count + absent && count <= set->count;
}

bool
diff_is_possible(const struct diff_event *e, const int64_t *values)
{
	if (!grid_is_possible(e->grid, values)) {
		return false;
	}
	for (uint32_t i = 0; i < e->fields.count; i++) {
		const struct diff_common *axis = diff_axis_at(e, i);

		if ((axis->is.axis == DIFF_ROOM || axis->is.axis == DIFF_MEMBER) &&
			!set_is_possible(e, values, axis)) {
			return false;
		}
	}
	return true;
}

bool
diff_effects_same(const struct diff_event *e, const struct l1_cell *old, const struct l1_cell *new)
{
	if (l1_effect_count(old) != l1_effect_count(new)) {
		return false;
	}
	for (uint32_t i = 0; i < l1_effect_count(old); i++) {
		const struct l1_effect *x = &l1_effects(old)[i];
		const struct l1_effect *y = &l1_effects(new)[i];

		if (x->kind != y->kind || x->amount != y->amount ||
			diff_state(e, DIFF_OLD, x->state) != y->state ||
			(x->field == NULL) != (y->field == NULL) ||
			(x->field != NULL &&
				diff_field_index(&e->views[DIFF_OLD], x->field) !=
					diff_field_index(&e->views[DIFF_NEW], y->field))) {
			return false;
		}
	}
	return true;
}
