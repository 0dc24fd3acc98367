/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* emit_edges.c: see the header. */
#include "emit_edges.h"

#include <stdlib.h>

#include "abi/abi.h"

static int
edge_compare(const void *a, const void *b)
{
	const struct emit_edge *left = a;
	const struct emit_edge *right = b;

	if (left->holder != right->holder) {
		return left->holder < right->holder ? -1 : 1;
	}
	if (left->target != right->target) {
		return left->target < right->target ? -1 : 1;
	}
	if (left->interface != right->interface) {
		return left->interface < right->interface ? -1 : 1;
	}
	return 0;
}

static const struct emit_edge *
edge_add(struct vector *edges, struct arena *arena, struct emit_edge edge)
{
	struct emit_edge *slot = vector_push(edges, arena, sizeof(edge));

	*slot = edge;
	return slot;
}

/* Sorts them and drops what stands there twice. */
static void
edges_sort(struct vector *edges)
{
	struct emit_edge *list = edges->elements;
	uint32_t kept = 0;

	if (edges->count == 0) {
		return;
	}
	qsort(list, edges->count, sizeof(*list), edge_compare);
	for (uint32_t i = 0; i < edges->count; i++) {
		if (i == 0 || edge_compare(&list[kept - 1], &list[i]) != 0) {
			list[kept++] = list[i];
		}
	}
	edges->count = kept;
}

static void
instance_edges(const struct l1 *l1, const struct l1_instance *from, struct vector *edges,
	struct arena *arena)
{
	for (uint32_t i = 0; i < from->wire_count; i++) {
		const struct l1_wire *wire = &from->wires[i];
		const struct l1_instance *to = &l1->instances[wire->target];
		uint16_t interface = to->class->gives[wire->gives].interface;

		(void)edge_add(edges, arena, (struct emit_edge){from->label, to->label, interface});
	}
	for (uint32_t i = 0; i < from->class->resource_count; i++) {
		const struct l1_resource *resource = &from->class->resources[i];

		(void)edge_add(edges, arena,
			(struct emit_edge){from->label, (uint16_t)(from->resource_label + i),
				from->class->gives[resource->gives].interface});
	}
	for (uint32_t i = 0; i < from->signal_count; i++) {
		uint16_t label = l1->instances[from->signals[i]].label;

		(void)edge_add(
			edges, arena, (struct emit_edge){from->label, label, INTERFACE_SIGNAL});
	}
}

struct vector
emit_edges(const struct l1 *l1, struct arena *arena)
{
	struct vector edges = {0};
	const struct emit_edge *last = NULL;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		const struct l1_cell *cell = &l1->cells[i];
		struct emit_edge edge = {cell->holder, cell->target, cell->interface};

		if (last == NULL || edge_compare(last, &edge) != 0) {
			last = edge_add(&edges, arena, edge);
		}
	}
	for (uint32_t i = 0; i < l1->edge_count; i++) {
		const struct l1_edge *edge = &l1->edges[i];

		(void)edge_add(&edges, arena,
			(struct emit_edge){edge->holder, edge->target, edge->interface});
	}
	for (uint32_t i = 0; i < l1->instance_count; i++) {
		instance_edges(l1, &l1->instances[i], &edges, arena);
	}
	edges_sort(&edges);
	return edges;
}
