/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* graph_svg.c: the placed picture. A label is a line of the box that it belongs to, so none lies
 * over another one. */
#include <string.h>

#include "graph.h"

#define EDGE_BOW  26 /* how far out an edge goes that stays in its column */
#define FILLS_MAX 8u

static const char head[] =
	"<style>\n"
	"text{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}\n"
	".t{font-size:17px;font-weight:600}.n{font-size:13px;font-weight:600}\n"
	".s{font-size:10px;fill:#59636e}.r{font-size:11px}.k{font-size:11px;fill:#59636e}\n"
	".box{stroke:#57606a;stroke-width:1.1}.dev{fill:#eaeef2;stroke-dasharray:4 3}\n"
	".e{fill:none;stroke:#6e7781;stroke-width:1.3}.guard{stroke-dasharray:6 3}\n"
	".new{stroke:#1a7f37;stroke-width:2.2}.old{stroke:#cf222e;stroke-width:2.2}\n"
	".changed{stroke:#bf8700;stroke-width:2.2}\n"
	"text.new{fill:#1a7f37;stroke:none;font-weight:600}\n"
	"text.old{fill:#cf222e;stroke:none;text-decoration:line-through}\n"
	"text.changed{fill:#9a6700;stroke:none;font-weight:600}\n</style>\n";

static const char *const fills[FILLS_MAX] = {
	"#ddf4ff", "#dafbe1", "#fff8c5", "#ffeff7", "#fbefff", "#ffe7d1", "#d8f3f0", "#e6e9ff"};

static const char *const state_classes[] = {[GRAPH_BOTH] = "",
	[GRAPH_NEW] = " new",
	[GRAPH_OLD] = " old",
	[GRAPH_CHANGED] = " changed"};

static void
escaped_put(const char *text, size_t most, FILE *out)
{
	for (size_t i = 0; i < most && text[i] != '\0'; i++) {
		switch (text[i]) {
		case '<':
			(void)fputs("&lt;", out);
			break;
		case '>':
			(void)fputs("&gt;", out);
			break;
		case '&':
			(void)fputs("&amp;", out);
			break;
		default:
			(void)fputc(text[i], out);
		}
	}
}

/* A text that ends inside of `width`; what is longer ends with an ellipsis. */
static void
text_put(int x, int y, int width, int tenth, const char *class, const char *text, FILE *out)
{
	size_t most = (size_t)(width * 10 / tenth);
	bool is_cut = strlen(text) > most;

	(void)fprintf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">", class, x, y);
	escaped_put(text, is_cut ? most - 1 : most, out);
	(void)fputs(is_cut ? "\xe2\x80\xa6" : "", out);
	if (is_cut) {
		(void)fputs("<title>", out);
		escaped_put(text, SIZE_MAX, out);
		(void)fputs("</title>", out);
	}
	(void)fputs("</text>\n", out);
}

/* Levels in the order of their first node; those without one are white. */
static const char *
fill_of(const struct graph *g, const char *level)
{
	const char *known[FILLS_MAX];
	uint32_t count = 0;

	for (uint32_t i = 0; level != NULL && i < g->nodes.count; i++) {
		const char *other = graph_node(g, i)->level;
		uint32_t n = 0;

		while (other != NULL && n < count && strcmp(known[n], other) != 0) {
			n++;
		}
		if (other != NULL && strcmp(other, level) == 0) {
			return fills[n % FILLS_MAX];
		}
		if (other != NULL && n == count && count < FILLS_MAX) {
			known[count++] = other;
		}
	}
	return "#ffffff";
}

/* From where an edge comes last. */
static int
comes_from(const struct graph *g, const struct graph_edge *edge)
{
	const struct graph_point *points = edge->points.elements;
	const struct graph_node *from = graph_node(g, edge->from);
	bool is_back = graph_node(g, edge->to)->layer < from->layer;

	if (edge->points.count != 0) {
		return points[is_back ? 0 : edge->points.count - 1].y;
	}
	return from->y + GRAPH_HEAD + (int)edge->row * GRAPH_ROW;
}

/* Where the edge ends at its node, beside the others that end there. */
static int
end_y(const struct graph *g, uint32_t index)
{
	const struct graph_edge *edge = graph_edge(g, index);
	const struct graph_node *to = graph_node(g, edge->to);
	int y = comes_from(g, edge);
	int before = 0;
	int all = 0;

	for (uint32_t i = 0; i < g->edges.count; i++) {
		if (graph_edge(g, i)->to == edge->to) {
			int other = comes_from(g, graph_edge(g, i));

			before += other < y || (other == y && i < index);
			all++;
		}
	}
	return to->y + 6 + (GRAPH_HEAD - 12) * (2 * before + 1) / (2 * all);
}

static void
bend(int x, int y, int to_x, int to_y, FILE *out)
{
	int middle = (x + to_x) / 2;

	(void)fprintf(out, " C%d %d %d %d %d %d", middle, y, middle, to_y, to_x, to_y);
}

static void
edge_path(const struct graph *g, uint32_t index, FILE *out)
{
	const struct graph_edge *edge = graph_edge(g, index);
	const struct graph_node *from = graph_node(g, edge->from);
	const struct graph_node *to = graph_node(g, edge->to);
	const struct graph_point *points = edge->points.elements;
	bool is_back = to->layer < from->layer;
	int x = is_back ? from->x : from->x + from->width;
	int y = from->y + GRAPH_HEAD + (int)edge->row * GRAPH_ROW + GRAPH_ROW / 2;
	int to_x = is_back ? to->x + to->width + 7 : to->x - 7;
	int to_y = end_y(g, index);

	(void)fprintf(out, "M%d %d", x, y);
	if (to->layer == from->layer) {
		x = from->x + from->width;
		(void)fprintf(out, " C%d %d %d %d %d %d", x + EDGE_BOW, y, x + EDGE_BOW, to_y,
			to->x + to->width + 7, to_y);
		return;
	}
	for (uint32_t i = 0; i < edge->points.count; i++) {
		uint32_t n = is_back ? edge->points.count - 1 - i : i;

		if (i % 2 == 0) {
			bend(x, y, points[n].x, points[n].y, out);
		} else {
			(void)fprintf(out, " L%d %d", points[n].x, points[n].y);
		}
		x = points[n].x;
		y = points[n].y;
	}
	bend(x, y, to_x, to_y, out);
}

static void
edge_put(const struct graph *g, uint32_t index, FILE *out)
{
	static const char *const heads[] = {[GRAPH_BOTH] = "both",
		[GRAPH_NEW] = "new",
		[GRAPH_OLD] = "old",
		[GRAPH_CHANGED] = "changed"};
	const struct graph_edge *edge = graph_edge(g, index);
	enum graph_state state = graph_state(g, edge->in_old, edge->in_new, edge->is_changed);

	(void)fprintf(out, "<path class=\"e%s%s\" marker-end=\"url(#%s)\" d=\"",
		edge->is_guarded ? " guard" : "", state_classes[state], heads[state]);
	edge_path(g, index, out);
	(void)fputs("\"><title>", out);
	escaped_put(graph_node(g, edge->from)->name, SIZE_MAX, out);
	(void)fputs(" -&gt; ", out);
	escaped_put(graph_node(g, edge->to)->name, SIZE_MAX, out);
	(void)fputs(" : ", out);
	escaped_put(edge->label, SIZE_MAX, out);
	(void)fputs("</title></path>\n", out);
}

static void
node_put(const struct graph *g, uint32_t index, FILE *out)
{
	const struct graph_node *node = graph_node(g, index);
	enum graph_state state = graph_state(g, node->in_old, node->in_new, false);
	int inner = node->width - 16;
	char class[32];

	(void)fprintf(out,
		"<rect class=\"box%s%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"7\"",
		node->is_device ? " dev" : "", state_classes[state], node->x, node->y, node->width,
		node->height);
	if (!node->is_device) {
		(void)fprintf(out, " fill=\"%s\"", fill_of(g, node->level));
	}
	(void)fputs("/>\n", out);
	text_put(node->x + 8, node->y + 16, inner, 79, "n", node->name, out);
	text_put(node->x + 8, node->y + 29, inner, 61, "s", node->is_device ? "device" : node->sub,
		out);
	for (uint32_t i = 0; i < g->edges.count; i++) {
		const struct graph_edge *edge = graph_edge(g, i);

		if (edge->from != index) {
			continue;
		}
		(void)snprintf(class, sizeof class, "r%s",
			state_classes[graph_state(
				g, edge->in_old, edge->in_new, edge->is_changed)]);
		text_put(node->x + 8, node->y + GRAPH_HEAD + (int)edge->row * GRAPH_ROW + 11, inner,
			GRAPH_CHAR_TENTH, class, edge->label, out);
	}
}

static void
heads_put(FILE *out)
{
	static const char *const names[][2] = {{"both", "#6e7781"}, {"new", "#1a7f37"},
		{"old", "#cf222e"}, {"changed", "#bf8700"}};

	(void)fputs("<defs>", out);
	for (uint32_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		(void)fprintf(out,
			"<marker id=\"%s\" viewBox=\"0 0 8 8\" refX=\"1\" refY=\"4\" "
			"markerWidth=\"8\" "
			"markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\">"
			"<path d=\"M0 0L8 4L0 8z\" fill=\"%s\"/></marker>",
			names[i][0], names[i][1]);
	}
	(void)fputs("</defs>\n", out);
}

/* One word of the legend; x moves on. */
static void
legend_word(int *x, int y, const char *class, const char *text, FILE *out)
{
	text_put(*x, y, 400, GRAPH_CHAR_TENTH, class, text, out);
	*x += (int)strlen(text) * GRAPH_CHAR_TENTH / 10 + 22;
}

static void
legend_put(const struct graph *g, FILE *out)
{
	int x = GRAPH_MARGIN;
	int y = g->height - 16;

	(void)fprintf(out, "<path class=\"e\" d=\"M%d %dh26\"/>\n", x, y - 4);
	x += 32;
	legend_word(&x, y, "k", "may call", out);
	(void)fprintf(out, "<path class=\"e guard\" d=\"M%d %dh26\"/>\n", x, y - 4);
	x += 32;
	legend_word(&x, y, "k", "under conditions", out);
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		const char *level = graph_node(g, i)->level;
		bool is_told = level == NULL;

		for (uint32_t n = 0; !is_told && n < i; n++) {
			is_told = graph_node(g, n)->level != NULL &&
				  strcmp(graph_node(g, n)->level, level) == 0;
		}
		if (!is_told && x < g->width - 180) {
			(void)fprintf(out,
				"<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"14\" height=\"11\" "
				"rx=\"3\" "
				"fill=\"%s\"/>\n",
				x, y - 10, fill_of(g, level));
			x += 20;
			legend_word(&x, y, "k", level, out);
		}
	}
	if (g->is_diff) {
		legend_word(&x, y, "k new", "new", out);
		legend_word(&x, y, "k old", "gone", out);
		legend_word(&x, y, "k changed", "changed", out);
	}
}

void
graph_svg(const struct graph *g, FILE *out)
{
	(void)fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
		"height=\"%d\">\n<title>%s</title>\n%s<rect width=\"100%%\" height=\"100%%\" "
		"fill=\"#ffffff\"/>\n",
		g->width, g->height, g->width, g->height, g->title, head);
	heads_put(out);
	text_put(GRAPH_MARGIN, 28, g->width - 2 * GRAPH_MARGIN, 103, "t", g->title, out);
	for (uint32_t i = 0; i < g->edges.count; i++) {
		edge_put(g, i, out);
	}
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		node_put(g, i, out);
	}
	legend_put(g, out);
	(void)fputs("</svg>\n", out);
}

void
graph_dot(const struct graph *g, FILE *out)
{
	static const char *const colours[] = {[GRAPH_BOTH] = "gray40",
		[GRAPH_NEW] = "darkgreen",
		[GRAPH_OLD] = "red",
		[GRAPH_CHANGED] = "orange"};

	(void)fprintf(out, "digraph \"%s\" {\n    rankdir=LR; node [shape=box];\n", g->title);
	for (uint32_t i = 0; i < g->nodes.count; i++) {
		const struct graph_node *node = graph_node(g, i);

		(void)fprintf(out, "    n%u [label=\"%s\\n%s\"%s];\n", i, node->name,
			node->is_device ? "device" : node->sub,
			node->is_device ? " style=dashed" : "");
	}
	for (uint32_t i = 0; i < g->edges.count; i++) {
		const struct graph_edge *edge = graph_edge(g, i);

		(void)fprintf(out, "    n%u -> n%u [label=\"%s\" color=%s%s];\n", edge->from,
			edge->to, edge->label,
			colours[graph_state(g, edge->in_old, edge->in_new, edge->is_changed)],
			edge->is_guarded ? " style=dashed" : "");
	}
	(void)fputs("}\n", out);
}
