/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow.h: what may flow from whom to whom: the graph behind `prove` and `enforce` [S31 to S34]. */
#ifndef GATE_FLOW_H
#define GATE_FLOW_H

#include <stdbool.h>
#include <stdint.h>

struct l1;
struct l1_rule;
struct sema;

enum flow_sort {
	FLOW_DATA,
	FLOW_INFLUENCE, /* and what is data flows there too */
};

/*
 * Nodes are labels of instances and of devices, then the states of the policy. An edge says what
 * the rule that makes it lets flow.
 */
struct flow_edge {
	uint32_t from, to;
	enum flow_sort sort;
	const struct l1_rule *rule; /* NULL: it follows from the system */
	const char *what;
};

struct flow {
	struct sema *s;
	uint32_t node_count;
	struct flow_edge *edges; /* sorted by from, to, sort */
	uint32_t edge_count;
	uint32_t *first; /* of each node, in edges; one more than there are nodes */
};

/* The node that stands for a label: of a resource the instance that has it. Other nodes stand for
 * themselves. */
uint32_t flow_node(const struct l1 *l1, uint32_t label);

/* Requires: L1 is complete. Builds the graph of the system. */
void flow_build(struct flow *flow, struct sema *s);

/*
 * Looks for the shortest path from one of the nodes with from[node] to one with to[node] that
 * leaves no node with out[node]; out may be NULL. Returns how many edges it has, and puts them
 * into path (node_count long) in their order; 0 if there is none. reached, if not NULL, gets for
 * each node whether there is a way to it, and then the whole graph is walked.
 */
uint32_t flow_path(const struct flow *flow, enum flow_sort sort, const bool *from, const bool *to,
	const bool *out, const struct flow_edge **path, bool *reached);

/* Returns the node's name for people. */
const char *flow_name(const struct flow *flow, uint32_t node);

#endif
