/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* nearest.c: of several rules that name a message and do not grant it, the one that lacks least. */
#include "nearest.h"

#include "l1.h"
#include "l1_eval.h"
#include "lower.h"

/* What says of which thing a rule speaks weighs more than how much of it there may be. */
static uint32_t
weight(const struct l1_condition *test)
{
	const struct l1_field *field = test->field;

	if (field == NULL || field->state != NULL) {
		return 1;
	}
	return field->kind == L1_INTEGER && field->carries != L1_HANDLE &&
			       field->look != L1_LOOK_EIGHT
		       ? 1
		       : 2;
}

/* What the tests weigh that would have to come out otherwise for the condition to be as wanted.
 * Conditions are as deep as the source nests, which the parser bounds. */
static uint32_t
tests_missing(const struct l1_condition *condition, bool wanted, const struct l1_query *query,
	const struct l1_memory *memory)
{
	bool needs_all = (condition->kind == L1_AND) == wanted;
	uint32_t missing = 0;

	if (l1_eval_holds(condition, query, memory) == wanted) {
		return 0;
	}
	if (condition->kind == L1_NOT) {
		return tests_missing(condition->parts[0], !wanted, query, memory);
	}
	if (condition->kind != L1_AND && condition->kind != L1_OR) {
		return weight(condition);
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		uint32_t more = tests_missing(condition->parts[i], wanted, query, memory);

		if (needs_all) {
			missing += more;
		} else if (i == 0 || more < missing) {
			missing = more;
		}
	}
	return missing;
}

uint32_t
nearest_find(const struct l1 *l1, const struct l1_query *query, const struct l1_memory *memory,
	struct l1_verdict *verdict)
{
	const struct l1_cell *nearest = NULL;
	const struct l1_cell *cells;
	uint32_t least = UINT32_MAX;
	uint32_t named = 0;
	uint32_t count;

	if (verdict->reason != KSM_GUARD && verdict->reason != KSM_REPLY_TAIL) {
		return 1;
	}
	cells = lower_cells_asked(l1, query, query->event, &count);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t missing;

		if (cells[i].source->is_forbid ||
			(cells[i].is_bound && cells[i].source->number != query->call_rule)) {
			continue;
		}
		named++;
		missing = tests_missing(cells[i].condition, true, query, memory);
		if (missing < least) {
			least = missing;
			nearest = &cells[i];
		}
	}
	if (nearest != NULL && nearest->source->number != verdict->rule) {
		l1_eval_guard(nearest, query, memory, verdict);
	}
	return named;
}
