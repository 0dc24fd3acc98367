/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow_claim.h: what a file claims about flows: `prove` and `enforce` [S30, S35 to S37]. */
#ifndef GATE_FLOW_CLAIM_H
#define GATE_FLOW_CLAIM_H

#include <stdbool.h>
#include <stdio.h>

struct ast_claim;
struct ast_who;
struct flow;
struct sema;

/* Requires: L1 is complete. Reports each claim that does not hold, with the shortest path. */
void flow_claims_check(struct sema *s);

/* One claim that is not `never`: reports it if it does not hold. */
void flow_claim_check(const struct flow *flow, const struct ast_claim *claim);

/* Marks the nodes that somebody in a claim stands for. Returns false after an error. */
bool flow_who_mark(const struct flow *flow, const struct ast_who *who, bool *nodes);

/* Prints what every such claim assumes. */
void flow_assumed_print(FILE *out);

/* Prints the claims that hold, what they assume, and what they leave over. */
void flow_claims_print(const struct sema *s, FILE *out);

#endif
