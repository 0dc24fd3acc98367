/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * graph_place.c: columns from who only asks to who is only asked; long edges keep a place of their
 * own in the columns that they cross; the order in a column follows that of its neighbours.
 */
#include <stdlib.h>

#include "arena.h"
#include "graph.h"

#define COLUMNS_MAX 5u
#define SWEEPS      8u
#define GAP         16 /* between two nodes of a column */
#define LANE        12 /* what an edge takes that crosses a column */

/* What stands in a column: a node, or an edge that crosses it. */
struct slot {
	bool is_edge;
	uint32_t index;
	double rank; /* by which it is sorted */
	int y;       /* of its middle */
};

struct place {
	struct graph *g;
	struct vector columns[COLUMNS_MAX]; /* struct slot */
};

static struct slot *
slot_at(const struct place *p, uint32_t column, uint32_t index)
{
	return &((struct slot *)p->columns[column].elements)[index];
}

/* Longest way from who nobody asks; edges that close a circle are left out. */
static void
layers_give(struct graph *g)
{
	uint32_t most = 0;

	for (uint32_t round = 0; round < g->nodes.count; round++) {
		bool is_moved = false;

		for (uint32_t i = 0; i < g->edges.count; i++) {
			const struct graph_edge *edge = graph_edge(g, i);
			uint32_t wanted = graph_node(g, edge->from)->layer + 1;

			if (graph_node(g, edge->to)->layer < wanted && wanted < g->nodes.count) {
				graph_node(g, edge->to)->layer = wanted;
				is_moved = true;
			}
		}
		if (!is_moved) {
			break;
		}
	}
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		most = graph_node(g, i)->layer > most ? graph_node(g, i)->layer : most;
	}
	g->columns = most + 1 < COLUMNS_MAX ? most + 1 : COLUMNS_MAX;
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		struct graph_node *node = graph_node(g, i);

		node->layer = most == 0 ? 0 : node->layer * (g->columns - 1) / most;
	}
}

/* Circles would push each other on for ever: who was declared later asks. */
static void
circles_cut(struct graph *g, bool *is_back)
{
	bool *is_open = arena_array(g->a, g->nodes.count, sizeof *is_open);
	bool *is_done = arena_array(g->a, g->nodes.count, sizeof *is_done);
	uint32_t *stack = arena_array(g->a, g->nodes.count + 1u, sizeof *stack);
	uint32_t *next = arena_array(g->a, g->nodes.count, sizeof *next);

	for (uint32_t root = g->nodes.count; root-- > 0;) {
		uint32_t depth = 0;

		if (is_done[root]) {
			continue;
		}
		stack[depth++] = root;
		is_open[root] = true;
		while (depth != 0) {
			uint32_t at = stack[depth - 1];
			bool goes_on = false;

			while (!goes_on && next[at] < g->edges.count) {
				uint32_t i = next[at]++;
				const struct graph_edge *edge = graph_edge(g, i);

				if (edge->from != at) {
					continue;
				}
				if (is_open[edge->to]) {
					is_back[i] = true;
				} else if (!is_done[edge->to]) {
					is_open[edge->to] = true;
					stack[depth++] = edge->to;
					goes_on = true;
				}
			}
			if (!goes_on) {
				is_open[at] = false;
				is_done[at] = true;
				depth--;
			}
		}
	}
}

static void
edges_turn(struct graph *g, const bool *is_back)
{
	for (uint32_t i = 0; i < g->edges.count; i++) {
		if (is_back[i]) {
			struct graph_edge *edge = graph_edge(g, i);
			uint32_t from = edge->from;

			edge->from = edge->to;
			edge->to = from;
		}
	}
}

static void
slots_make(struct place *p)
{
	struct graph *g = p->g;

	for (uint32_t i = 0; i < g->nodes.count; i++) {
		struct slot *slot =
			vector_push(&p->columns[graph_node(g, i)->layer], g->a, sizeof *slot);

		*slot = (struct slot){.index = i};
	}
	for (uint32_t i = 0; i < g->edges.count; i++) {
		const struct graph_edge *edge = graph_edge(g, i);
		uint32_t a = graph_node(g, edge->from)->layer;
		uint32_t b = graph_node(g, edge->to)->layer;

		for (uint32_t c = (a < b ? a : b) + 1; c < (a < b ? b : a); c++) {
			struct slot *slot = vector_push(&p->columns[c], g->a, sizeof *slot);

			*slot = (struct slot){.is_edge = true, .index = i};
		}
	}
}

/* Where the other end of what the slot is of stands in the column beside it. */
static double
rank_of(const struct place *p, const struct slot *slot, uint32_t column, double own)
{
	const struct graph *g = p->g;
	double sum = 0;
	uint32_t count = 0;

	for (uint32_t n = 0; n < p->columns[column].count; n++) {
		const struct slot *other = slot_at(p, column, n);
		double place = ((double)n + 0.5) / (double)p->columns[column].count;

		for (uint32_t i = 0; i < g->edges.count; i++) {
			const struct graph_edge *edge = graph_edge(g, i);
			bool is_mine = slot->is_edge ? slot->index == i
						     : edge->from == slot->index ||
							       edge->to == slot->index;
			bool is_there = other->is_edge ? other->index == i
						       : edge->from == other->index ||
								 edge->to == other->index;

			if (is_mine && is_there) {
				sum += place;
				count++;
			}
		}
	}
	return count == 0 ? own : sum / count;
}

static void
column_sort(struct place *p, uint32_t column, uint32_t beside)
{
	uint32_t count = p->columns[column].count;

	for (uint32_t i = 0; i < count; i++) {
		struct slot *slot = slot_at(p, column, i);

		slot->rank = rank_of(p, slot, beside, ((double)i + 0.5) / (double)count);
	}
	for (uint32_t i = 1; i < count; i++) {
		struct slot moving = *slot_at(p, column, i);
		uint32_t n = i;

		for (; n > 0 && slot_at(p, column, n - 1)->rank > moving.rank; n--) {
			*slot_at(p, column, n) = *slot_at(p, column, n - 1);
		}
		*slot_at(p, column, n) = moving;
	}
}

static int
slot_height(const struct graph *g, const struct slot *slot)
{
	return slot->is_edge ? LANE : graph_node(g, slot->index)->height + GAP;
}

static void
column_place(struct place *p, uint32_t column, int x, int width, int height)
{
	struct graph *g = p->g;
	int all = 0;
	int y;

	for (uint32_t i = 0; i < p->columns[column].count; i++) {
		all += slot_height(g, slot_at(p, column, i));
	}
	y = GRAPH_TITLE + (height - all) / 2;
	for (uint32_t i = 0; i < p->columns[column].count; i++) {
		struct slot *slot = slot_at(p, column, i);

		if (slot->is_edge) {
			struct graph_point *points;

			points = vector_push(
				&graph_edge(g, slot->index)->points, g->a, sizeof *points);
			*points = (struct graph_point){x, y + LANE / 2};
			points = vector_push(
				&graph_edge(g, slot->index)->points, g->a, sizeof *points);
			*points = (struct graph_point){x + width, y + LANE / 2};
		} else {
			struct graph_node *node = graph_node(g, slot->index);

			node->x = x;
			node->y = y + GAP / 2;
			node->width = width;
		}
		y += slot_height(g, slot);
	}
}

static void
heights_give(struct graph *g)
{
	for (uint32_t i = 0; i < g->edges.count; i++) {
		struct graph_edge *edge = graph_edge(g, i);

		edge->row = graph_node(g, edge->from)->row_count++;
	}
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		struct graph_node *node = graph_node(g, i);

		node->height = GRAPH_HEAD + (int)node->row_count * GRAPH_ROW +
			       (node->row_count == 0 ? 0 : 6);
	}
}

/* Where an edge goes first. */
static int
leaves_to(const struct graph *g, const struct graph_edge *edge)
{
	const struct graph_point *points = edge->points.elements;
	const struct graph_node *to = graph_node(g, edge->to);
	bool is_back = to->layer < graph_node(g, edge->from)->layer;

	if (edge->points.count != 0) {
		return points[is_back ? edge->points.count - 1 : 0].y;
	}
	return to->y + GRAPH_HEAD / 2;
}

/* Lines of a box stand in the order in which their edges leave, so these do not cross there. */
static void
rows_sort(struct graph *g)
{
	for (uint32_t i = 0; i < g->edges.count; i++) {
		struct graph_edge *edge = graph_edge(g, i);
		int y = leaves_to(g, edge);

		edge->row = 0;
		for (uint32_t n = 0; n < g->edges.count; n++) {
			int other = leaves_to(g, graph_edge(g, n));

			edge->row += graph_edge(g, n)->from == edge->from &&
				     (other < y || (other == y && n < i));
		}
	}
}

void
graph_place(struct graph *g)
{
	struct place p = {.g = g};
	bool *is_back = arena_array(g->a, g->edges.count + 1u, sizeof *is_back);
	int most = 0;
	int width;
	int pitch;

	circles_cut(g, is_back);
	edges_turn(g, is_back);
	layers_give(g);
	edges_turn(g, is_back);
	heights_give(g);
	slots_make(&p);
	for (uint32_t sweep = 0; sweep < SWEEPS; sweep++) {
		for (uint32_t c = 1; c < g->columns; c++) {
			column_sort(&p, c, c - 1);
		}
		for (uint32_t c = g->columns - 1; c-- > 0;) {
			column_sort(&p, c, c + 1);
		}
	}
	width = g->columns < COLUMNS_MAX ? 214 : 184;
	pitch = g->columns == 1 ? 0
				: (GRAPH_WIDTH - 2 * GRAPH_MARGIN - width) / (int)(g->columns - 1);
	pitch = pitch > width + 120 ? width + 120 : pitch;
	for (uint32_t c = 0; c < g->columns; c++) {
		int all = 0;

		for (uint32_t i = 0; i < p.columns[c].count; i++) {
			all += slot_height(g, slot_at(&p, c, i));
		}
		most = all > most ? all : most;
	}
	for (uint32_t c = 0; c < g->columns; c++) {
		column_place(&p, c, GRAPH_MARGIN + (int)c * pitch, width, most);
	}
	rows_sort(g);
	g->width = GRAPH_MARGIN * 2 + (int)(g->columns - 1) * pitch + width;
	g->width = g->width < 640 ? 640 : g->width;
	g->height = GRAPH_TITLE + most + GRAPH_LEGEND;
}
