/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* claim.h: what the file claims can never be granted [R8]. */
#ifndef GATE_CLAIM_H
#define GATE_CLAIM_H

struct sema;

/* Reports each `never` that some allow can break, with a message that does. */
void claims_check(struct sema *s);

#endif
