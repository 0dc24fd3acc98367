/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff.c: two lists of cells are walked together; where they differ, a grid over both finds how. */
#include "diff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "diff_axis.h"
#include "diff_map.h"
#include "diff_same.h"
#include "grid.h"
#include "l1.h"

/* The cells of one method between the same two. */
struct run {
	uint64_t key;
	uint32_t first;
	uint32_t count;
};

struct walk {
	struct diff *diff;
	struct diff_map map;
	struct arena scratch; /* of a place */
	struct run *runs[DIFF_SIDES];
	uint32_t run_count[DIFF_SIDES];
};

static int
run_order(const void *a, const void *b)
{
	const struct run *x = a;
	const struct run *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static bool
is_same_method(const struct l1_cell *a, const struct l1_cell *b)
{
	return a->holder == b->holder && a->target == b->target && a->interface == b->interface &&
	       a->method == b->method;
}

static void
runs_make(struct walk *w, enum diff_side side, struct arena *a)
{
	const struct l1 *l1 = w->diff->l1[side];
	struct run *runs = arena_array(a, l1->cell_count, sizeof *runs);
	uint32_t count = 0;
	bool is_sorted = true;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		if (i != 0 && is_same_method(&l1->cells[i - 1], &l1->cells[i])) {
			runs[count - 1].count++;
			continue;
		}
		runs[count] = (struct run){diff_key(&w->map, l1, &l1->cells[i]), i, 1};
		is_sorted = is_sorted && (count == 0 || runs[count - 1].key < runs[count].key);
		count++;
	}
	if (!is_sorted) {
		qsort(runs, count, sizeof *runs, run_order);
	}
	w->runs[side] = runs;
	w->run_count[side] = count;
}

static const struct l1_method *
method_of(const struct l1 *l1, const struct l1_cell *cell)
{
	return &l1->interfaces[diff_interface(l1, cell->interface)].methods[cell->method - 1];
}

/* How one method differs, beside its rules. */
struct method_pair {
	const struct l1_method *methods[DIFF_SIDES]; /* NULL: it is not there */
	bool is_call_same;
	bool is_reply_same;
};

static struct method_pair
methods_of(const struct walk *w, const struct l1_cell *old, const struct l1_cell *new)
{
	struct method_pair pair = {{NULL, NULL}, false, false};

	if (new != NULL) {
		pair.methods[DIFF_NEW] = method_of(w->diff->l1[DIFF_NEW], new);
	}
	if (old != NULL) {
		const struct diff_methods *known =
			&w->map.interfaces[diff_interface(w->diff->l1[DIFF_OLD], old->interface)];

		pair.methods[DIFF_OLD] = method_of(w->diff->l1[DIFF_OLD], old);
		pair.is_call_same = new != NULL && known->is_call_same[old->method - 1];
		pair.is_reply_same = new != NULL && known->is_reply_same[old->method - 1];
	}
	return pair;
}

static bool
place_same(const struct walk *w, const struct run *old, const struct run *new)
{
	const struct l1_cell *x = &w->diff->l1[DIFF_OLD]->cells[old->first];
	const struct l1_cell *y = &w->diff->l1[DIFF_NEW]->cells[new->first];
	struct method_pair pair;

	if (old->count != new->count) {
		return false;
	}
	for (uint32_t i = 0; i < old->count; i++) {
		if (!diff_cell_same(&w->map, &x[i], &y[i])) {
			return false;
		}
	}
	pair = methods_of(w, x, y);
	return pair.is_call_same && pair.is_reply_same &&
	       diff_types_same(&pair.methods[DIFF_OLD]->call, &pair.methods[DIFF_NEW]->call) &&
	       diff_types_same(&pair.methods[DIFF_OLD]->reply, &pair.methods[DIFF_NEW]->reply);
}

static struct diff_entry *
entry_add(struct walk *w, enum diff_kind kind, enum l1_event event)
{
	struct diff_entry *entry = vector_push(&w->diff->entries, w->diff->a, sizeof *entry);

	entry->kind = kind;
	entry->event = event;
	return entry;
}

static void
entry_witness(
	struct walk *w, const struct diff_event *e, const int64_t *values, struct diff_entry *entry)
{
	struct diff_value *out = arena_array(w->diff->a, e->grid->axis_count, sizeof *out);

	entry->values = out;
	entry->value_count = e->grid->axis_count;
	for (uint32_t i = 0; i < e->grid->axis_count; i++) {
		const struct diff_common *axis = NULL;
		struct l1_field *kept = arena_alloc(w->diff->a, sizeof *kept);

		for (uint32_t n = 0; n < e->fields.count; n++) {
			if (&diff_axis_at(e, n)->field == e->grid->axes[i].field) {
				axis = diff_axis_at(e, n);
			}
		}
		assert(axis != NULL); /* the grid was made of these fields */
		out[i] = axis->is;
		*kept = axis->field;
		out[i].field = kept;
		out[i].value = values[i];
		if (axis->is.member != NULL) {
			struct l1_field *member = arena_alloc(w->diff->a, sizeof *member);

			*member = *axis->is.member;
			out[i].member = member;
		}
	}
}

/* What was found at one event, so that each kind is told once. */
struct event_found {
	bool kinds[DIFF_KINDS];
};

static void
point_look(struct walk *w, const struct diff_event *e, const int64_t *values, enum l1_event event,
	struct event_found *found)
{
	const struct l1_cell *near[DIFF_SIDES];
	const struct l1_cell *old = diff_grants(e, DIFF_OLD, values, &near[DIFF_OLD]);
	const struct l1_cell *new = diff_grants(e, DIFF_NEW, values, &near[DIFF_NEW]);
	enum diff_kind kind;
	struct diff_entry *entry;

	if (old == NULL && new == NULL) {
		return;
	}
	if (old == NULL || new == NULL) {
		kind = old == NULL ? DIFF_MORE : DIFF_LESS;
	} else if (!diff_effects_same(e, old, new)) {
		kind = DIFF_EFFECTS;
	} else if (old->source->audit != new->source->audit) {
		kind = DIFF_AUDIT;
	} else {
		return;
	}
	if (found->kinds[kind] || !diff_is_possible(e, values)) {
		return;
	}
	found->kinds[kind] = true;
	entry = entry_add(w, kind, event);
	entry->cells[DIFF_OLD] = old != NULL ? old : near[DIFF_OLD];
	entry->cells[DIFF_NEW] = new != NULL ? new : near[DIFF_NEW];
	entry_witness(w, e, values, entry);
	entry->call_rules[DIFF_OLD] = e->views[DIFF_OLD].call_rule;
	entry->call_rules[DIFF_NEW] = e->views[DIFF_NEW].call_rule;
}

static void
event_compare(struct walk *w, struct diff_event *e, enum l1_event event)
{
	struct event_found found = {{false}};
	int64_t values[GRID_AXES_MAX];

	if (!diff_event_begin(e)) {
		struct diff_entry *entry = entry_add(w, DIFF_UNKNOWN, event);

		for (int side = 0; side < DIFF_SIDES; side++) {
			entry->cells[side] =
				e->views[side].count == 0 ? NULL : e->views[side].cells;
		}
		return;
	}
	for (uint64_t n = 0; n < e->grid->point_count; n++) {
		grid_point(e->grid, n, values);
		point_look(w, e, values, event, &found);
	}
}

static struct diff_view
view_of(const struct walk *w, enum diff_side side, const struct run *run,
	const struct l1_method *method, enum l1_event event)
{
	static const struct l1_message empty = {0};
	struct diff_view view = {0};
	const struct l1_cell *cells;

	if (run == NULL) {
		return view;
	}
	cells = &w->diff->l1[side]->cells[run->first];
	view.message = event == L1_CALL    ? &method->call
		       : event == L1_REPLY ? &method->reply
		       : event == L1_ERROR ? &method->error
					   : &empty;
	for (uint32_t i = 0; i < run->count; i++) {
		if (cells[i].event == event) {
			view.cells = view.count == 0 ? &cells[i] : view.cells;
			view.count++;
		}
	}
	return view;
}

/* Rules that allow the call and judge its answers; 0: all do. */
static uint32_t
call_rule_at(const struct walk *w, enum diff_side side, const struct run *run,
	const struct diff_view *view, uint32_t index)
{
	const struct l1_cell *cells = &w->diff->l1[side]->cells[run->first];
	bool is_bound = false;

	for (uint32_t i = 0; i < view->count; i++) {
		is_bound = is_bound || view->cells[i].is_bound;
	}
	if (!is_bound) {
		return index == 0 ? 0 : UINT32_MAX;
	}
	for (uint32_t i = 0; i < run->count; i++) {
		if (cells[i].event == L1_CALL && !cells[i].source->is_forbid && index-- == 0) {
			return cells[i].source->number;
		}
	}
	return UINT32_MAX;
}

/* Whether one call can be granted by both rules; 0: any. */
static bool
calls_meet(struct walk *w, const struct run *const *runs, const struct method_pair *pair,
	const uint32_t *rules)
{
	struct diff_event e = {.map = &w->map, .a = &w->scratch};
	int64_t values[GRID_AXES_MAX];
	const struct l1_cell *near;

	for (int side = 0; side < DIFF_SIDES; side++) {
		e.views[side] =
			view_of(w, (enum diff_side)side, runs[side], pair->methods[side], L1_CALL);
	}
	if (!pair->is_call_same || !diff_event_begin(&e)) {
		return true;
	}
	for (uint64_t n = 0; n < e.grid->point_count; n++) {
		bool is_both = true;

		grid_point(e.grid, n, values);
		for (int side = 0; is_both && side < DIFF_SIDES; side++) {
			const struct l1_cell *cell =
				diff_grants(&e, (enum diff_side)side, values, &near);

			is_both = cell != NULL &&
				  (rules[side] == 0 || cell->source->number == rules[side]);
		}
		if (is_both) {
			return true;
		}
	}
	return false;
}

/* Answers of calls that both policies may grant; each rule's by itself, if rules judge them. */
static void
answers_compare(struct walk *w, const struct run *const *runs, const struct method_pair *pair,
	enum l1_event event)
{
	struct diff_event e = {.map = &w->map, .a = &w->scratch};
	uint32_t rules[DIFF_SIDES];

	for (int side = 0; side < DIFF_SIDES; side++) {
		e.views[side] =
			view_of(w, (enum diff_side)side, runs[side], pair->methods[side], event);
	}
	for (uint32_t i = 0;; i++) {
		rules[DIFF_OLD] = call_rule_at(w, DIFF_OLD, runs[DIFF_OLD], &e.views[DIFF_OLD], i);
		if (rules[DIFF_OLD] == UINT32_MAX) {
			return;
		}
		for (uint32_t j = 0;; j++) {
			rules[DIFF_NEW] =
				call_rule_at(w, DIFF_NEW, runs[DIFF_NEW], &e.views[DIFF_NEW], j);
			if (rules[DIFF_NEW] == UINT32_MAX) {
				break;
			}
			e.views[DIFF_OLD].call_rule = rules[DIFF_OLD];
			e.views[DIFF_NEW].call_rule = rules[DIFF_NEW];
			if (calls_meet(w, runs, pair, rules)) {
				event_compare(w, &e, event);
			}
		}
	}
}

static bool
grants_calls(const struct walk *w, enum diff_side side, const struct run *run)
{
	const struct l1_cell *cells = &w->diff->l1[side]->cells[run->first];

	for (uint32_t i = 0; i < run->count; i++) {
		if (cells[i].event == L1_CALL && !cells[i].source->is_forbid) {
			return true;
		}
	}
	return false;
}

/* One side's calls by themselves: against nobody's. */
static void
alone_compare(
	struct walk *w, enum diff_side side, const struct run *run, const struct l1_method *method)
{
	struct diff_event e = {.a = &w->scratch};

	e.views[side] = view_of(w, side, run, method, L1_CALL);
	event_compare(w, &e, L1_CALL);
}

static void
place_compare(struct walk *w, const struct run *old, const struct run *new)
{
	const struct run *runs[DIFF_SIDES] = {old, new};
	const struct l1 *const *l1 = w->diff->l1;
	struct method_pair pair =
		methods_of(w, old == NULL ? NULL : &l1[DIFF_OLD]->cells[old->first],
			new == NULL ? NULL : &l1[DIFF_NEW]->cells[new->first]);

	arena_reset(&w->scratch);
	if (old == NULL || new == NULL || !pair.is_call_same) {
		if (old != NULL) {
			alone_compare(w, DIFF_OLD, old, pair.methods[DIFF_OLD]);
		}
		if (new != NULL) {
			alone_compare(w, DIFF_NEW, new, pair.methods[DIFF_NEW]);
		}
		return;
	}
	{
		struct diff_event e = {.map = &w->map, .a = &w->scratch};

		e.views[DIFF_OLD] = view_of(w, DIFF_OLD, old, pair.methods[DIFF_OLD], L1_CALL);
		e.views[DIFF_NEW] = view_of(w, DIFF_NEW, new, pair.methods[DIFF_NEW], L1_CALL);
		event_compare(w, &e, L1_CALL);
	}
	if (!grants_calls(w, DIFF_OLD, old) || !grants_calls(w, DIFF_NEW, new)) {
		return;
	}
	if (pair.is_reply_same) {
		answers_compare(w, runs, &pair, L1_REPLY);
	} else {
		struct diff_entry *entry = entry_add(w, DIFF_ANSWER, L1_REPLY);

		entry->cells[DIFF_OLD] = &l1[DIFF_OLD]->cells[old->first];
		entry->cells[DIFF_NEW] = &l1[DIFF_NEW]->cells[new->first];
	}
	if (pair.methods[DIFF_OLD]->error_count != 0 && pair.methods[DIFF_NEW]->error_count != 0) {
		answers_compare(w, runs, &pair, L1_ERROR);
	}
	answers_compare(w, runs, &pair, L1_ABORT);
}

void
diff_policies(struct diff *diff, const struct l1 *old, const struct l1 *new, struct arena *a)
{
	struct walk w = {.diff = diff};
	struct arena runs;
	uint32_t i = 0;
	uint32_t j = 0;

	*diff = (struct diff){.l1 = {old, new}, .a = a};
	arena_init(&w.scratch);
	arena_init(&runs);
	diff_map_make(&w.map, old, new, &runs);
	runs_make(&w, DIFF_OLD, &runs);
	runs_make(&w, DIFF_NEW, &runs);
	while (i < w.run_count[DIFF_OLD] || j < w.run_count[DIFF_NEW]) {
		const struct run *x = i < w.run_count[DIFF_OLD] ? &w.runs[DIFF_OLD][i] : NULL;
		const struct run *y = j < w.run_count[DIFF_NEW] ? &w.runs[DIFF_NEW][j] : NULL;

		if (x != NULL && y != NULL && x->key != y->key) {
			x = x->key < y->key ? x : NULL;
			y = x == NULL ? y : NULL;
		}
		if (x == NULL || y == NULL || !place_same(&w, x, y)) {
			place_compare(&w, x, y);
		}
		i += x != NULL;
		j += y != NULL;
		diff->places++;
	}
	arena_release(&runs);
	arena_release(&w.scratch);
}

bool
diff_is_more(enum diff_kind kind)
{
	return kind != DIFF_LESS && kind != DIFF_AUDIT;
}
