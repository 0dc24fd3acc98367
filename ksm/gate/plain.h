/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* plain.h: the messages in which `start` and `exit` happen, by name [R21]. */
#ifndef GATE_PLAIN_H
#define GATE_PLAIN_H

#include <stdbool.h>

struct ast_event;
struct instance_info;
struct l1_cell;
struct l1_field;
struct l1_interface;
struct l1_method;
struct sema;

enum plain_kind { PLAIN_NONE, PLAIN_START, PLAIN_EXIT, PLAIN_SHARE };

/* Which event stands behind `:` alone, a signal left out; NONE after an error: there is none such.
 */
enum plain_kind plain_read(struct sema *s, const struct ast_event *event);

/* A method of servers.init.Supervisor that starts. */
struct plain_start {
	const char *method;
	const char *target; /* the parameter that says whom ... */
	bool of_template;   /* ... or of whose template any */
	const char *parent; /* who wants it, if the sender asks for others; else NULL */
};

#define PLAIN_STARTS 4u
extern const struct plain_start plain_starts[PLAIN_STARTS];

/* Returns servers.init.Supervisor, or NULL: nothing here uses its unit. */
const struct l1_interface *plain_supervisor(const struct sema *s);

/* Whether the instance gives that interface. */
bool plain_gives(const struct sema *s, const struct instance_info *instance);

/* Whether a use of that interface leads from one to the other. */
bool plain_wire(
	const struct sema *s, const struct instance_info *from, const struct instance_info *to);

/* Returns the method of that name, or NULL. */
const struct l1_method *plain_method(const struct l1_interface *interface, const char *name);

/* Returns the field of its request, or NULL. */
const struct l1_field *plain_field(const struct l1_method *method, const char *name);

/* How a call of init starts, or NULL: it does not, or lacks the parameter that says whom. */
const struct plain_start *plain_start_of(const struct sema *s, const struct l1_cell *call);

#endif
