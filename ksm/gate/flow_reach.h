/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow_reach.h: from whom something reaches a place, and by which way. */
#ifndef GATE_FLOW_REACH_H
#define GATE_FLOW_REACH_H

#include "flow.h"

/* For each node the first edge of a shortest way to one of those with to[node]; NULL: it is one of
 * them, or there is no way. next: node_count long. */
void flow_reach(const struct flow *flow, enum flow_sort sort, const bool *to,
	const struct flow_edge **next);

#endif
