/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* witness.c: a message that fulfils some conditions and that no forbid denies, if there is one. */
#include "witness.h"

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

/* Whether the axis is 8 bytes of a text of which an axis before it has some, too. */
static bool
is_text_printed(const struct grid *grid, uint32_t axis)
{
	const struct l1_field *part = grid->axes[axis].field;

	for (uint32_t i = 0; i < axis && part->look == L1_LOOK_EIGHT; i++) {
		if (grid->axes[i].field->look == L1_LOOK_EIGHT &&
			grid->axes[i].field->whole == part->whole) {
			return true;
		}
	}
	return false;
}

/* All of a text that the axes say. */
static void
text_print(struct buffer *b, const struct grid *grid, const int64_t *values,
	const struct l1_field *tail)
{
	buffer_text(b, tail->name);
	buffer_text(b, " = \"");
	for (uint32_t n = 1; n < tail->part_count; n++) {
		for (uint32_t i = 0; i < grid->axis_count; i++) {
			if (grid->axes[i].field == &tail->parts[n]) {
				buffer_text(b, condition_eight_text(b->arena, values[i]));
			}
		}
	}
	buffer_text(b, "\"");
}

/* What is there, or says that something is. */
static bool
is_said(const struct grid *grid, const int64_t *values, uint32_t axis)
{
	const struct l1_field *field = grid->axes[axis].field;

	for (uint32_t i = 0; i < grid->axis_count; i++) {
		if (grid->axes[i].field == field->guard && !l1_guard_says(field, values[i])) {
			return false;
		}
	}
	return field->presence == NULL || values[axis] != 0;
}

/* A capability by its label. */
static const char *
handle_text(struct sema *s, const struct l1_field *field, int64_t value)
{
	uint64_t label = (uint64_t)value & UINT16_MAX;

	return label < s->l1->label_count ? arena_format(&s->c->arena, "%s is %s", field->name,
						    s->l1->labels[label].name)
					  : condition_is_text(&s->c->arena, field, value);
}

static const char *
message_text(
	struct sema *s, const struct l1_cell *cell, const struct grid *grid, const int64_t *values)
{
	struct buffer b;
	const struct l1_interface *interface = s->l1->interfaces;
	const char *comma = "";

	while (interface->id != cell->interface) {
		interface++;
	}
	buffer_init(&b, &s->c->arena);
	buffer_text(&b, "`");
	buffer_text(&b, interface->short_name);
	buffer_text(&b, ".");
	buffer_text(&b, interface->methods[cell->method - 1].name);
	buffer_text(&b, "(");
	for (uint32_t i = 0; i < grid->axis_count; i++) {
		if (grid->axes[i].field->state != NULL || is_text_printed(grid, i) ||
			!is_said(grid, values, i)) {
			continue;
		}
		buffer_text(&b, comma);
		comma = ", ";
		if (grid->axes[i].field->look == L1_LOOK_EIGHT) {
			text_print(&b, grid, values, grid->axes[i].field->whole);
			continue;
		}
		if (grid->axes[i].field->carries == L1_HANDLE) {
			buffer_text(&b, handle_text(s, grid->axes[i].field, values[i]));
			continue;
		}
		buffer_text(&b, condition_is_text(&s->c->arena, grid->axes[i].field, values[i]));
	}
	buffer_text(&b, ")");
	states_print(&b, grid, values);
	buffer_text(&b, "`");
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
				*text = message_text(s, q->cell, &grid, values);
			}
		}
	}
	arena_release(&scratch);
	return answer;
}
