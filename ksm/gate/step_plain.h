/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* step_plain.h: `start`, `exit`, `share` in a test: which message is meant [R21]. */
#ifndef GATE_STEP_PLAIN_H
#define GATE_STEP_PLAIN_H

#include <stdbool.h>

struct ast_event;
struct party;
struct sema;
struct step_message;

/*
 * Finds the message, its interface and method, and who sends and receives it in place of those that
 * the event names. Returns false after an error.
 */
bool step_plain_find(struct sema *s, const struct ast_event *event, struct party *sender,
	struct party *receiver, struct step_message *out);

/* Gives the message what it says of the event's own two: whom it starts, with which program. */
void step_plain_fill(const struct sema *s, const struct party *sender, const struct party *receiver,
	struct step_message *out);

#endif
