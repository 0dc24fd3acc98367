/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* matter.c: what of two policies a difference of theirs is about. */
#include "matter.h"

#include <string.h>

#include "arena.h"
#include "diff.h"
#include "l1.h"
#include "lower.h"
#include "rule_text.h"

static bool
is_same_place(const struct l1_cell *a, const struct l1_cell *b)
{
	return a->holder == b->holder && a->target == b->target && a->interface == b->interface &&
	       a->method == b->method;
}

bool
matter_has(const struct matter *m, const struct l1_cell *cell)
{
	const struct l1_cell *places = m->places.elements;

	for (uint32_t i = 0; i < m->places.count; i++) {
		if (is_same_place(&places[i], cell)) {
			return true;
		}
	}
	return false;
}

static bool
has_object(const struct matter *m, const struct l1_object *object)
{
	const struct l1_object *const *objects = m->objects.elements;

	for (uint32_t i = 0; i < m->objects.count; i++) {
		if (strcmp(objects[i]->name, object->name) == 0) {
			return true;
		}
	}
	return false;
}

static void
object_add(struct matter *m, const struct l1_state *state)
{
	const struct l1_object **slot;

	if (state != NULL && !has_object(m, state->object)) {
		slot = vector_push(&m->objects, m->a, sizeof *slot);
		*slot = state->object;
	}
}

/* Conditions are as deep as the source nests, which the parser bounds. */
static void
condition_objects(struct matter *m, const struct l1_condition *condition)
{
	for (uint32_t i = 0; i < condition->part_count; i++) {
		condition_objects(m, condition->parts[i]);
	}
	if (condition->field != NULL) {
		object_add(m, condition->field->state);
	}
	if (condition->other != NULL) {
		object_add(m, condition->other->state);
	}
}

/* Conditions are as deep as the source nests, which the parser bounds. */
static bool
looks_at_object(const struct matter *m, const struct l1_condition *condition)
{
	const struct l1_field *fields[] = {condition->field, condition->other};

	for (uint32_t i = 0; i < 2; i++) {
		if (fields[i] != NULL && fields[i]->state != NULL &&
			has_object(m, fields[i]->state->object)) {
			return true;
		}
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		if (looks_at_object(m, condition->parts[i])) {
			return true;
		}
	}
	return false;
}

static bool
touches_object(const struct matter *m, const struct l1_cell *cell)
{
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		if (has_object(m, l1_effects(cell)[i].state->object)) {
			return true;
		}
	}
	return looks_at_object(m, cell->condition);
}

static void
place_add(struct matter *m, const struct l1_cell *cell)
{
	struct l1_cell *place;

	if (!matter_has(m, cell)) {
		place = vector_push(&m->places, m->a, sizeof *place);
		*place = *cell;
	}
}

/* Where one of the two has a rule that the other has not. */
static void
rules_compare(struct matter *m, const struct l1 *l1, const struct l1 *other)
{
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		uint32_t count;
		const struct l1_cell *cells = lower_cells(other, &l1->cells[i], &count);
		uint32_t n = 0;

		while (n < count && !rule_text_same(cells[n].source, l1->cells[i].source)) {
			n++;
		}
		if (n == count) {
			place_add(m, &l1->cells[i]);
		}
	}
}

/* What a place remembers or looks at, and the places that do so, too. Returns whether there is more
 * to look at.
 */
static bool
matter_grow(struct matter *m, const struct l1 *l1)
{
	uint32_t before = m->places.count + m->objects.count;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];

		if (touches_object(m, cell)) {
			place_add(m, cell);
		}
		if (matter_has(m, cell)) {
			condition_objects(m, cell->condition);
			for (uint32_t n = 0; n < l1_effect_count(cell); n++) {
				object_add(m, l1_effects(cell)[n].state);
			}
		}
	}
	return m->places.count + m->objects.count != before;
}

void
matter_find(struct matter *m, const struct diff *diff, struct arena *a)
{
	const struct diff_entry *entries = diff->entries.elements;

	*m = (struct matter){.l1 = {diff->l1[DIFF_OLD], diff->l1[DIFF_NEW]}, .a = a};
	for (uint32_t i = 0; i < diff->entries.count; i++) {
		place_add(m, entries[i].cells[DIFF_OLD] != NULL ? entries[i].cells[DIFF_OLD]
								: entries[i].cells[DIFF_NEW]);
	}
	rules_compare(m, m->l1[0], m->l1[1]);
	rules_compare(m, m->l1[1], m->l1[0]);
	m->differing = m->places.count;
	while (matter_grow(m, m->l1[0]) || matter_grow(m, m->l1[1])) {
	}
}

struct l1
matter_part(const struct matter *m, const struct l1 *l1)
{
	struct l1 part = *l1;

	part.cells = arena_array(m->a, l1->cell_count + 1, sizeof *part.cells);
	part.cell_count = 0;
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		if (matter_has(m, &l1->cells[i])) {
			part.cells[part.cell_count++] = l1->cells[i];
		}
	}
	return part;
}
