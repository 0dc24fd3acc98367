/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* claim.h: what the file claims can never be granted [R8]. */
#ifndef GATE_CLAIM_H
#define GATE_CLAIM_H

struct ast_claim;
struct sema;

/* Reports each `never` that some allow can break, with a message that does. */
void claims_check(struct sema *s);

/* The same of one claim, a `never`. */
void claim_check(struct sema *s, const struct ast_claim *claim);

#endif
