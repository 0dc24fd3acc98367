/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow.c: the graph of what may flow, from the cells of L1, and the shortest way through it. */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "abi/abi.h"
#include "compile.h"
#include "lower.h"
#include "plain.h"
#include "sema.h"
#include "witness.h"

#define EDGES_BACK 4u /* of what is looked at again: a call and its answer make two */

struct builder {
	struct flow *flow;
	struct vector edges; /* struct flow_edge */
};

uint32_t
flow_node(const struct l1 *l1, uint32_t label)
{
	if (label >= l1->label_count || l1->labels[label].kind != L1_LABEL_RESOURCE) {
		return label;
	}
	return l1->instances[l1->labels[label].number].label;
}

static void
edge_add(struct builder *b, struct flow_edge edge)
{
	struct flow_edge *slot;

	edge.from = flow_node(b->flow->s->l1, edge.from);
	edge.to = flow_node(b->flow->s->l1, edge.to);
	if (edge.from == edge.to) {
		return;
	}
	/* Cells of the same two stand together: of equal edges the first rule is told. */
	slot = b->edges.elements;
	for (uint32_t i = b->edges.count; i > 0 && i + EDGES_BACK > b->edges.count; i--) {
		struct flow_edge *old = &slot[i - 1];

		if (old->from == edge.from && old->to == edge.to && old->sort == edge.sort) {
			*old = edge.rule->number < old->rule->number ? edge : *old;
			return;
		}
	}
	slot = vector_push(&b->edges, &b->flow->s->c->arena, sizeof *slot);
	*slot = edge;
}

static uint32_t
state_node(const struct builder *b, const struct l1_state *state)
{
	return b->flow->s->l1->label_count + state->number;
}

/* S34: some message of it is granted in some state; a forbid in words is subtracted. */
static bool
can_grant(struct sema *s, const struct l1_cell *group, uint32_t count, const struct l1_cell *cell)
{
	struct witness_question question = {
		.wanted = {cell->condition},
		.wanted_count = 1,
		.forbids = group,
		.forbid_count = count,
		.cell = cell,
	};

	for (uint32_t i = 0; i < count; i++) {
		if (group[i].source->is_forbid) {
			return witness_find(s, &question, NULL) != WITNESS_NONE;
		}
	}
	return true;
}

/* What decides: it flows to both sides, and to what the event changes [S33]. */
static void
state_decides(struct builder *b, const struct l1_cell *cell, const struct l1_state *state)
{
	uint32_t node = state_node(b, state);
	struct flow_edge edge = {
		node, cell->holder, FLOW_INFLUENCE, cell->source, "whether it is granted"};

	edge_add(b, edge);
	edge.to = cell->target;
	edge_add(b, edge);
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		edge.to = state_node(b, l1_effects(cell)[i].state);
		edge_add(b, edge);
	}
}

/* Of a test what is remembered in it, alone or in a sum. */
static void
field_decides(struct builder *b, const struct l1_cell *cell, const struct l1_field *field)
{
	if (field == NULL) {
		return;
	}
	if (field->state != NULL) {
		state_decides(b, cell, field->state);
	}
	for (uint32_t i = 0; i < field->term_count; i++) {
		field_decides(b, cell, field->terms[i].field);
	}
}

static void
condition_decides(
	struct builder *b, const struct l1_cell *cell, const struct l1_condition *condition)
{
	field_decides(b, cell, condition->field);
	field_decides(b, cell, condition->other);
	for (uint32_t i = 0; i < condition->part_count; i++) {
		condition_decides(b, cell, condition->parts[i]);
	}
}

static const struct l1_method *
method_of(const struct l1 *l1, const struct l1_cell *cell)
{
	return &l1_interface_find(l1, cell->interface)->methods[cell->method - 1];
}

/* Who changes it: who sends; of an answer also who asked for it, of what is asked about
 * who asks. */
static void
effects_flow(struct builder *b, const struct l1_cell *cell)
{
	for (uint32_t i = 0; i < l1_effect_count(cell); i++) {
		struct flow_edge edge = {cell->holder, state_node(b, l1_effects(cell)[i].state),
			FLOW_INFLUENCE, cell->source, "what it does to it"};

		edge_add(b, edge);
		state_decides(b, cell, l1_effects(cell)[i].state);
		if (cell->event != L1_CALL || method_of(b->flow->s->l1, cell)->is_ask) {
			edge.from = cell->target;
			edge_add(b, edge);
		}
	}
}

static bool
carries(const struct l1_message *message, enum l1_carry what)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].carries == what) {
			return true;
		}
	}
	return false;
}

/* S32, S33: what a call lets flow back. NULL: nothing. */
static const char *
flows_back(const struct l1_method *method, enum flow_sort *sort)
{
	*sort = FLOW_DATA;
	if (carries(&method->call, L1_WRITES)) {
		return "what it writes into lent memory";
	}
	if (carries(&method->call, L1_HANDLE)) {
		return "what is shared by a handle";
	}
	if (method->reply.field_count != 0) {
		return "its reply";
	}
	if (method->error_count != 0) {
		return "its errors";
	}
	*sort = FLOW_INFLUENCE;
	return method->is_oneway ? NULL : "when it answers";
}

static void
call_flow(struct builder *b, const struct l1_cell *cell)
{
	const struct l1 *l1 = b->flow->s->l1;
	struct flow_edge to = {
		cell->holder, cell->target, FLOW_DATA, cell->source, "what it asks for"};
	struct flow_edge back = {cell->target, cell->holder, FLOW_DATA, cell->source, NULL};

	if (l1->labels[cell->target].kind == L1_LABEL_DEVICE) {
		back.what = "what the device holds";
	} else if (cell->interface == INTERFACE_SIGNAL) {
		to.sort = FLOW_INFLUENCE;
		to.what = "its signals";
	} else {
		back.what = flows_back(method_of(l1, cell), &back.sort);
	}
	edge_add(b, to);
	if (back.what != NULL) {
		edge_add(b, back);
	}
}

/* Whether the message can name that instance. */
static bool
can_name(struct builder *b, const struct l1_cell *group, uint32_t count, const struct l1_cell *cell,
	const struct l1_field *field, uint16_t number)
{
	struct l1_range range = {number, number};
	struct l1_condition is_it = {
		.kind = L1_IN, .field = field, .ranges = &range, .range_count = 1};
	struct witness_question question = {
		.wanted = {cell->condition, &is_it},
		.wanted_count = 2,
		.forbids = group,
		.forbid_count = count,
		.cell = cell,
	};

	return witness_find(b->flow->s, &question, NULL) != WITNESS_NONE;
}

/* What asks init for a start reaches who is started: its words, and that it runs [S32]. */
static void
start_flow(struct builder *b, const struct l1_cell *group, uint32_t count)
{
	const struct l1 *l1 = b->flow->s->l1;
	const struct plain_start *how = plain_start_of(b->flow->s, group);

	for (uint32_t i = 0; how != NULL && i < count; i++) {
		const struct l1_field *field = plain_field(method_of(l1, group), how->target);
		uint16_t known = 0; /* a template: of it all start */

		for (uint32_t n = 1; !group[i].source->is_forbid && n < l1->instance_count; n++) {
			const struct l1_instance *one = &l1->instances[n];

			if ((how->of_template && (one->template == 0 || one->template == known)) ||
				!can_name(b, group, count, &group[i], field, one->number)) {
				continue;
			}
			known = one->template;
			for (uint32_t t = how->of_template ? 1 : n; t < l1->instance_count; t++) {
				if (t == n || (how->of_template &&
						      l1->instances[t].template == one->template)) {
					edge_add(b, (struct flow_edge){group->holder,
							    l1->instances[t].label, FLOW_DATA,
							    group[i].source, "what it starts"});
				}
			}
		}
	}
}

/* Of a device only what stands on the board: audit and trace are sinks, the rest is the kernel's.
 */
static bool
is_node(const struct flow *flow, uint16_t label)
{
	const struct l1_label *l = &flow->s->l1->labels[label];

	if (l->kind == L1_LABEL_INSTANCE || l->kind == L1_LABEL_RESOURCE) {
		return l->number != 0;
	}
	for (uint32_t i = 1; l->kind == L1_LABEL_DEVICE && i < flow->s->l1->instance_count; i++) {
		const struct l1_class *class = flow->s->l1->instances[i].class;

		for (uint32_t d = 0; d < class->device_count; d++) {
			if (class->devices[d].label == label && class->devices[d].is_board) {
				return true;
			}
		}
	}
	return false;
}

static void
group_flow(struct builder *b, const struct l1_cell *group, uint32_t count)
{
	bool is_possible = false;

	start_flow(b, group, count);
	if (!is_node(b->flow, group->holder) || !is_node(b->flow, group->target)) {
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (group[i].source->is_forbid || !can_grant(b->flow->s, group, count, &group[i])) {
			continue;
		}
		if (group[i].event == L1_CALL && !method_of(b->flow->s->l1, &group[i])->is_ask) {
			call_flow(b, &group[i]);
		}
		condition_decides(b, &group[i], group[i].condition);
		effects_flow(b, &group[i]);
		is_possible = true;
	}
	for (uint32_t i = 0; is_possible && i < count; i++) {
		if (group[i].source->is_forbid) {
			condition_decides(b, &group[i], group[i].condition);
		}
	}
}

/* How many there are is seen by who gets one or not, and by who gives it. */
static void
passage_flow(struct builder *b, const struct l1_cell *passage)
{
	if (!is_node(b->flow, passage->holder) || !is_node(b->flow, passage->target)) {
		return;
	}
	for (uint32_t i = 0; i < l1_effect_count(passage); i++) {
		const struct l1_state *state = l1_effects(passage)[i].state;
		struct flow_edge edge = {passage->holder, state_node(b, state), FLOW_INFLUENCE,
			passage->source, "how many it has"};

		edge_add(b, edge);
		edge.from = passage->target;
		edge_add(b, edge);
		state_decides(b, passage, state);
	}
}

static int
edge_order(const void *a, const void *b)
{
	const struct flow_edge *x = a;
	const struct flow_edge *y = b;
	const uint32_t left[] = {x->from, x->to, x->sort, x->rule->number};
	const uint32_t right[] = {y->from, y->to, y->sort, y->rule->number};

	for (uint32_t i = 0; i < sizeof left / sizeof left[0]; i++) {
		if (left[i] != right[i]) {
			return left[i] < right[i] ? -1 : 1;
		}
	}
	return 0;
}

void
flow_build(struct flow *flow, struct sema *s)
{
	struct builder b = {.flow = flow};
	const struct l1 *l1 = s->l1;

	*flow = (struct flow){.s = s, .node_count = l1->label_count + l1->state_count};
	for (uint32_t first = 0, end = 0; first < l1->cell_count; first = end) {
		end = lower_group_end(l1, first);
		group_flow(&b, &l1->cells[first], end - first);
	}
	for (uint32_t i = 0; i < l1->passage_count; i++) {
		passage_flow(&b, &l1->passages[i]);
	}
	flow->edges = b.edges.elements;
	flow->edge_count = b.edges.count;
	if (flow->edge_count != 0) {
		qsort(flow->edges, flow->edge_count, sizeof *flow->edges, edge_order);
	}
	flow->first = arena_array(&s->c->arena, (size_t)flow->node_count + 1, sizeof *flow->first);
	for (uint32_t node = 0, edge = 0; node <= flow->node_count; node++) {
		while (edge < flow->edge_count && flow->edges[edge].from < node) {
			edge++;
		}
		flow->first[node] = edge;
	}
}

/* The edges that led to a node, from the first on. */
static uint32_t
path_trace(const struct flow_edge *const *by, uint32_t node, const struct flow_edge **path)
{
	uint32_t count = 0;

	for (uint32_t at = node; by[at] != NULL; at = by[at]->from) {
		count++;
	}
	for (uint32_t i = count; i > 0; i--) {
		path[i - 1] = by[node];
		node = by[node]->from;
	}
	return count;
}

uint32_t
flow_path(const struct flow *flow, enum flow_sort sort, const bool *from, const bool *to,
	const bool *out, const struct flow_edge **path, bool *reached)
{
	struct arena *a = &flow->s->c->arena;
	const struct flow_edge **by = arena_array(a, flow->node_count, sizeof(*by));
	bool *seen = reached != NULL ? reached : arena_array(a, flow->node_count, sizeof *seen);
	uint32_t *queue = arena_array(a, flow->node_count, sizeof *queue);
	uint32_t count = 0;
	uint32_t length = 0;

	for (uint32_t i = 0; i < flow->node_count; i++) {
		seen[i] = from[i] && (out == NULL || !out[i]);
		if (seen[i]) {
			queue[count++] = i;
		}
	}
	for (uint32_t n = 0; n < count; n++) {
		for (uint32_t i = flow->first[queue[n]]; i < flow->first[queue[n] + 1]; i++) {
			const struct flow_edge *edge = &flow->edges[i];

			if (edge->sort > sort || seen[edge->to] || (out != NULL && out[edge->to])) {
				continue;
			}
			seen[edge->to] = true;
			by[edge->to] = edge;
			queue[count++] = edge->to;
			if (length == 0 && to[edge->to]) {
				length = path_trace(by, edge->to, path);
			}
		}
		if (length != 0 && reached == NULL) {
			break;
		}
	}
	return length;
}

const char *
flow_name(const struct flow *flow, uint32_t node)
{
	const struct l1 *l1 = flow->s->l1;

	return node < l1->label_count ? l1->labels[node].name
				      : l1->states[node - l1->label_count]->object->name;
}
