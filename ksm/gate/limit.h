/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* limit.h: how many capabilities of a label there may be; what goes with the last [S22, S25]. */
#ifndef GATE_LIMIT_H
#define GATE_LIMIT_H

struct sema;

/* Types every `limit`, and gives it a number as a rule. Requires: the system's instances are
 * numbered, and its other rules are. */
void limits_declare(struct sema *s);

/* Finds what capabilities count as they come and go. Requires: L1 has its cells, and the edges of
 * other policies. */
void limits_count(struct sema *s);

/* L1 gets its passages. What is kept for each of a label begins anew with its numbers. Requires:
 * the states of other policies are there, all with their ids. */
void limits_finish(struct sema *s);

#endif
