/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* query.h: who can reach whom, by which way, and under which conditions. */
#ifndef GATE_QUERY_H
#define GATE_QUERY_H

#include <stdio.h>

#include "flow.h"

/*
 * For each node of from that something goes from to a node of to: the rules of calls between them,
 * and a shortest way for data, or else for influence. Then whom nothing goes from, and what is
 * assumed. Requires: nobody is in both.
 */
void query_print(const struct flow *flow, const bool *from, const bool *to, FILE *out);

#endif
