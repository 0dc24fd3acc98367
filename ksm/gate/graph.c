/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* graph.c: nodes and edges from the cells of L1. */
#include "graph.h"

#include <string.h>

#include "abi/abi.h"
#include "arena.h"
#include "ast.h"
#include "l1.h"
#include "level.h"
#include "lower.h"
#include "sema.h"

static const char *
last_part(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot == NULL ? name : dot + 1;
}

/* `servers` of servers.uart.Uart; of a name without a dot `product`. */
static const char *
first_part(struct graph *g, const char *name)
{
	const char *dot = strchr(name, '.');

	return dot == NULL ? "product" : arena_copy(g->a, name, (size_t)(dot - name));
}

static const char *
level_name(const struct sema *s, const struct l1_instance *instance)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *info = sema_instance(s, i);

		for (uint32_t n = 0; info->number == instance->number && n < s->levels.count; n++) {
			if (level_of(s, info, level_at(s, n)->lattice) == n) {
				return level_at(s, n)->word->text;
			}
		}
	}
	return NULL;
}

/* The node of that name, made if it is new. */
static uint32_t
node_get(struct graph *g, const char *name, bool is_device, bool is_old)
{
	struct graph_node *node = NULL;
	uint32_t i = 0;

	while (i < g->nodes.count && (graph_node(g, i)->is_device != is_device ||
					     strcmp(graph_node(g, i)->name, name) != 0)) {
		i++;
	}
	if (i == g->nodes.count) {
		node = vector_push(&g->nodes, g->a, sizeof *node);
		*node = (struct graph_node){.name = name, .sub = "", .is_device = is_device};
	}
	node = graph_node(g, i);
	node->in_old = node->in_old || is_old;
	node->in_new = node->in_new || !is_old;
	return i;
}

static uint32_t
node_of_instance(struct graph *g, const struct sema *s, uint32_t number, bool is_old)
{
	const struct l1_instance *instance = &s->l1->instances[number];
	const char *level = level_name(s, instance);
	const char *name = instance->name;
	struct graph_node *node;
	uint32_t index;

	if (g->by == GRAPH_BY_LEVEL) {
		name = level == NULL ? "no level" : level;
	} else if (g->by == GRAPH_BY_FOLDER) {
		name = first_part(g, instance->class->name);
	}
	index = node_get(g, name, false, is_old);
	node = graph_node(g, index);
	node->level = g->by == GRAPH_BY_FOLDER ? NULL : level;
	if (g->by == GRAPH_BY_INSTANCE) {
		node->sub = last_part(instance->class->name);
	} else if (strstr(node->sub, instance->name) == NULL) {
		node->sub = arena_format(
			g->a, "%s%s%s", node->sub, *node->sub == '\0' ? "" : ", ", instance->name);
	}
	return index;
}

static struct graph_edge *
edge_get(struct graph *g, uint32_t from, uint32_t to, const char *endpoint, bool is_old)
{
	size_t length = strlen(endpoint);
	struct graph_edge *edge;

	for (uint32_t i = 0; i < g->edges.count; i++) {
		edge = graph_edge(g, i);
		if (edge->from == from && edge->to == to &&
			strncmp(edge->label, endpoint, length) == 0 &&
			(edge->label[length] == '\0' || edge->label[length] == '.')) {
			edge->in_old = edge->in_old || is_old;
			edge->in_new = edge->in_new || !is_old;
			return edge;
		}
	}
	edge = vector_push(&g->edges, g->a, sizeof *edge);
	*edge = (struct graph_edge){
		.from = from, .to = to, .label = endpoint, .in_old = is_old, .in_new = !is_old};
	return edge;
}

/* `valve.set`, then `valve.set, read`. */
static void
method_add(struct graph *g, struct graph_edge *edge, const char *method, bool is_old)
{
	const char *at = strstr(edge->label, method);
	size_t length = strlen(method);
	bool is_first = strchr(edge->label, '.') == NULL;

	for (; at != NULL; at = strstr(at + 1, method)) {
		bool begins = at != edge->label && (at[-1] == '.' || at[-1] == ' ');

		if (begins && (at[length] == '\0' || at[length] == ',')) {
			return;
		}
	}
	/* Of what only the old one has the edge says so. */
	edge->is_changed = edge->is_changed || (is_old && edge->in_new);
	edge->label = arena_format(g->a, is_first ? "%s.%s" : "%s, %s", edge->label, method);
}

static const char *
endpoint_of(const struct l1 *l1, const struct l1_cell *cell)
{
	const struct l1_label *label = &l1->labels[cell->target];
	const struct l1_class *class = l1->instances[label->number].class;

	for (uint32_t i = 0; i < class->gives_count; i++) {
		if (class->gives[i].interface == cell->interface) {
			return class->gives[i].name;
		}
	}
	return cell->interface == INTERFACE_SIGNAL
		       ? "signal"
		       : l1_interface_find(l1, cell->interface)->short_name;
}

static bool
is_instance(const struct l1 *l1, uint16_t label)
{
	const struct l1_label *l = &l1->labels[label];

	return (l->kind == L1_LABEL_INSTANCE || l->kind == L1_LABEL_RESOURCE) && l->number != 0;
}

static void
cell_add(struct graph *g, const struct sema *s, const struct l1_cell *cell, bool is_old)
{
	const struct l1 *l1 = s->l1;
	struct graph_edge *edge;
	uint32_t from;
	uint32_t to;

	if (cell->event != L1_CALL || cell->source->is_forbid || cell->source->is_generated ||
		!is_instance(l1, cell->holder) || !is_instance(l1, cell->target)) {
		return;
	}
	from = node_of_instance(g, s, l1->labels[cell->holder].number, is_old);
	to = node_of_instance(g, s, l1->labels[cell->target].number, is_old);
	if (from == to) {
		return;
	}
	edge = edge_get(g, from, to, endpoint_of(l1, cell), is_old);
	edge->is_guarded =
		edge->is_guarded || cell->condition->kind != L1_ALWAYS || cell->source->has_effects;
	if (cell->interface != INTERFACE_SIGNAL) {
		method_add(g, edge,
			l1_interface_find(l1, cell->interface)->methods[cell->method - 1].name,
			is_old);
	}
}

void
graph_add(struct graph *g, struct sema *s, bool is_old)
{
	const struct l1 *l1 = s->l1;

	for (uint32_t i = 1; i < l1->instance_count; i++) {
		const struct l1_class *class = l1->instances[i].class;
		uint32_t from = node_of_instance(g, s, i, is_old);

		for (uint32_t n = 0; n < class->device_count; n++) {
			if (class->devices[n].is_board) {
				(void)edge_get(g, from,
					node_get(g, class->devices[n].name, true, is_old), "drives",
					is_old);
			}
		}
	}
	for (uint32_t i = 0; i < l1->cell_count; i++) {
		cell_add(g, s, &l1->cells[i], is_old);
	}
}
