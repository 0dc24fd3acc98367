/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_instance.h: instances in start order, with numbers and labels [P10, P11]. */
#ifndef GATE_LOWER_INSTANCE_H
#define GATE_LOWER_INSTANCE_H

struct sema;

/* Fills instances and labels of s->l1. Requires: sema_instances ran without an error. */
void lower_instances(struct sema *s);

#endif
