/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* generated.h: rules that follow from the system and are not written [R11]. */
#ifndef GATE_GENERATED_H
#define GATE_GENERATED_H

struct sema;

/*
 * Adds them behind the written rules. Requires: instances and labels of s->l1, and kernel.core.
 * An instance whose program has no digest yet gets no rule for its start.
 */
void generated_rules(struct sema *s);

#endif
