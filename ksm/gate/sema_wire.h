/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_wire.h: which instance's endpoint each use of an instance means [P7]. */
#ifndef GATE_SEMA_WIRE_H
#define GATE_SEMA_WIRE_H

struct sema;

/* Fills the wires of all instances and reports uses without one. Requires: all are declared. */
void sema_wires(struct sema *s);

#endif
