/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_same.c: conditions and effects side by side, names and numbers aside. */
#include "diff_same.h"
#include "diff_map.h"
#include "l1.h"

#include <stddef.h>

static bool
field_equal(const struct diff_map *map, const struct l1_field *old, const struct l1_field *new)
{
	if (old == NULL || new == NULL) {
		return old == new;
	}
	if (old->term_count != new->term_count) {
		return false;
	}
	for (uint32_t i = 0; i < old->term_count; i++) {
		if (old->terms[i].is_subtracted != new->terms[i].is_subtracted ||
			!field_equal(map, old->terms[i].field, new->terms[i].field)) {
			return false;
		}
	}
	if (old->state == NULL || new->state == NULL) {
		return old->state == new->state && old->offset_bytes == new->offset_bytes &&
		       old->look == new->look && old->low == new->low && old->high == new->high &&
		       old->name_count == new->name_count;
	}
	return map->states[old->state->number] == new->state &&
	       old->state->object->amount ==
		       new->state->object->amount &&field_equal(map, old->member, new->member) &&
	       field_equal(map, old->index, new->index);
}

static bool
condition_same(
	const struct diff_map *map, const struct l1_condition *old, const struct l1_condition *new)
{
	if (old->kind != new->kind || old->relation != new->relation ||
		old->part_count != new->part_count || old->range_count != new->range_count ||
		!field_equal(map, old->field, new->field) ||
		!field_equal(map, old->other, new->other)) {
		return false;
	}
	for (uint32_t i = 0; i < old->range_count; i++) {
		if (old->ranges[i].low != new->ranges[i].low ||
			old->ranges[i].high != new->ranges[i].high) {
			return false;
		}
	}
	for (uint32_t i = 0; i < old->part_count; i++) {
		if (!condition_same(map, old->parts[i], new->parts[i])) {
			return false;
		}
	}
	return true;
}

static bool
effect_same(const struct diff_map *map, const struct l1_effect *old, const struct l1_effect *new)
{
	const struct l1_object *x = old->state->object;
	const struct l1_object *y = new->state->object;

	if (old->kind != new->kind || old->amount != new->amount ||
		map->states[old->state->number] != new->state || x->amount != y->amount ||
		x->count != y->count || !field_equal(map, old->field, new->field) ||
		!field_equal(map, old->index, new->index)) {
		return false;
	}
	return old->kind != L1_ENTER || x->sources[old->amount] == y->sources[new->amount];
}

bool
diff_cell_same(const struct diff_map *map, const struct l1_cell *old, const struct l1_cell *new)
{
	if (old->event != new->event || old->is_tail != new->is_tail ||
		old->is_bound != new->is_bound ||
		(l1_first(old) == NULL) != (l1_first(new) == NULL) ||
		l1_effect_count(old) != l1_effect_count(new) ||
		old->source->is_forbid != new->source->is_forbid ||
		old->source->audit != new->source->audit ||
		!condition_same(map, old->condition, new->condition)) {
		return false;
	}
	for (uint32_t i = 0; i < l1_effect_count(old); i++) {
		if (!effect_same(map, &l1_effects(old)[i], &l1_effects(new)[i])) {
			return false;
		}
	}
	return true;
}

bool
diff_types_same(const struct l1_message *old, const struct l1_message *new)
{
	for (uint32_t i = 0; i < old->field_count; i++) {
		if (old->fields[i].low != new->fields[i].low ||
			old->fields[i].high != new->fields[i].high ||
			old->fields[i].name_count != new->fields[i].name_count) {
			return false;
		}
	}
	return true;
}
