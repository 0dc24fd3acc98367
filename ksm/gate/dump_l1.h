/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dump_l1.h: all of L1 as text, for people who look into gate. */
#ifndef GATE_DUMP_L1_H
#define GATE_DUMP_L1_H

#include <stdio.h>

struct l1;

/* Prints interfaces with layouts, instances, labels, rules and cells. */
void dump_l1(const struct l1 *l1, FILE *out);

#endif
