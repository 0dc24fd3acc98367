/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_interface.h: interfaces of all units, typed, laid out, numbered and digested [T4 to T9]. */
#ifndef GATE_SEMA_INTERFACE_H
#define GATE_SEMA_INTERFACE_H

struct sema;

/* Fills s->l1->interfaces and the symbols of interfaces. Requires: types_declare ran. */
void sema_interfaces(struct sema *s);

#endif
