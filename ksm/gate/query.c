/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* query.c: rules between two, ways over others, and channels that no rule speaks of. */
#include "query.h"

#include "arena.h"
#include "compile.h"
#include "flow_claim.h"
#include "flow_reach.h"
#include "lower.h"
#include "sema.h"

struct query {
	const struct flow *flow;
	const struct l1 *l1;
	const bool *from;
	const bool *to;
	const struct flow_edge **data; /* the next step for data */
	const struct flow_edge **influence;
	bool *is_told; /* of rules, for the pair at hand */
	FILE *out;
};

static void
rule_print(const struct l1_rule *rule, FILE *out)
{
	if (rule->is_generated) {
		(void)fprintf(out, "follows from the system: %.*s\n", (int)rule->text_bytes,
			rule->text_begin);
		return;
	}
	(void)fprintf(out, "%s:%u: %.*s\n", rule->position.file, rule->position.line,
		(int)rule->text_bytes, rule->text_begin);
}

static bool
is_between(const struct query *q, const struct l1_cell *cell, uint32_t node)
{
	return cell->event == L1_CALL && flow_node(q->l1, cell->holder) == node &&
	       q->to[flow_node(q->l1, cell->target)];
}

/* Where the cells begin that this label holds. */
static uint32_t
holder_first(const struct l1 *l1, uint32_t label)
{
	struct l1_edge edge = {.holder = (uint16_t)label};

	return lower_edge_first(l1, &edge);
}

/* What it may call there itself: each rule once. Returns whether there is something. */
static bool
calls_print(const struct query *q, uint32_t node)
{
	uint32_t first = holder_first(q->l1, node);
	bool is_any = false;

	for (uint32_t i = first; i < q->l1->cell_count && q->l1->cells[i].holder == node; i++) {
		const struct l1_cell *cell = &q->l1->cells[i];

		if (is_between(q, cell, node) && !q->is_told[cell->source->number - 1]) {
			q->is_told[cell->source->number - 1] = true;
			(void)fputs("    ", q->out);
			rule_print(cell->source, q->out);
			is_any = true;
		}
	}
	for (uint32_t i = first; i < q->l1->cell_count && q->l1->cells[i].holder == node; i++) {
		q->is_told[q->l1->cells[i].source->number - 1] = false;
	}
	return is_any;
}

/* `data: a -> b -> c`, and below it why each step is one. */
static void
way_print(
	const struct query *q, const char *word, const struct flow_edge *const *next, uint32_t node)
{
	(void)fprintf(q->out, "    %s: %s", word, flow_name(q->flow, node));
	for (uint32_t at = node; next[at] != NULL; at = next[at]->to) {
		(void)fprintf(q->out, " -> %s", flow_name(q->flow, next[at]->to));
	}
	(void)fputc('\n', q->out);
	for (uint32_t at = node; next[at] != NULL; at = next[at]->to) {
		(void)fprintf(q->out, "        %s -> %s, %s: ", flow_name(q->flow, at),
			flow_name(q->flow, next[at]->to), next[at]->what);
		rule_print(next[at]->rule, q->out);
	}
}

static void
node_print(const struct query *q, uint32_t node)
{
	bool is_direct;

	(void)fprintf(q->out, "%s\n", flow_name(q->flow, node));
	is_direct = calls_print(q, node);
	if (q->data[node] != NULL && (!is_direct || !q->to[q->data[node]->to])) {
		way_print(q, "data", q->data, node);
	} else if (q->data[node] == NULL) {
		way_print(q, "influence only", q->influence, node);
	}
}

/* Of a pair whose calls nobody answers [S33]. */
static void
residue_print(const struct query *q)
{
	for (uint32_t i = 0; i < q->l1->cell_count; i++) {
		const struct l1_cell *cell = &q->l1->cells[i];
		const struct l1_interface *interface;
		uint32_t holder = flow_node(q->l1, cell->holder);
		uint32_t target = flow_node(q->l1, cell->target);

		if (cell->event != L1_CALL || cell->source->is_forbid ||
			!((q->from[holder] && q->to[target]) ||
				(q->to[holder] && q->from[target]))) {
			continue;
		}
		interface = l1_interface_find(q->l1, cell->interface);
		if (interface->methods[cell->method - 1].is_oneway) {
			(void)fprintf(q->out, "residual: %s sees when %s takes %s.%s\n",
				q->l1->labels[cell->holder].name, q->l1->labels[cell->target].name,
				interface->short_name, interface->methods[cell->method - 1].name);
		}
	}
}

static void
unreached_print(const struct query *q)
{
	const char *comma = "nothing goes from: ";

	for (uint32_t i = 0; i < q->flow->node_count; i++) {
		if (q->from[i] && q->influence[i] == NULL) {
			(void)fprintf(q->out, "%s%s", comma, flow_name(q->flow, i));
			comma = ", ";
		}
	}
	(void)fputs(comma[0] == ',' ? "\n" : "", q->out);
}

void
query_print(const struct flow *flow, const bool *from, const bool *to, FILE *out)
{
	struct arena scratch;
	struct query q = {.flow = flow, .l1 = flow->s->l1, .from = from, .to = to, .out = out};
	uint32_t reached = 0;
	uint32_t all = 0;

	arena_init(&scratch);
	q.data = arena_array(&scratch, flow->node_count, sizeof(*q.data));
	q.influence = arena_array(&scratch, flow->node_count, sizeof(*q.influence));
	q.is_told = arena_array(&scratch, q.l1->rule_count + 1u, sizeof(bool));
	flow_reach(flow, FLOW_DATA, to, q.data);
	flow_reach(flow, FLOW_INFLUENCE, to, q.influence);
	for (uint32_t i = 0; i < flow->node_count; i++) {
		all += from[i];
		if (from[i] && q.influence[i] != NULL) {
			node_print(&q, i);
			reached++;
		}
	}
	unreached_print(&q);
	residue_print(&q);
	flow_assumed_print(out);
	(void)fprintf(out, "%u of %u reach it\n", reached, all);
	arena_release(&scratch);
}
