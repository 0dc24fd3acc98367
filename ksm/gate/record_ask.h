/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record_ask.h: a message that is denied as an audit record says, as far as the record tells it. */
#ifndef GATE_RECORD_ASK_H
#define GATE_RECORD_ASK_H

#include <stdbool.h>

struct l1_field;
struct l1_verdict;
struct policy;
struct record;
struct step_message;

struct record_message {
	const char *words;    /* as somebody would type the message */
	const char *endpoint; /* of the receiver, as the words name it */
	/* The one field whose value the record tells; NULL: of no field of the message. */
	const struct l1_field *known;
};

/*
 * Fills out, message and verdict with a message that gets the record's verdict when the state that
 * it names has the value that it names: fields of which it tells nothing have values that do not
 * matter, or that let the message get so far. Returns false if none is found: texts and sums have
 * too many.
 */
bool record_ask(struct policy *p, const struct record *record, struct record_message *out,
	struct step_message *message, struct l1_verdict *verdict);

#endif
