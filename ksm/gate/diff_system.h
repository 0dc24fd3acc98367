/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_system.h: who is new or gone, at which level they stand, and which claims are made. */
#ifndef GATE_DIFF_SYSTEM_H
#define GATE_DIFF_SYSTEM_H

#include <stdio.h>

struct sema;

/* Prints what differs. Returns how many lines. None of it grants anything. */
unsigned diff_system_print(struct sema *old, struct sema *new, FILE *out);

#endif
