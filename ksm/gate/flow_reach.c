/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow_reach.c: the graph walked backwards, once for all who may stand at its other end. */
#include "flow_reach.h"

#include "arena.h"

/* Edges by where they lead: those to a node are order[first[node]] .. order[first[node + 1]]. */
struct backwards {
	uint32_t *first;
	uint32_t *order;
};

static struct backwards
backwards_make(const struct flow *flow, struct arena *a)
{
	struct backwards b = {
		.first = arena_array(a, (size_t)flow->node_count + 2, sizeof(uint32_t)),
		.order = arena_array(a, flow->edge_count, sizeof(uint32_t)),
	};

	for (uint32_t i = 0; i < flow->edge_count; i++) {
		b.first[flow->edges[i].to + 2]++;
	}
	for (uint32_t i = 2; i <= flow->node_count; i++) {
		b.first[i] += b.first[i - 1];
	}
	for (uint32_t i = 0; i < flow->edge_count; i++) {
		b.order[b.first[flow->edges[i].to + 1]++] = i;
	}
	return b;
}

void
flow_reach(
	const struct flow *flow, enum flow_sort sort, const bool *to, const struct flow_edge **next)
{
	struct arena scratch;
	struct backwards b;
	uint32_t *queue;
	uint32_t count = 0;

	arena_init(&scratch);
	b = backwards_make(flow, &scratch);
	queue = arena_array(&scratch, flow->node_count, sizeof *queue);
	for (uint32_t i = 0; i < flow->node_count; i++) {
		next[i] = NULL;
		if (to[i]) {
			queue[count++] = i;
		}
	}
	for (uint32_t n = 0; n < count; n++) {
		for (uint32_t i = b.first[queue[n]]; i < b.first[queue[n] + 1]; i++) {
			const struct flow_edge *edge = &flow->edges[b.order[i]];

			if (edge->sort <= sort && next[edge->from] == NULL && !to[edge->from]) {
				next[edge->from] = edge;
				queue[count++] = edge->from;
			}
		}
	}
	arena_release(&scratch);
}
