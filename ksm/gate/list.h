/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* list.h: the elements of a list, each a field or more of the message that it ends [T19]. */
#ifndef GATE_LIST_H
#define GATE_LIST_H

#include <stdbool.h>

#include "l1_interface.h"

struct arena;
struct ast_type;
struct sema;
struct unit;

/* Reads at most how many elements there are into out. Returns the type of an element, or NULL after
 * an error. */
const struct ast_type *list_read(
	struct sema *s, const struct ast_type *type, struct l1_member *out);

/* Gives the elements their place behind the fixed part, what says that they are there, and the
 * message its lengths. Requires: it is laid out, and its tail has its parts. */
void list_settle(struct arena *a, struct l1_message *message);

#endif
