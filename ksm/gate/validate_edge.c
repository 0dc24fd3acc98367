/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_edge.c: the edges that L1 wants: of rules, and those of link.c. */
#include "validate_edge.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "arena.h"
#include "l1.h"
#include "vector.h"

int
validate_edge_order(const void *a, const void *b)
{
	const struct l1_edge *x = a;
	const struct l1_edge *y = b;

	if (x->holder != y->holder) {
		return x->holder < y->holder ? -1 : 1;
	}
	if (x->target != y->target) {
		return x->target < y->target ? -1 : 1;
	}
	return (x->interface > y->interface) - (x->interface < y->interface);
}

struct l1_edge
validate_edge_of(const struct l1_cell *cell)
{
	return (struct l1_edge){cell->holder, cell->target, cell->interface};
}

static bool
is_of_edge(const struct l1_cell *cell, const struct l1_edge *edge)
{
	struct l1_edge own = validate_edge_of(cell);

	return validate_edge_order(&own, edge) == 0;
}

uint32_t
validate_edge_cells(const struct l1 *l1, uint32_t first, const struct l1_edge *edge)
{
	uint32_t end = first;

	while (end < l1->cell_count && is_of_edge(&l1->cells[end], edge)) {
		end++;
	}
	return end - first;
}

void
validate_edge_method(struct l1 *narrow, uint32_t number)
{
	uint32_t first = 0;
	uint32_t end;

	while (first < narrow->cell_count && narrow->cells[first].method != number) {
		first++;
	}
	end = first;
	while (end < narrow->cell_count && narrow->cells[end].method == number) {
		end++;
	}
	if (end != first) {
		narrow->cells += first;
		narrow->cell_count = end - first;
	}
}

void
validate_edge_passages(struct l1 *narrow, const struct l1_edge *edge)
{
	uint32_t first = 0;
	uint32_t end;

	while (first < narrow->passage_count && !is_of_edge(&narrow->passages[first], edge)) {
		first++;
	}
	end = first;
	while (end < narrow->passage_count && is_of_edge(&narrow->passages[end], edge)) {
		end++;
	}
	narrow->passages += first;
	narrow->passage_count = end - first;
}

static void
edge_want(struct vector *wanted, struct arena *a, struct l1_edge edge)
{
	*(struct l1_edge *)vector_push(wanted, a, sizeof edge) = edge;
}

void
validate_edges(const struct l1 *l1, struct arena *a, struct vector *wanted)
{
	struct l1_edge last = {0};

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		struct l1_edge edge = validate_edge_of(&l1->cells[i]);

		if (i == 0 || validate_edge_order(&last, &edge) != 0) {
			edge_want(wanted, a, edge);
		}
		last = edge;
	}
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		const struct l1_instance *from = &l1->instances[i];

		for (uint32_t w = 0; w < from->wire_count; w++) {
			const struct l1_instance *to = &l1->instances[from->wires[w].target];

			edge_want(wanted, a,
				(struct l1_edge){.holder = from->label,
					.target = to->label,
					.interface =
						to->class->gives[from->wires[w].gives].interface});
		}
		for (uint32_t n = 0; n < from->class->resource_count; n++) {
			uint32_t end = from->class->resources[n].gives;

			edge_want(wanted, a,
				(struct l1_edge){.holder = from->label,
					.target = (uint16_t)(from->resource_label + n),
					.interface = from->class->gives[end].interface});
		}
		for (uint32_t n = 0; n < from->signal_count; n++) {
			edge_want(wanted, a,
				(struct l1_edge){.holder = from->label,
					.target = l1->instances[from->signals[n]].label,
					.interface = INTERFACE_SIGNAL});
		}
	}
	for (uint32_t i = 0; i < l1->edge_count; i++) {
		edge_want(wanted, a, l1->edges[i]);
	}
	if (wanted->count != 0) {
		qsort(wanted->elements, wanted->count, sizeof(struct l1_edge), validate_edge_order);
	}
}
