/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* graph.h: who may call whom, as a picture: its parts, and where they stand. */
#ifndef GATE_GRAPH_H
#define GATE_GRAPH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "vector.h"

struct arena;
struct sema;

enum graph_by { GRAPH_BY_INSTANCE, GRAPH_BY_LEVEL, GRAPH_BY_FOLDER };

/* In which of two policies a part is; of one alone all is GRAPH_BOTH. */
enum graph_state { GRAPH_BOTH, GRAPH_NEW, GRAPH_OLD, GRAPH_CHANGED };

struct graph_node {
	const char *name;
	const char *sub;   /* its process, or who is in it; may be empty */
	const char *level; /* or NULL: its colour */
	bool is_device;
	bool in_old, in_new;
	uint32_t layer; /* column */
	uint32_t row_count;
	int x, y, width, height;
};

struct graph_edge {
	uint32_t from, to;
	const char *label; /* endpoint: methods */
	bool is_guarded;   /* not every message, or not at any time */
	bool in_old, in_new, is_changed;
	uint32_t row;         /* of the node that it begins at */
	struct vector points; /* struct graph_point: between its ends */
};

struct graph_point {
	int x, y;
};

struct graph {
	struct arena *a;
	const char *title;
	enum graph_by by;
	bool is_diff;
	struct vector nodes; /* struct graph_node */
	struct vector edges; /* struct graph_edge */
	uint32_t columns;
	int width, height;
};

/* Adds what a policy allows. is_old: the one before. */
void graph_add(struct graph *g, struct sema *s, bool is_old);

/* Gives every part its place, at most GRAPH_WIDTH wide. */
void graph_place(struct graph *g);

/* Prints it, placed, as SVG; or, not placed, for DOT. */
void graph_svg(const struct graph *g, FILE *out);
void graph_dot(const struct graph *g, FILE *out);

static inline struct graph_node *
graph_node(const struct graph *g, uint32_t index)
{
	return &((struct graph_node *)g->nodes.elements)[index];
}

static inline struct graph_edge *
graph_edge(const struct graph *g, uint32_t index)
{
	return &((struct graph_edge *)g->edges.elements)[index];
}

static inline enum graph_state
graph_state(const struct graph *g, bool in_old, bool in_new, bool is_changed)
{
	if (!g->is_diff || (in_old && in_new)) {
		return is_changed ? GRAPH_CHANGED : GRAPH_BOTH;
	}
	return in_new ? GRAPH_NEW : GRAPH_OLD;
}

#define GRAPH_WIDTH      1200
#define GRAPH_MARGIN     20
#define GRAPH_TITLE      44 /* height of the line above */
#define GRAPH_LEGEND     46 /* of what is below */
#define GRAPH_ROW        15
#define GRAPH_HEAD       36
#define GRAPH_CHAR_TENTH 67 /* width of a letter of a row, in tenths */

#endif
