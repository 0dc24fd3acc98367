/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_event.h: how one cell of an event is made. */
#ifndef GATE_LOWER_EVENT_H
#define GATE_LOWER_EVENT_H

#include <stdbool.h>

#include "l1_interface.h"

struct ast_event;
struct ast_guard;
struct event_context;
struct l1_condition;
struct party;
struct vector;

/* A message that an event names: where it goes, and what its tests are read against. */
struct event_place {
	const struct party *sender;   /* of the call */
	const struct party *receiver; /* INSTANCE, DEVICE or RESOURCE */
	const struct l1_interface *interface;
	const struct l1_method *method;
	enum l1_event event;
	const struct l1_message *message; /* what tests can name ... */
	const struct l1_field *what;      /* ... of a share: this handle alone; else NULL */
	const char *endpoint;             /* of the message, for people: NULL ... */
	const char *name;                 /* ... or in front of its name */
	struct l1_condition *with;        /* what must hold beside the tests, or NULL */
};

/*
 * Appends the cell (struct event_cell) of a message with the tests and the guard of its event, also
 * if it can never match. Returns false after an error.
 */
bool lower_event_cell(const struct event_context *e, const struct event_place *place,
	const struct ast_event *event, const struct ast_guard *guard, struct vector *cells);

/*
 * The same for all messages that `start`, `exit` or `share` stands for [R21]. senders, receivers:
 * struct party.
 */
bool lower_plain(const struct event_context *e, const struct ast_event *event,
	const struct ast_guard *guard, const struct vector *senders, const struct vector *receivers,
	struct vector *cells);

#endif
