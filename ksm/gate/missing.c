/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* missing.c: of what steps a missing test may be, and how it is written and tried. */
#include "missing.h"

#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition_text.h"
#include "diff.h"
#include "diff_print.h"
#include "flow.h"
#include "grid.h"
#include "l1.h"
#include "lower.h"
#include "matter.h"
#include "message_words.h"
#include "missing_step.h"
#include "parse.h"
#include "policy.h"
#include "rule_text.h"
#include "sema.h"
#include "step.h"
#include "test_run.h"
#include "witness.h"

/* One that was printed. */
struct missing_test {
	const char *name;
	const char *text;
};

#define STEPS_MAX  160u /* that one search tries */
#define POINTS_MAX 48u  /* of the borders of one rule */

/* Adds the message unless it is there, or is none that a test can say. */
static void
message_add(struct vector *steps, struct sema *s, struct arena *a, const char *text)
{
	struct missing_step *step;
	struct step_message *message;
	const struct ast_step *words;
	const struct missing_step **slot = steps->elements;

	for (uint32_t i = 0; i < steps->count; i++) {
		if (strcmp(slot[i]->text, text) == 0) {
			return;
		}
	}
	words = message_words(s->c, text);
	message = arena_alloc(a, sizeof *message);
	if (words == NULL || !step_read(s, words, message)) {
		return;
	}
	step = arena_alloc(a, sizeof *step);
	step->text = text;
	step->message = message;
	slot = vector_push(steps, a, sizeof(const struct missing_step *));
	*slot = step;
}

void
missing_begin(struct missing *missing, struct policy *policy, bool is_bare)
{
	struct sema *s = policy->sema;
	const struct l1 *l1 = policy->l1;

	*missing = (struct missing){.policy = policy, .is_bare = is_bare};
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];
		struct witness_question question = {.wanted = {cell->condition},
			.wanted_count = 1,
			.cell = cell,
			.is_step = true};
		const char *text;

		if (cell->event > L1_ERROR || cell->source->is_generated) {
			continue;
		}
		if (!cell->source->is_forbid) {
			question.forbids = lower_cells(l1, cell, &question.forbid_count);
		}
		if (witness_find(s, &question, &text) == WITNESS_FOUND) {
			message_add(&missing->steps, s, &s->c->arena, text);
		}
	}
}

/* --- writing -------------------------------------------------------------------------------- */

static const char *
message_text(const struct diff *diff, const struct diff_entry *entry, enum diff_side side,
	struct arena *a)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const char *kept;

	if (out == NULL) {
		return NULL;
	}
	diff_message_print(diff, entry, side, a, out);
	kept = fclose(out) == 0 ? arena_copy(a, text, size) : NULL;
	free(text);
	return kept;
}

static const char *
step_text(const struct missing_said *said, struct arena *a)
{
	const struct missing_step *step = said->step;

	if (step->message == NULL) {
		return step->text;
	}
	if (said->reason == KSM_GRANTED) {
		return arena_format(a, "grant %s", step->text);
	}
	return said->reason == KSM_REPLY_TAIL ? arena_format(a, "deny %s", step->text)
					      : arena_format(a, "deny because %s %s",
							ksm_reason_text(said->reason), step->text);
}

static const char *
test_text(const struct vector *said, const char *name, struct arena *a)
{
	const struct missing_said *steps = said->elements;
	struct buffer b;

	buffer_init(&b, a);
	buffer_text(&b, arena_format(a, "test \"%s\" {\n", name));
	for (uint32_t i = 0, times; i < said->count; i += times) {
		const char *text = step_text(&steps[i], a);

		times = 1;
		while (i + times < said->count && steps[i + times].step == steps[i].step &&
			steps[i + times].reason == steps[i].reason) {
			times++;
		}
		buffer_text(&b, times == 1 ? arena_format(a, "    %s\n", text)
					   : arena_format(a, "    %u times { %s }\n", times, text));
	}
	buffer_text(&b, "}\n");
	return b.bytes;
}

static bool
is_passed(struct policy *policy, const char *text)
{
	struct compile *c = policy->sema->c;
	uint32_t errors = c->diags.error_count;
	const char *whole = arena_format(&c->arena, "edition %u %s", compile_edition(c), text);
	const struct ast_file *file =
		parse_source(c, source_add(c, "<missing>", whole, strlen(whole)));
	struct test_run r = {.policy = policy, .is_quiet = true};

	return c->diags.error_count == errors && test_run(&r, file->items->test) &&
	       c->diags.error_count == errors;
}

static void
lines_print(const char *text, FILE *out)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n") + 1;

		(void)fprintf(out, "    %.*s", (int)length, text);
		text += length;
	}
}

/* Returns the name of a test that was printed and finds this mistake, too; or NULL. */
static const char *
test_known(const struct missing *missing, struct policy *mistaken)
{
	const struct missing_test *tests = missing->tests.elements;

	for (uint32_t i = 0; i < missing->tests.count; i++) {
		if (!is_passed(mistaken, tests[i].text)) {
			return tests[i].name;
		}
	}
	return NULL;
}

static void
test_print(struct missing *missing, const char *name, const char *text, FILE *out)
{
	struct arena *a = &missing->policy->sema->c->arena;
	struct missing_test *test = vector_push(&missing->tests, a, sizeof *test);

	test->name = arena_copy(a, name, strlen(name));
	test->text = arena_copy(a, text, strlen(text));
	if (missing->is_bare) {
		(void)fputs(text, out);
	} else {
		(void)fputs("    missing test:\n", out);
		lines_print(text, out);
	}
}

/* --- the search ----------------------------------------------------------------------------- */

/* Messages at and beside every border of what a rule tests, and of what its effects count. */
static void
borders_add(struct vector *steps, struct sema *s, struct policy *of, const struct l1_cell *cell,
	struct arena *a)
{
	const struct l1_condition **conditions =
		arena_array(a, l1_effect_count(cell) + 1u, sizeof *conditions);
	struct grid *grid = arena_alloc(a, sizeof *grid);
	int64_t values[GRID_AXES_MAX];
	uint32_t count = 0;

	conditions[count++] = cell->condition;
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		const struct l1_field *field = l1_effects(cell)[i].field;

		if (field != NULL && field->high != INT64_MAX) {
			struct l1_condition *all = arena_alloc(a, sizeof *all);
			struct l1_range *range = arena_alloc(a, sizeof *range);

			*range = (struct l1_range){field->low, field->high};
			*all = (struct l1_condition){
				.kind = L1_IN, .field = field, .ranges = range, .range_count = 1};
			conditions[count++] = all;
		}
	}
	if (!grid_build(grid, a, conditions, count, GRID_EDGES)) {
		return;
	}
	count = grid->point_count < POINTS_MAX ? (uint32_t)grid->point_count : POINTS_MAX;
	for (uint32_t n = 0; n < count && steps->count < STEPS_MAX; n++) {
		grid_point(grid, n * grid->point_count / count, values);
		if (grid_is_possible(grid, values)) {
			message_add(steps, s, a, witness_step(of->sema, cell, grid, values));
		}
	}
}

/* ... of all rules at the places that differ. */
static void
borders_choose(const struct missing *missing, struct policy *mistaken, const struct matter *m,
	struct vector *steps)
{
	struct policy *policies[2] = {mistaken, missing->policy};
	const struct l1_cell *places = m->places.elements;

	for (uint32_t i = 0; i < m->differing; i++) {
		for (uint32_t p = 0; p < 2; p++) {
			const struct l1 *l1 = policies[p]->l1;

			for (uint32_t event = L1_CALL; event <= L1_ERROR; event++) {
				struct l1_cell like = places[i];
				const struct l1_cell *cells;
				uint32_t count;

				like.event = (enum l1_event)event;
				cells = lower_cells(l1, &like, &count);
				for (uint32_t n = 0; n < count; n++) {
					borders_add(steps, missing->policy->sema, policies[p],
						&cells[n], m->a);
				}
			}
		}
	}
}

/* The steps that matter: the differences' own messages, the policy's messages, and time. */
static void
steps_choose(const struct missing *missing, const struct diff *diff, const struct matter *m,
	struct vector *steps)
{
	struct sema *s = missing->policy->sema;
	const struct diff_entry *entries = diff->entries.elements;
	const struct missing_step *const *known = missing->steps.elements;

	for (uint32_t i = 0; i < diff->entries.count; i++) {
		enum diff_side side = entries[i].kind == DIFF_LESS ? DIFF_OLD : DIFF_NEW;
		bool is_message = entries[i].kind <= DIFF_EFFECTS && entries[i].event <= L1_ERROR;
		const char *text = is_message ? message_text(diff, &entries[i], side, m->a) : NULL;

		if (text != NULL) {
			message_add(steps, s, m->a, text);
		}
	}
	for (uint32_t i = 0; i < missing->steps.count && steps->count < STEPS_MAX; i++) {
		const struct l1_query *q = &known[i]->message->query;
		struct l1_cell place = {.holder = q->holder,
			.target = q->target,
			.interface = q->interface,
			.method = q->method & L1_METHOD};
		const struct missing_step **slot;

		if (matter_has(m, &place)) {
			slot = vector_push(steps, m->a, sizeof *slot);
			*slot = known[i];
		}
	}
}

static void
event_add(const struct matter *m, struct vector *steps, const struct missing_step *event)
{
	struct missing_step *step;
	const struct missing_step **slot;

	if (steps->count < STEPS_MAX) {
		step = arena_alloc(m->a, sizeof *step);
		*step = *event;
		slot = vector_push(steps, m->a, sizeof *slot);
		*slot = step;
	}
}

/* Time that passes, as long as what is remembered of it, and who may begin anew. */
static void
events_add(const struct matter *m, struct vector *steps)
{
	const struct l1_object *const *objects = m->objects.elements;
	const struct l1_cell *places = m->places.elements;

	for (uint32_t i = 0; i < m->objects.count; i++) {
		enum l1_object_kind kind = objects[i]->kind;

		if (kind == L1_BUCKET || kind == L1_WINDOW || kind == L1_LATCH) {
			event_add(m, steps,
				&(struct missing_step){.wait_ns = objects[i]->amount,
					.text = arena_format(m->a, "wait %s",
						condition_time_text(m->a, objects[i]->amount))});
		}
	}
	for (uint32_t label = LABEL_INIT + 1; label < m->l1[0]->label_count; label++) {
		bool is_part = false;

		for (uint32_t i = 0; i < m->places.count; i++) {
			is_part = is_part || places[i].holder == label ||
				  flow_node(m->l1[0], places[i].target) == label;
		}
		if (is_part && m->l1[0]->labels[label].kind == L1_LABEL_INSTANCE) {
			event_add(m, steps,
				&(struct missing_step){.restarts = (uint16_t)label,
					.text = arena_format(
						m->a, "restart %s", m->l1[0]->labels[label].name)});
		}
	}
}

/* The test of the shortest way to where the two part; or NULL. */
static const char *
test_find(const struct missing *missing, struct policy *mistaken, const struct matter *m,
	struct vector *steps, const char *name)
{
	static const struct {
		enum missing_goal goal;
		bool has_borders, has_events;
	} passes[] = {{MISSING_GRANT, false, false}, {MISSING_GRANT, true, false},
		{MISSING_REASON, false, false}, {MISSING_GRANT, false, true}};
	const struct l1 right = matter_part(m, m->l1[0]);
	const struct l1 wrong = matter_part(m, m->l1[1]);

	for (uint32_t i = 0; i < sizeof passes / sizeof passes[0]; i++) {
		struct vector said = {0};
		const char *text;

		if (passes[i].has_borders) {
			borders_choose(missing, mistaken, m, steps);
		}
		if (passes[i].has_events) {
			events_add(m, steps);
		}
		if (!missing_search(&right, &wrong, steps->elements, steps->count, passes[i].goal,
			    m->a, &said)) {
			continue;
		}
		text = test_text(&said, name, m->a);
		if (is_passed(missing->policy, text) && !is_passed(mistaken, text)) {
			return text;
		}
	}
	return NULL;
}

/* Whether an allow may grant the calls of that place. */
static bool
has_allow(const struct l1 *l1, const struct l1_cell *place)
{
	struct l1_cell like = *place;
	const struct l1_cell *cells;
	uint32_t count;

	like.event = L1_CALL;
	cells = lower_cells(l1, &like, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (!cells[i].source->is_forbid) {
			return true;
		}
	}
	return false;
}

bool
missing_is_none(const struct l1 *right, const struct l1 *mistaken)
{
	uint32_t number = 0;

	while (number < mistaken->rule_count &&
		rule_text_same(&right->rules[number], &mistaken->rules[number])) {
		number++;
	}
	if (right->rule_count != mistaken->rule_count + 1 || !right->rules[number].is_forbid) {
		return false;
	}
	for (uint32_t i = 0; i < right->cell_count; i++) {
		if (right->cells[i].source->number == number + 1 &&
			has_allow(right, &right->cells[i])) {
			return false;
		}
	}
	return true;
}

bool
missing_print(struct missing *missing, struct policy *mistaken, const struct diff *diff,
	const char *name, FILE *out)
{
	struct arena a;
	struct matter m;
	struct vector steps = {0};
	const char *known = test_known(missing, mistaken);
	const char *text;

	if (known != NULL) {
		if (!missing->is_bare) {
			(void)fprintf(out, "    the test \"%s\" above finds it, too\n", known);
		}
		return true;
	}
	arena_init(&a);
	matter_find(&m, diff, &a);
	steps_choose(missing, diff, &m, &steps);
	text = test_find(missing, mistaken, &m, &steps, name);
	if (text != NULL) {
		test_print(missing, name, text, out);
	}
	arena_release(&a);
	return text != NULL;
}
