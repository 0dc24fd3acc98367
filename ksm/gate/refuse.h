/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refuse.h: what the grammar has and this version does not lower [V1]. */
#ifndef GATE_REFUSE_H
#define GATE_REFUSE_H

struct sema;

/* Reports every item that this version refuses, once each. */
void refuse_items(struct sema *s);

#endif
