/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower.c: drafted rules and cells become the cells of L1, in order and complete. */
#include "lower.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "compile.h"
#include "condition.h"
#include "l1_eval.h"
#include "lower_rule.h"
#include "sema.h"

/* Cells are sorted by it. */
static uint64_t
place_key(const struct l1_cell *cell)
{
	return (uint64_t)cell->holder << 44 | (uint64_t)cell->target << 28 |
	       (uint64_t)cell->interface << 12 | (uint64_t)cell->method << 2 | cell->event;
}

static int
place_order(const struct l1_cell *a, const struct l1_cell *b)
{
	uint64_t left = place_key(a);
	uint64_t right = place_key(b);

	return left < right ? -1 : left > right;
}

/* Pointers into one array, so that tails of one rule keep the order in which they were added. */
static int
draft_order(const void *a, const void *b)
{
	const struct l1_cell *left = *(const struct l1_cell *const *)a;
	const struct l1_cell *right = *(const struct l1_cell *const *)b;
	int order = place_order(left, right);

	if (order != 0) {
		return order;
	}
	if (left->rule != right->rule) {
		return left->rule < right->rule ? -1 : 1;
	}
	return left < right ? -1 : left > right;
}

static uint32_t
holders_count(const struct l1_cell *cells, uint32_t count)
{
	uint32_t holders = 0;

	for (uint32_t i = 0; i < count; i++) {
		holders = cells[i].holder >= holders ? cells[i].holder + 1u : holders;
	}
	return holders;
}

/* Returns pointers to the cells in their order: told apart by holder first, then sorted. */
static struct l1_cell **
drafts_order(struct l1_cell *cells, uint32_t count, struct arena *scratch)
{
	struct l1_cell **order = arena_array(scratch, count, sizeof(*order));
	uint32_t holders = holders_count(cells, count);
	uint32_t *ends = arena_array(scratch, holders + 1, sizeof *ends);
	uint32_t first = 0;

	for (uint32_t i = 0; i < count; i++) {
		ends[cells[i].holder + 1]++;
	}
	for (uint32_t i = 0; i < holders; i++) {
		ends[i + 1] += ends[i];
	}
	for (uint32_t i = 0; i < count; i++) {
		order[ends[cells[i].holder]++] = &cells[i];
	}
	for (uint32_t i = 0; i < holders; i++) {
		qsort(order + first, ends[i] - first, sizeof(*order), draft_order);
		first = ends[i];
	}
	return order;
}

/* Cells are moved once each, along the rings in which they stand wrong. */
static void
drafts_sort(struct vector *drafts)
{
	struct l1_cell *cells = drafts->elements;
	struct arena scratch;
	struct l1_cell **order;

	arena_init(&scratch);
	order = drafts_order(cells, drafts->count, &scratch);
	for (uint32_t i = 0; i < drafts->count; i++) {
		struct l1_cell first = cells[i];
		struct l1_cell *at = &cells[i];

		while (order[at - cells] != &cells[i]) {
			struct l1_cell *next = order[at - cells];

			*at = *next;
			order[at - cells] = at;
			at = next;
		}
		*at = first;
		order[at - cells] = at;
	}
	arena_release(&scratch);
}

static uint32_t
draft_group_end(const struct vector *drafts, uint32_t first)
{
	const struct l1_cell *draft = drafts->elements;
	uint32_t end = first + 1;

	while (end < drafts->count && place_order(&draft[first], &draft[end]) == 0) {
		end++;
	}
	return end;
}

static bool
rule_is_forbid(const struct sema *s, uint32_t number)
{
	return ((const struct l1_rule *)s->rules.elements)[number - 1].is_forbid;
}

static const struct l1_method *
method_at(const struct l1 *l1, const struct l1_cell *cell)
{
	return &l1_interface_find(l1, cell->interface)->methods[cell->method - 1];
}

/* The drafts about one method between the same two, sorted by event. */
struct answers {
	struct sema *s;
	uint32_t first;
	uint32_t end;
	uint32_t allows;             /* of the call */
	bool are_written;            /* a tail is there, so each allow has answers of its own */
	bool are_free[L1_ABORT + 1]; /* of an event: rules stand there for the answers of all */
};

static struct l1_cell *
draft_at(const struct sema *s, uint32_t index)
{
	return &((struct l1_cell *)s->cells.elements)[index];
}

static bool
is_call_allow(const struct sema *s, const struct l1_cell *draft)
{
	return draft->event == L1_CALL && !rule_is_forbid(s, draft->rule);
}

static bool
is_answer(const struct sema *s, const struct l1_cell *draft)
{
	return ((const struct l1_rule *)s->rules.elements)[draft->rule - 1].is_answer;
}

static struct answers
answers_of(struct sema *s, uint32_t first, uint32_t count)
{
	struct answers answers = {.s = s, .first = first, .end = first};
	struct l1_cell place = *draft_at(s, first);

	while (answers.end < count) {
		struct l1_cell *draft = draft_at(s, answers.end);

		place.event = draft->event;
		if (place_order(&place, draft) != 0) {
			break;
		}
		answers.allows += is_call_allow(s, draft);
		if (is_answer(s, draft)) {
			answers.are_free[draft->event] = true;
		} else {
			answers.are_written = answers.are_written || draft->is_tail;
		}
		answers.end++;
	}
	return answers;
}

static bool
is_written(const struct answers *answers, uint32_t rule, enum l1_event event)
{
	for (uint32_t i = answers->first; i < answers->end; i++) {
		const struct l1_cell *draft = draft_at(answers->s, i);

		if (draft->is_tail && draft->rule == rule && draft->event == event) {
			return true;
		}
	}
	return false;
}

/* Any reply and any error, where the rule writes none. */
static void
answers_add(const struct answers *answers, const struct l1_cell *call)
{
	struct sema *s = answers->s;
	struct l1_cell implied = *call;
	uint32_t rule = call->rule; /* the drafts move */

	if (method_at(s->l1, &implied)->is_ask) {
		return; /* nothing answers */
	}
	implied.condition = condition_always(&s->c->arena);
	implied.then = NULL;
	implied.is_bound = answers->are_written && answers->allows > 1;
	implied.event = L1_REPLY;
	if (!answers->are_free[L1_REPLY] && !is_written(answers, rule, L1_REPLY)) {
		lower_cell_add(s, implied, rule);
	}
	implied.event = L1_ERROR;
	if (method_at(s->l1, &implied)->error_count != 0 && !answers->are_free[L1_ERROR] &&
		!is_written(answers, rule, L1_ERROR)) {
		lower_cell_add(s, implied, rule);
	}
}

/* R19: rules for the answers of all calls here stand alone, and only where a call is allowed.
 * Returns false after an error. */
static bool
free_settle(const struct answers *answers)
{
	struct sema *s = answers->s;
	const struct span *places = s->rule_spans.elements;

	for (uint32_t i = answers->first; i < answers->end; i++) {
		struct l1_cell *draft = draft_at(s, i);
		struct l1_rule *rule = &((struct l1_rule *)s->rules.elements)[draft->rule - 1];
		struct diag *d;

		draft->is_idle = rule->is_answer && answers->allows == 0;
		rule->is_idle = rule->is_idle || draft->is_idle;
		if (rule->is_answer || !draft->is_tail || !answers->are_free[draft->event]) {
			continue;
		}
		d = diag_error(s->c, places[draft->rule - 1], "R19",
			"this rule's tail and an `allow %s` judge the same answers",
			draft->event == L1_ERROR ? "error" : "reply");
		diag_help(d, "say it in one of them");
		return false;
	}
	return true;
}

/* S18: an allowed call may be answered by its reply and its errors: under the first rule that
 * allows it, or, if tails say more, under each rule for the calls that it granted. */
static void
replies_imply(struct sema *s)
{
	uint32_t count = s->cells.count;
	struct answers answers;

	for (uint32_t first = 0; first < count; first = answers.end) {
		answers = answers_of(s, first, count);
		if (!free_settle(&answers)) {
			return;
		}
		for (uint32_t i = first; i < answers.end; i++) {
			struct l1_cell *draft = draft_at(s, i);

			draft->is_bound =
				draft->is_tail && answers.allows > 1 && !is_answer(s, draft);
			if (!is_call_allow(s, draft) || draft->interface == INTERFACE_SIGNAL) {
				continue;
			}
			answers_add(&answers, draft);
			if (!answers.are_written) {
				break;
			}
		}
	}
}

static bool
group_allows(const struct sema *s, uint32_t first, uint32_t end)
{
	const struct l1_cell *draft = s->cells.elements;

	for (uint32_t i = first; i < end; i++) {
		if (!rule_is_forbid(s, draft[i].rule) && !draft[i].is_idle) {
			return true;
		}
	}
	return false;
}

/* Those that stay move together in their own memory, which L1 has then. */
static void
cells_take(struct sema *s)
{
	struct l1_cell *draft = s->cells.elements;
	struct l1 *l1 = s->l1;

	l1->cells = draft;
	for (uint32_t first = 0; first < s->cells.count;) {
		uint32_t end = draft_group_end(&s->cells, first);
		bool allows = group_allows(s, first, end);

		for (; first < end; first++) {
			if (allows) {
				draft[l1->cell_count] = draft[first];
				draft[l1->cell_count].source = &l1->rules[draft[first].rule - 1];
				l1->cell_count++;
			}
		}
	}
}

void
lower_finish(struct sema *s)
{
	struct l1 *l1 = s->l1;

	if (s->cells.count != 0) {
		drafts_sort(&s->cells);
		replies_imply(s);
		drafts_sort(&s->cells);
	}
	l1->rules = s->rules.elements;
	l1->rule_count = s->rules.count;
	cells_take(s);
	s->cells = (struct vector){0};
}

uint32_t
lower_group_end(const struct l1 *l1, uint32_t first)
{
	uint32_t end = first + 1;

	while (end < l1->cell_count && place_order(&l1->cells[first], &l1->cells[end]) == 0) {
		end++;
	}
	return end;
}

static int
cell_search(const void *key, const void *element)
{
	return place_order(key, element);
}

const struct l1_cell *
lower_cells(const struct l1 *l1, const struct l1_cell *like, uint32_t *count)
{
	const struct l1_cell *found = l1->cell_count == 0 ? NULL
							  : bsearch(like, l1->cells, l1->cell_count,
								    sizeof *l1->cells, cell_search);

	*count = 0;
	if (found == NULL) {
		return NULL;
	}
	while (found > l1->cells && place_order(found - 1, like) == 0) {
		found--;
	}
	*count = lower_group_end(l1, (uint32_t)(found - l1->cells)) - (uint32_t)(found - l1->cells);
	return found;
}

const struct l1_cell *
lower_cells_asked(
	const struct l1 *l1, const struct l1_query *query, enum l1_event event, uint32_t *count)
{
	const struct l1_cell like = {.holder = query->holder,
		.target = query->target,
		.interface = query->interface,
		.method = query->method & L1_METHOD,
		.event = event};

	*count = 0;
	return query->method > L1_METHOD ? NULL : lower_cells(l1, &like, count);
}

uint32_t
lower_edge_first(const struct l1 *l1, const struct l1_edge *edge)
{
	const struct l1_cell like = {
		.holder = edge->holder, .target = edge->target, .interface = edge->interface};
	uint32_t low = 0;
	uint32_t high = l1->cell_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (place_order(&l1->cells[middle], &like) < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}
