/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* explain.h: a verdict in sentences: what decided, where it stands, what failed. */
#ifndef GATE_EXPLAIN_H
#define GATE_EXPLAIN_H

#include <stdio.h>

struct l1_verdict;
struct sema;
struct step_message;

/* Prints what is known of a verdict, each line indented by four blanks. */
void explain_print(
	struct sema *s, const struct step_message *m, const struct l1_verdict *verdict, FILE *out);

#endif
