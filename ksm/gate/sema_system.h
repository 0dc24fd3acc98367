/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_system.h: the instances of a system, their wires, order and labels [P6 to P11]. */
#ifndef GATE_SEMA_SYSTEM_H
#define GATE_SEMA_SYSTEM_H

#include <stdbool.h>

struct sema;

/* Chooses s->system and s->board. Returns false after an error. */
bool sema_board(struct sema *s);

/*
 * Fills s->instances. A file without a system gets one instance of each of its processes, so that
 * its rules can be checked. Requires: sema_processes ran.
 */
void sema_instances(struct sema *s);

#endif
