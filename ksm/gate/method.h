/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* method.h: methods of an interface by name [R3]. */
#ifndef GATE_METHOD_H
#define GATE_METHOD_H

struct ast_ident;
struct l1_interface;
struct l1_method;
struct sema;

/* Returns the method, or NULL after an error. */
const struct l1_method *method_get(
	struct sema *s, const struct l1_interface *interface, const struct ast_ident *name);

#endif
