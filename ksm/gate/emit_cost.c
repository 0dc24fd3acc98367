/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_cost.c: steps of rules, and which construct of a rule takes most of them [S40]. */
#include "emit_cost.h"

#include "arena.h"
#include "emit_code.h"
#include "emit_load.h"
#include "emit_row.h"
#include "ksm/format.h"

static uint32_t
test_cost(const struct l1_condition *test)
{
	const struct l1_field *field = test->field;

	if (test->kind == L1_FIELDS) {
		return emit_load_cost(field) + emit_load_cost(test->other) + 2;
	}
	return emit_load_cost(field) + (field->member != NULL ? emit_state_cost(field->state)
							      : format_set_cost(test->range_count));
}

static bool
is_test(const struct l1_condition *condition)
{
	return condition->kind == L1_IN || condition->kind == L1_FIELDS;
}

/* Whose test it is for people: of a text, all its parts are one. */
static const char *
test_name(const struct l1_condition *test)
{
	return test->field->whole != NULL ? test->field->whole->name : test->field->name;
}

/* Of tests of what has this name; NULL: of all. */
static uint32_t
condition_cost(const struct l1_condition *condition, const char *name)
{
	uint32_t sum = 0;

	if (is_test(condition)) {
		return name == NULL || test_name(condition) == name ? test_cost(condition) : 0;
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		sum += condition_cost(condition->parts[i], name);
	}
	return sum;
}

static uint32_t
effect_cost(const struct l1_effect *effect)
{
	return emit_state_cost(effect->state) + emit_load_effect_cost(effect);
}

uint32_t
emit_cell_cost(const struct l1_cell *cell)
{
	uint32_t tests = condition_cost(cell->condition, NULL);
	uint32_t sum = tests;

	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		sum += effect_cost(&l1_effects(cell)[i]);
	}
	/* Its effects stand there twice; before them a test, behind them that the latch is held. */
	return sum + (l1_first(cell) == NULL ? 0 : sum - tests + 5);
}

static const struct l1_cell *
dearest_cell(const struct emit_cells *cells)
{
	const struct l1_cell *dearest = NULL;

	for (uint32_t i = 0; i < cells->count; i++) {
		if (dearest == NULL || emit_cell_cost(&cells->cells[i]) > emit_cell_cost(dearest)) {
			dearest = &cells->cells[i];
		}
	}
	return dearest;
}

const struct l1_rule *
emit_cost_rule(const struct emit_cells *cells)
{
	const struct l1_cell *cell = dearest_cell(cells);

	return cell == NULL ? NULL : cell->source;
}

struct construct {
	const char *name;
	uint32_t cost;
	bool is_effect;
};

/* all: the condition of the cell, part: a part of it; the dearest is what is kept. */
static void
tests_weigh(
	const struct l1_condition *all, const struct l1_condition *part, struct construct *dearest)
{
	if (is_test(part)) {
		uint32_t cost = condition_cost(all, test_name(part));

		if (cost > dearest->cost) {
			*dearest = (struct construct){test_name(part), cost, false};
		}
		return;
	}
	for (uint32_t i = 0; i < part->part_count; i++) {
		tests_weigh(all, part->parts[i], dearest);
	}
}

const char *
emit_cost_help(struct arena *a, const struct emit_cells *cells, uint32_t types)
{
	const struct l1_cell *cell = dearest_cell(cells);
	struct construct dearest = {0};

	if (cell != NULL) {
		tests_weigh(cell->condition, cell->condition, &dearest);
	}
	for (uint32_t i = 0; cell != NULL && i < l1_effect_count(cell); i++) {
		if (effect_cost(&l1_effects(cell)[i]) > dearest.cost) {
			dearest = (struct construct){l1_effects(cell)[i].state->object->name,
				effect_cost(&l1_effects(cell)[i]), true};
		}
	}
	if (types > dearest.cost) {
		return arena_format(a,
			"dearest are the types of the message's fields, %u steps: give fewer of "
			"them a range or an enum, or split the method",
			types);
	}
	return arena_format(a,
		dearest.is_effect ? "dearest is what it does to `%s`, %u steps: do that in a rule "
				    "of its own, or do less"
				  : "dearest are the tests of `%s`, %u steps: split the rule, or "
				    "test fewer ranges of it",
		dearest.name, dearest.cost);
}
