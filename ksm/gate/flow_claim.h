/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* flow_claim.h: what a file claims about flows: `prove` and `enforce` [S30, S35 to S37]. */
#ifndef GATE_FLOW_CLAIM_H
#define GATE_FLOW_CLAIM_H

#include <stdio.h>

struct sema;

/* Requires: L1 is complete. Reports each claim that does not hold, with the shortest path. */
void flow_claims_check(struct sema *s);

/* Prints the claims that hold, what they assume, and what they leave over. */
void flow_claims_print(const struct sema *s, FILE *out);

#endif
