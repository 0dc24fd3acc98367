/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_message.h: the parameters of a message become its fields, each with its place [T4 to T6]. */
#ifndef GATE_SEMA_MESSAGE_H
#define GATE_SEMA_MESSAGE_H

#include <stdbool.h>

#include "l1_interface.h"

struct ast_method;
struct ast_param;
struct sema;
struct unit;

/* Fills the message, which is empty. Returns false after an error. */
bool sema_message(struct sema *s, const struct unit *unit, const struct ast_param *params,
	struct l1_message *message);

/* The same for the parameters of a method's errors, of which one has some at least. */
bool sema_errors(struct sema *s, const struct unit *unit, const struct ast_method *ast,
	struct l1_method *method);

#endif
