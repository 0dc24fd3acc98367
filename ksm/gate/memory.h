/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* memory.h: what each instance needs, and whether the board has it [P9]. */
#ifndef GATE_MEMORY_H
#define GATE_MEMORY_H

#include <stdio.h>

struct sema;
struct system_program;

/* Sizes of programs by number of the instance, from the digests as far as they are known. */
const struct system_program *memory_programs(const struct sema *s);

/* Reports a system that the board cannot hold. Requires: s->l1 has instances. */
void memory_check(struct sema *s);

/* Prints a table: a line for each class in use, then the sum over all instances, in bytes. */
void memory_print(const struct sema *s, FILE *out);

#endif
