/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* witness.c: a message that fulfils some conditions and that no forbid denies, if there is one. */
#include "witness.h"

#include "event_text.h"
#include "buffer.h"
#include "compile.h"
#include "condition_text.h"
#include "grid.h"
#include "sema.h"

/* What must be remembered for it: ` when Heat is idle and Service held`. */
static void
states_print(struct buffer *b, const struct grid *grid, const int64_t *values)
{
	const char *word = " when ";

	for (uint32_t i = 0; i < grid->axis_count; i++) {
		struct l1_range value = {values[i], values[i]};
		const struct l1_condition is = {.kind = L1_IN,
			.field = grid->axes[i].field,
			.ranges = &value,
			.range_count = 1};

		if (is.field->state != NULL) {
			buffer_text(b, word);
			buffer_text(b, condition_text(b->arena, &is));
			word = " and ";
		}
	}
}

static void
axes_print(struct buffer *b, const struct witness_question *q, struct sema *s,
	const struct grid *grid, const int64_t *values)
{
	struct argument arguments[GRID_AXES_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; i < grid->axis_count; i++) {
		if (grid->axes[i].field->state == NULL) {
			arguments[count++] = (struct argument){grid->axes[i].field, values[i]};
		}
	}
	arguments_print(b, s->l1, arguments, count, q->is_step);
}

static const char *
message_text(struct sema *s, const struct witness_question *q, const struct grid *grid,
	const int64_t *values)
{
	const struct l1_cell *cell = q->cell;
	const struct l1_interface *interface = l1_interface_find(s->l1, cell->interface);
	struct buffer b;

	buffer_init(&b, &s->c->arena);
	if (q->is_step) {
		buffer_text(&b, event_text(&s->c->arena, s->l1, cell));
	} else {
		buffer_text(&b, "`");
		buffer_text(&b, interface->short_name);
		buffer_text(&b, ".");
		buffer_text(&b, interface->methods[cell->method - 1].name);
	}
	buffer_text(&b, "(");
	axes_print(&b, q, s, grid, values);
	buffer_text(&b, ")");
	if (!q->is_step) {
		states_print(&b, grid, values);
		buffer_text(&b, "`");
	}
	return b.bytes;
}

static bool
point_fits(const struct witness_question *q, const struct grid *grid, const int64_t *values)
{
	if (!grid_is_possible(grid, values)) {
		return false;
	}
	for (uint32_t i = 0; i < q->wanted_count; i++) {
		if (!grid_holds(grid, values, q->wanted[i])) {
			return false;
		}
	}
	for (uint32_t i = 0; i < q->forbid_count; i++) {
		if (q->forbids[i].source->is_forbid &&
			grid_holds(grid, values, q->forbids[i].condition)) {
			return false;
		}
	}
	return true;
}

enum witness_answer
witness_find(struct sema *s, const struct witness_question *q, const char **text)
{
	struct arena scratch;
	struct grid grid;
	int64_t values[GRID_AXES_MAX];
	const struct l1_condition **conditions;
	uint32_t count = 0;
	enum witness_answer answer = WITNESS_NONE;

	arena_init(&scratch);
	conditions = arena_array(
		&scratch, (size_t)q->wanted_count + q->forbid_count, sizeof *conditions);
	for (uint32_t i = 0; i < q->wanted_count; i++) {
		conditions[count++] = q->wanted[i];
	}
	for (uint32_t i = 0; i < q->forbid_count; i++) {
		if (q->forbids[i].source->is_forbid) {
			conditions[count++] = q->forbids[i].condition;
		}
	}
	if (!grid_build(&grid, &scratch, conditions, count, GRID_FIRST) ||
		grid.point_count > GRID_POINTS_MAX) {
		answer = WITNESS_TOO_MANY;
	}
	for (uint64_t n = 0; answer == WITNESS_NONE && n < grid.point_count; n++) {
		grid_point(&grid, n, values);
		if (point_fits(q, &grid, values)) {
			answer = WITNESS_FOUND;
			if (text != NULL) {
				*text = message_text(s, q, &grid, values);
			}
		}
	}
	arena_release(&scratch);
	return answer;
}

const char *
witness_step(
	struct sema *s, const struct l1_cell *cell, const struct grid *grid, const int64_t *values)
{
	return message_text(
		s, &(struct witness_question){.cell = cell, .is_step = true}, grid, values);
}
