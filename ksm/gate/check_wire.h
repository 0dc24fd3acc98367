/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* check_wire.h: wires and rules held against each other: both walls must agree [R12]. */
#ifndef GATE_CHECK_WIRE_H
#define GATE_CHECK_WIRE_H

struct sema;

/*
 * Warns of wires over which no rule allows any method, and of allows without a wire; with --strict
 * these are errors. Requires: lower_finish ran.
 */
void check_wires(struct sema *s);

#endif
