/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* evolve.h: interfaces as they were and as they are: whoever was built with OLD goes on [T15]. */
#ifndef GATE_EVOLVE_H
#define GATE_EVOLVE_H

#include <stdbool.h>

struct ast_method;
struct l1_message;
struct sema;

/*
 * Compares each interface of OLD with the one of its name in NEW, as far as NEW reads its unit.
 * What would break a program that was built with OLD is an error of NEW's compilation. Requires:
 * both came out of sema_run, neither was released.
 */
void evolve_check(const struct sema *old, struct sema *new);

/* Both sides of one message, call or reply, of one method. */
struct evolve_message {
	const struct sema *old;
	struct sema *new;
	const struct ast_method *ast; /* of NEW */
	const struct l1_message *was;
	const struct l1_message *is;
	bool is_reply;
};

/* The part of evolve_check that looks at one message: its fields, their places and values. At most
 * one error, the first. Returns whether there was none. */
bool evolve_message(const struct evolve_message *m);

#endif
