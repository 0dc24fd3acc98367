/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* late.h: parameters that a message may leave out, because they have a default [T16]. */
#ifndef GATE_LATE_H
#define GATE_LATE_H

#include <stdbool.h>

#include "l1_interface.h"

struct arena;
struct ast_param;
struct sema;
struct unit;

/* Gives the fields of a parameter the default that it says; what is optional is not there by
 * default. Returns false after an error. */
bool late_default(struct sema *s, const struct unit *unit, const struct ast_param *param,
	const struct l1_member *member, struct l1_field *fields, uint32_t count);

/* Says which fields a message may end before, and how long it may be. params: of each field.
 * Requires: it is laid out. Returns false after an error. */
bool late_lengths(
	struct sema *s, const struct ast_param *const *params, struct l1_message *message);

/* Notes which fields have an instance as their default. params: of each field. */
void late_processes(struct sema *s, const struct unit *unit, const struct ast_param *const *params,
	struct l1_message *message);

/* Gives those their number. Requires: fields of type process have the names of instances. */
void late_processes_settle(struct sema *s);

#endif
