/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_process.h: process classes of all units [P1 to P5]. */
#ifndef GATE_SEMA_PROCESS_H
#define GATE_SEMA_PROCESS_H

struct sema;

/*
 * Fills s->classes, s->l1->classes (init first) and the symbols of processes. Requires:
 * sema_interfaces ran.
 */
void sema_processes(struct sema *s);

#endif
