/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cover.c: what of the rules in force is reached: verdicts, both values of each test, refusals. */
#include "cover.h"

#include <string.h>

#include "arena.h"
#include "condition_text.h"
#include "l1.h"
#include "l1_eval.h"
#include "lower.h"
#include "vector.h"

/* Looks at a test of a cell. Returns nothing: what it marks is in data. */
typedef void clause_look(void *data, const struct l1_condition *clause);

static bool
position_same(const struct l1_position *a, const struct l1_position *b)
{
	return a->line == b->line && a->column == b->column &&
	       (a->file == b->file || strcmp(a->file, b->file) == 0);
}

/* A text is one test in the source and several here, all at its place. Returns whether all tests
 * below stand at one place, which is in *at. */
static bool
place_is_one(const struct l1_condition *c, const struct l1_position **at)
{
	if (c->kind == L1_IN || c->kind == L1_FIELDS) {
		if (*at == NULL) {
			*at = &c->position;
		}
		return position_same(*at, &c->position);
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		if (!place_is_one(c->parts[i], at)) {
			return false;
		}
	}
	return true;
}

/* Conditions are as deep as the source nests, which the parser bounds. */
static void
clauses_each(const struct l1_condition *c, clause_look *look, void *data)
{
	const struct l1_position *at = NULL;

	if (place_is_one(c, &at)) {
		if (at != NULL) {
			look(data, c);
		}
		return;
	}
	for (uint32_t i = 0; i < c->part_count; i++) {
		clauses_each(c->parts[i], look, data);
	}
}

static bool
point_same(const struct cover_point *a, const struct cover_point *b)
{
	const struct l1_position *left = NULL;
	const struct l1_position *right = NULL;

	if (a->kind != b->kind || a->event != b->event || a->nth != b->nth) {
		return false;
	}
	if (a->kind == COVER_REFUSED) {
		return a->effect->state->object == b->effect->state->object &&
		       a->effect->kind == b->effect->kind && a->effect->amount == b->effect->amount;
	}
	if (a->kind == COVER_DECIDES) {
		return true;
	}
	return place_is_one(a->condition, &left) && place_is_one(b->condition, &right) &&
	       position_same(left, right);
}

/* Returns the point, which is new if there was none like it. */
static struct cover_point *
point_get(struct cover *cover, uint32_t rule, const struct cover_point *like)
{
	struct vector *points = &cover->rules[rule - 1];
	struct cover_point *found = points->elements;

	for (uint32_t i = 0; i < points->count; i++) {
		if (point_same(&found[i], like)) {
			return &found[i];
		}
	}
	found = vector_push(points, cover->a, sizeof *found);
	*found = *like;
	return found;
}

/* --- what there is -------------------------------------------------------------------------- */

struct cell_look {
	struct cover *cover;
	const struct l1_cell *cell;
	uint32_t nth;
	const struct l1_query *query; /* of an event; NULL: points are only found */
	const struct l1_memory *memory;
	const struct l1_object *object; /* does a test ask for it? */
	bool is_tested;
};

static struct cover_point
point_of(const struct cell_look *look, enum cover_kind kind)
{
	return (struct cover_point){
		.kind = kind,
		.event = look->cell->event,
		.nth = look->nth,
		.condition = look->cell->condition,
	};
}

static void
clause_mark(void *data, const struct l1_condition *clause)
{
	struct cell_look *look = data;
	uint32_t rule = look->cell->source->number;
	bool holds = look->query != NULL && l1_eval_holds(clause, look->query, look->memory);
	struct cover_point like = point_of(look, COVER_TRUE);

	like.condition = clause;
	point_get(look->cover, rule, &like)->is_reached |= look->query != NULL && holds;
	like.kind = COVER_FALSE;
	point_get(look->cover, rule, &like)->is_reached |= look->query != NULL && !holds;
}

static void
object_look(void *data, const struct l1_condition *clause)
{
	struct cell_look *look = data;
	const struct l1_condition *c = clause;

	while (c->kind != L1_IN && c->kind != L1_FIELDS) {
		c = c->parts[0];
	}
	look->is_tested |= c->field->state != NULL && c->field->state->object == look->object;
}

/* A machine that the rule tests stands where the move begins; what else can be refused is. */
static bool
can_refuse(struct cell_look *look, const struct l1_effect *effect)
{
	switch (effect->kind) {
	case L1_TAKE:
	case L1_ADD:
	case L1_SUB:
	case L1_INSERT:
		return true;
	case L1_ENTER:
		if (effect->state->object->sources[effect->amount] ==
			(UINT64_C(1) << effect->state->object->count) - 1) {
			return false;
		}
		look->object = effect->state->object;
		look->is_tested = false;
		clauses_each(look->cell->condition, object_look, look);
		return !look->is_tested;
	default:
		return false;
	}
}

/* An abort is no event that is denied [D10]. */
static void
effects_find(struct cell_look *look)
{
	for (uint32_t i = 0; i < l1_effect_count(look->cell); i++) {
		const struct l1_effect *effect = &l1_effects(look->cell)[i];
		struct cover_point like = point_of(look, COVER_REFUSED);

		if (look->cell->event == L1_ABORT || !can_refuse(look, effect)) {
			continue;
		}
		like.effect = effect;
		(void)point_get(look->cover, look->cell->source->number, &like);
		look->cover->due[effect->kind == L1_ENTER ? KSM_STATE : KSM_FULL] = true;
	}
}

/* Written, and of the moment that it was written for: not what a call implies [S18]. */
static bool
is_written(const struct l1_cell *cell)
{
	return !cell->source->is_generated &&
	       (cell->is_tail || cell->source->is_forbid || cell->event == L1_CALL);
}

static bool
cell_same_moment(const struct l1_cell *a, const struct l1_cell *b)
{
	return a->source == b->source && a->event == b->event && a->method == b->method &&
	       a->interface == b->interface && a->holder == b->holder && a->target == b->target;
}

/* Of several tails of one rule for one moment. */
static uint32_t
nth_of(const struct l1 *l1, const struct l1_cell *cell)
{
	const struct l1_cell *first = cell;

	while (first > l1->cells && cell_same_moment(first - 1, cell)) {
		first--;
	}
	return (uint32_t)(cell - first);
}

/* Together they may take every answer. */
static bool
has_sibling(const struct l1 *l1, const struct l1_cell *cell)
{
	return nth_of(l1, cell) != 0 ||
	       (cell + 1 < l1->cells + l1->cell_count && cell_same_moment(cell + 1, cell));
}

static bool
type_leaves_out(const struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *f = &message->fields[i];
		int64_t most =
			f->width_bytes >= 8 ? INT64_MAX : (INT64_C(1) << (8 * f->width_bytes)) - 1;

		if (f->carries == L1_BYTES && f->kind != L1_TAIL && !f->is_signed &&
			f->high < most) {
			return true;
		}
	}
	return false;
}

static void
cell_find(struct cover *cover, const struct l1_cell *cell)
{
	struct cell_look look = {.cover = cover, .cell = cell, .nth = nth_of(cover->l1, cell)};
	const struct l1_method *method =
		&l1_interface_find(cover->l1, cell->interface)->methods[cell->method - 1];
	struct cover_point like = point_of(&look, COVER_DECIDES);
	const struct l1_position *at = NULL;
	bool is_open = place_is_one(cell->condition, &at) && at == NULL;

	(void)point_get(cover, cell->source->number, &like);
	clauses_each(cell->condition, clause_mark, &look);
	effects_find(&look);
	cover->due[KSM_FORBID] |= cell->source->is_forbid;
	cover->due[KSM_SHAPE] |= cell->event == L1_CALL && type_leaves_out(&method->call);
	if (!cell->source->is_forbid && !is_open && !has_sibling(cover->l1, cell)) {
		cover->due[KSM_GUARD] |= cell->event == L1_CALL;
		cover->due[KSM_REPLY_TAIL] |= cell->event == L1_REPLY || cell->event == L1_ERROR;
	}
}

void
cover_begin(struct cover *cover, const struct l1 *l1, struct arena *a)
{
	*cover = (struct cover){.l1 = l1, .a = a};
	cover->rules = arena_array(a, l1->rule_count + 1u, sizeof *cover->rules);
	cover->words = arena_array(a, l1->word_count + 1u, sizeof *cover->words);
	cover->due[KSM_DEFAULT] = true;
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		if (is_written(&l1->cells[i])) {
			cell_find(cover, &l1->cells[i]);
		}
	}
}

/* --- what is reached ------------------------------------------------------------------------- */

static void
refusal_mark(struct cell_look *look, const struct l1_verdict *verdict)
{
	for (uint32_t i = 0; i < l1_effect_count(look->cell); i++) {
		const struct l1_effect *effect = &l1_effects(look->cell)[i];
		struct cover_point like = point_of(look, COVER_REFUSED);

		if (effect->state->field->offset_bytes == verdict->field &&
			(effect->kind == L1_ENTER) == (verdict->reason == KSM_STATE) &&
			can_refuse(look, effect)) {
			like.effect = effect;
			point_get(look->cover, look->cell->source->number, &like)->is_reached =
				true;
		}
	}
}

static void
cell_mark(struct cell_look *look, const struct l1_verdict *verdict)
{
	struct cover_point like = point_of(look, COVER_DECIDES);
	enum ksm_reason own = look->cell->source->is_forbid ? KSM_FORBID : KSM_GRANTED;

	clauses_each(look->cell->condition, clause_mark, look);
	if (verdict->rule != look->cell->source->number ||
		!l1_eval_holds(look->cell->condition, look->query, look->memory)) {
		return;
	}
	if (verdict->reason == own) {
		point_get(look->cover, verdict->rule, &like)->is_reached = true;
	} else if (verdict->reason == KSM_FULL || verdict->reason == KSM_STATE) {
		refusal_mark(look, verdict);
	}
}

void
cover_watch(void *data, const struct l1_query *query, const struct l1_memory *memory)
{
	struct cover *cover = data;
	struct l1_memory after = {.words = cover->words, .now_ns = memory->now_ns};

	struct cell_look look = {.cover = cover, .query = query, .memory = memory};
	struct l1_verdict verdict;
	const struct l1_cell *cells;
	uint32_t count = 0;

	memcpy(after.words, memory->words, cover->l1->word_count * sizeof *after.words);
	verdict = l1_eval(cover->l1, query, &after);
	cover->seen[verdict.reason] |= query->event != L1_ABORT;
	if (verdict.reason == KSM_SHAPE || verdict.reason == KSM_CAPABILITY) {
		return;
	}
	cells = lower_cells_asked(cover->l1, query, query->event, &count);
	for (uint32_t i = 0; cells != NULL && i < count; i++) {
		look.cell = &cells[i];
		if (is_written(look.cell) &&
			(!look.cell->is_bound || look.cell->source->number == query->call_rule)) {
			look.nth = nth_of(cover->l1, look.cell);
			cell_mark(&look, &verdict);
		}
	}
}
