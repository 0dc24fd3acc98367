/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * emit_row.c: the order of one program is the order of the reasons: shape, then default, forbids by
 * rule, allows by rule, then the guard, which explains the first allow.
 */
#include "emit_row.h"

#include "emit_code.h"
#include "emit_pool.h"
#include "emit_tree.h"
#include "emit_type.h"
#include "ksm/engine/ksm.h"
#include "ksm/format.h"

static bool
cell_is_always(const struct l1_cell *cell)
{
	return cell->condition->kind == L1_ALWAYS;
}

/* `reply none`: the one condition that is never true. */
static bool
cell_is_never(const struct l1_cell *cell)
{
	return cell->condition->kind == L1_OR && cell->condition->part_count == 0;
}

/* R17: recorded unless the latch is held, which this grant does. */
static void
first_emit(struct emit_code *code, const struct l1_cell *cell)
{
	const struct l1_effect hold = {.kind = L1_HOLD, .state = l1_first(cell)};
	struct l1_range held = {1, 1};
	const struct l1_condition is_held = {
		.kind = L1_IN, .field = l1_first(cell)->field, .ranges = &held, .range_count = 1};
	uint32_t quiet = emit_code_label(code);

	emit_code_jump(code, &is_held, true, quiet);
	emit_code_effects(code, l1_effects(cell), l1_effect_count(cell));
	emit_code_effects(code, &hold, 1);
	emit_code_allow(code, cell->source->number, KSM_AUDIT_GRANTED);
	emit_code_place(code, quiet);
}

/* Of what is never refused there is no denial to be silent about. */
static uint32_t
audit_of(const struct l1_cell *cell)
{
	return cell->source->audit == KSM_AUDIT_NEVER && l1_effect_count(cell) == 0
		       ? KSM_AUDIT_UNSAID
		       : cell->source->audit;
}

static uint32_t
quiet_of(const struct l1_cell *cell)
{
	return cell->source->audit == KSM_AUDIT_NEVER ? FORMAT_DENY_QUIET : 0;
}

static void
allow_emit(struct emit_code *code, const struct l1_cell *cell)
{
	if (l1_first(cell) != NULL) {
		first_emit(code, cell);
	}
	emit_code_effects(code, l1_effects(cell), l1_effect_count(cell));
	emit_code_allow(code, cell->source->number, audit_of(cell));
}

/* A guard that does not hold: of the message, or of all tails. */
static uint32_t
guard_reason(const struct l1_cell *cell)
{
	return cell->is_tail ? KSM_REPLY_TAIL : KSM_GUARD;
}

/* The first forbid or the first allow, or NULL. */
static const struct l1_cell *
cells_first(struct emit_cells cells, bool is_forbid)
{
	const struct l1_cell *cell = cells.cells;

	for (uint32_t i = 0; i < cells.count; i++, cell++) {
		if (cell->source->is_forbid == is_forbid) {
			return cell;
		}
	}
	return NULL;
}

/* Emits forbids or allows in order. Returns whether one of them always applies, so nothing follows.
 */
static bool
verdicts_emit(struct emit_code *code, struct emit_cells cells, bool is_forbid)
{
	for (uint32_t i = 0; i < cells.count; i++) {
		const struct l1_cell *cell = &cells.cells[i];
		uint32_t next = 0;

		if (cell->source->is_forbid != is_forbid || cell_is_never(cell)) {
			continue;
		}
		if (!cell_is_always(cell)) {
			next = emit_code_label(code);
			emit_code_jump(code, cell->condition, false, next);
		}
		if (is_forbid) {
			emit_code_deny(code, KSM_FORBID, cell->source->number, quiet_of(cell));
		} else {
			allow_emit(code, cell);
		}
		if (cell_is_always(cell)) {
			return true;
		}
		emit_code_place(code, next);
	}
	return false;
}

/* All must hold: then the test that failed is the one that was made last. */
static bool
condition_is_conjunction(const struct l1_condition *condition)
{
	switch (condition->kind) {
	case L1_AND:
		for (uint32_t i = 0; i < condition->part_count; i++) {
			if (!condition_is_conjunction(condition->parts[i])) {
				return false;
			}
		}
		return true;
	case L1_IN:
	case L1_FIELDS:
		return true;
	default:
		return false;
	}
}

struct test {
	const struct l1_condition *condition;
	bool wanted;
};

static void
tests_collect(struct vector *tests, struct arena *arena, const struct l1_condition *condition,
	bool wanted)
{
	struct test *test;

	switch (condition->kind) {
	case L1_ALWAYS:
		break;
	case L1_AND:
	case L1_OR:
		for (uint32_t i = 0; i < condition->part_count; i++) {
			tests_collect(tests, arena, condition->parts[i], wanted);
		}
		break;
	case L1_NOT:
		tests_collect(tests, arena, condition->parts[0], !wanted);
		break;
	case L1_IN:
	case L1_FIELDS:
		test = vector_push(tests, arena, sizeof(*test));
		*test = (struct test){condition, wanted};
		break;
	}
}

/* Loads the field of the leftmost test of the allow that is false. One is, so the last needs no
 * test. */
static void
guard_emit(struct emit_code *code, const struct l1_cell *allow)
{
	struct vector tests = {0};
	uint32_t deny = emit_code_label(code);
	const struct test *test;
	uint32_t last;

	tests_collect(&tests, &code->pool->scratch, allow->condition, true);
	if (tests.count == 0) {
		emit_code_place(code, deny);
		emit_code_deny(code, guard_reason(allow), allow->source->number, quiet_of(allow));
		return;
	}
	test = tests.elements;
	last = tests.count - 1;
	for (uint32_t i = 0; i < last; i++) {
		emit_code_jump(code, test[i].condition, !test[i].wanted, deny);
	}
	emit_code_load(code, test[last].condition->field);
	emit_code_place(code, deny);
	emit_code_deny(code, guard_reason(allow), allow->source->number,
		FORMAT_DENY_SHOWS | quiet_of(allow));
}

/* The whole of a decision about an allow that is the only one and a conjunction. */
static void
only_allow_emit(struct emit_code *code, const struct l1_cell *allow)
{
	uint32_t deny = emit_code_label(code);

	emit_code_jump(code, allow->condition, false, deny);
	allow_emit(code, allow);
	emit_code_place(code, deny);
	emit_code_deny(code, guard_reason(allow), allow->source->number,
		FORMAT_DENY_SHOWS | quiet_of(allow));
}

static bool
allow_is_only(struct emit_cells cells, const struct l1_cell *first)
{
	for (uint32_t i = 0; i < cells.count; i++) {
		const struct l1_cell *cell = &cells.cells[i];

		if (!cell->source->is_forbid && cell != first) {
			return false;
		}
	}
	return condition_is_conjunction(first->condition);
}

/* Allows, or why none of them grants. */
static void
allows_emit(struct emit_code *code, struct emit_cells cells, const struct l1_cell *named)
{
	if (allow_is_only(cells, named)) {
		only_allow_emit(code, named);
	} else if ((code->is_tree && emit_tree(code, cells, allow_emit)) ||
		   !verdicts_emit(code, cells, false)) {
		guard_emit(code, named);
	}
}

/* Each rule decides about the calls that it granted. */
static void
bound_emit(struct emit_code *code, struct emit_cells cells)
{
	for (uint32_t i = 0; i < cells.count;) {
		struct emit_cells own = {&cells.cells[i], 0};
		uint32_t next;

		while (i < cells.count && cells.cells[i].source == own.cells->source) {
			own.count++;
			i++;
		}
		if (own.cells->source->is_forbid) {
			continue;
		}
		next = emit_code_label(code);
		emit_code_granted(code, own.cells->source->number, next);
		allows_emit(code, own, own.cells);
		emit_code_place(code, next);
	}
	emit_code_deny(code, KSM_DEFAULT, 0, 0);
}

static void
program_emit(struct emit_code *code, const struct l1_message *message, struct emit_cells cells)
{
	const struct l1_cell *named = cells_first(cells, false);
	uint32_t shape = emit_code_label(code);
	uint32_t lengths = emit_code_label(code);
	bool has_ended;

	if (message != NULL) {
		emit_type_message(code, message, lengths, shape);
	}
	if (named == NULL) {
		emit_code_deny(code, KSM_DEFAULT, 0, 0);
		has_ended = true;
	} else {
		has_ended = verdicts_emit(code, cells, true);
	}
	if (!has_ended && named->is_bound) {
		bound_emit(code, cells);
	} else if (!has_ended) {
		allows_emit(code, cells, named);
	}
	if (message != NULL && emit_type_jumps(message)) {
		emit_code_place(code, shape);
		emit_code_deny(code, KSM_SHAPE, 0, FORMAT_DENY_SHOWS);
	}
	if (message != NULL && message->length_count != 0) {
		emit_code_place(code, lengths);
		emit_code_deny(code, KSM_SHAPE, 0, false);
	}
}

/* Returns whether the action needs no look at the bytes, then sets it. */
static bool
action_is_plain(const struct l1_message *message, struct emit_cells cells, uint32_t *action)
{
	const struct l1_cell *forbid = cells_first(cells, true);
	const struct l1_cell *allow = cells_first(cells, false);
	const struct l1_cell *first = forbid != NULL ? forbid : allow;

	*action = 0;
	if (message != NULL && !emit_type_is_plain(message)) {
		return false;
	}
	if (allow == NULL) {
		return true;
	}
	if (!cell_is_always(first) || first->is_bound || l1_effect_count(first) != 0 ||
		l1_first(first) != NULL || (first->source->is_forbid && quiet_of(first) != 0)) {
		return false;
	}
	*action = first->source->number;
	if (!first->source->is_forbid) {
		*action |= FORMAT_ACTION_GRANT | audit_of(first) << FORMAT_ACTION_AUDIT_SHIFT;
	}
	return true;
}

/* Sets *cost to the steps of all ops; if these are too many, to those of the longest way [S40]. */
static void
program_make(struct emit_code *code, struct emit_pool *pool, const struct l1_message *message,
	struct emit_cells cells, uint32_t *cost)
{
	emit_code_init(code, pool);
	program_emit(code, message, cells);
	*cost = code->cost;
	if (code->cost <= FORMAT_PROGRAM_COST_MAX) {
		return;
	}
	emit_code_init(code, pool);
	code->is_tree = true;
	program_emit(code, message, cells);
	if (code->ops.count <= FORMAT_PROGRAM_OPS_MAX) {
		*cost = emit_tree_longest(code);
	}
}

uint32_t
emit_row_action(struct emit_pool *pool, const struct l1_message *message, struct emit_cells cells,
	uint32_t *cost)
{
	struct emit_code code;
	struct buffer bytes;
	uint32_t action;

	*cost = 0;
	if (action_is_plain(message, cells, &action)) {
		return action;
	}
	program_make(&code, pool, message, cells, cost);
	if (*cost > FORMAT_PROGRAM_COST_MAX) {
		return 0;
	}
	bytes = emit_code_finish(&code);
	return FORMAT_ACTION_RUN | emit_pool_program(pool, &bytes, code.need_bytes);
}

uint32_t
emit_row_carried(const struct l1_message *message, bool is_reply)
{
	uint32_t leases = 1;
	uint32_t handles = 0;

	for (uint32_t i = 0; i < message->field_count; i++) {
		enum l1_carry carries = message->fields[i].carries;

		if (carries == L1_READS || carries == L1_WRITES) {
			leases = leases << 1 | (carries == L1_WRITES);
		}
		handles += carries == L1_HANDLE;
	}
	if (is_reply) {
		return handles << FORMAT_SHAPE_REPLY_HANDLES;
	}
	return (leases == 1 ? 0 : leases) << FORMAT_SHAPE_MORE_SHIFT |
	       handles << FORMAT_SHAPE_CALL_HANDLES;
}

uint32_t
emit_row_abort(struct emit_pool *pool, struct emit_cells cells, uint32_t *cost)
{
	struct emit_code code;
	struct buffer bytes;

	program_make(&code, pool, NULL, cells, cost);
	if (*cost > FORMAT_PROGRAM_COST_MAX) {
		return 0;
	}
	bytes = emit_code_finish(&code);
	return emit_pool_program(pool, &bytes, code.need_bytes);
}
