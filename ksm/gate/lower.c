/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower.c: drafted rules and cells become the cells of L1, in order and complete. */
#include "lower.h"

#include <assert.h>
#include <stdlib.h>

#include "abi/abi.h"
#include "compile.h"
#include "condition.h"
#include "lower_rule.h"
#include "sema.h"

static int
number_order(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int
place_order(const struct l1_cell *a, const struct l1_cell *b)
{
	const uint32_t left[] = {a->holder, a->target, a->interface, a->method, a->event};
	const uint32_t right[] = {b->holder, b->target, b->interface, b->method, b->event};

	for (uint32_t i = 0; i < sizeof left / sizeof left[0]; i++) {
		if (left[i] != right[i]) {
			return number_order(left[i], right[i]);
		}
	}
	return 0;
}

static int
draft_order(const void *a, const void *b)
{
	const struct draft_cell *left = a;
	const struct draft_cell *right = b;
	int order = place_order(&left->cell, &right->cell);

	return order != 0 ? order : number_order(left->rule, right->rule);
}

static uint32_t
draft_group_end(const struct vector *drafts, uint32_t first)
{
	const struct draft_cell *draft = drafts->elements;
	uint32_t end = first + 1;

	while (end < drafts->count && place_order(&draft[first].cell, &draft[end].cell) == 0) {
		end++;
	}
	return end;
}

static bool
rule_is_forbid(const struct sema *s, uint16_t number)
{
	return ((const struct l1_rule *)s->rules.elements)[number - 1].is_forbid;
}

static const struct l1_method *
method_at(const struct l1 *l1, const struct l1_cell *cell)
{
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		if (l1->interfaces[i].id == cell->interface) {
			return &l1->interfaces[i].methods[cell->method - 1];
		}
	}
	assert(!"every cell names an interface");
	return NULL;
}

/* S18: an allowed call may be answered by its reply and its errors. */
static void
replies_imply(struct sema *s)
{
	uint32_t count = s->cells.count;

	for (uint32_t first = 0; first < count; first = draft_group_end(&s->cells, first)) {
		const struct draft_cell *draft = s->cells.elements;
		uint32_t end = draft_group_end(&s->cells, first);
		struct l1_cell implied = draft[first].cell;
		uint32_t allow = first;

		while (allow < end && rule_is_forbid(s, draft[allow].rule)) {
			allow++;
		}
		if (allow == end || implied.event != L1_CALL ||
			implied.interface == INTERFACE_SIGNAL) {
			continue;
		}
		implied.condition = condition_always(&s->c->arena);
		implied.event = L1_REPLY;
		lower_cell_add(s, implied, draft[allow].rule);
		if (method_at(s->l1, &implied)->error_count != 0) {
			draft = s->cells.elements; /* it may have moved */
			implied.event = L1_ERROR;
			lower_cell_add(s, implied, draft[allow].rule);
		}
	}
}

static bool
group_allows(const struct sema *s, uint32_t first, uint32_t end)
{
	const struct draft_cell *draft = s->cells.elements;

	for (uint32_t i = first; i < end; i++) {
		if (!rule_is_forbid(s, draft[i].rule)) {
			return true;
		}
	}
	return false;
}

static void
cells_copy(struct sema *s)
{
	const struct draft_cell *draft = s->cells.elements;
	struct l1 *l1 = s->l1;

	l1->cells = arena_array(&s->c->arena, s->cells.count, sizeof *l1->cells);
	for (uint32_t first = 0; first < s->cells.count;) {
		uint32_t end = draft_group_end(&s->cells, first);
		bool allows = group_allows(s, first, end);

		for (; first < end; first++) {
			if (allows) {
				l1->cells[l1->cell_count] = draft[first].cell;
				l1->cells[l1->cell_count].source =
					&l1->rules[draft[first].rule - 1];
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
		qsort(s->cells.elements, s->cells.count, sizeof(struct draft_cell), draft_order);
		replies_imply(s);
		qsort(s->cells.elements, s->cells.count, sizeof(struct draft_cell), draft_order);
	}
	l1->rules = s->rules.elements;
	l1->rule_count = s->rules.count;
	cells_copy(s);
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
