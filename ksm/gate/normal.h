/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* normal.h: the normal form for people: every rule in force and what each class needs. */
#ifndef GATE_NORMAL_H
#define GATE_NORMAL_H

#include <stdio.h>

struct sema;

/* Prints written and generated rules as they expand, and the memory of each class to the byte. */
void normal_print(struct sema *s, FILE *out);

#endif
