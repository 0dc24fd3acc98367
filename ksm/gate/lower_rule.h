/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_rule.h: rules and claims become cells, one for each sender, receiver and method. */
#ifndef GATE_LOWER_RULE_H
#define GATE_LOWER_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"
#include "source.h"

struct ast_event;
struct ast_guard;
struct ast_ident;
struct class_info;
struct expr_known;
struct instance_info;
struct sema;
struct unit;
struct vector;

/* Where an event stands decides what it may say. */
enum event_use {
	EVENT_ALLOW,
	EVENT_FORBID,
	EVENT_NEVER,
};

/* One message of an event. */
struct event_cell {
	uint16_t holder;
	uint16_t target;
	enum l1_event event;
	const struct l1_interface *interface;
	const struct l1_method *method;
	struct l1_condition *condition;     /* may be never, at this pair */
	const struct instance_info *client; /* NULL: not one that has attributes */
	const struct instance_info *server;
};

/* Lists of what stands beside a test of an event: its other tests, and its guard. */
#define EVENT_KNOWN 2u

struct event_context {
	struct sema *s;
	const struct unit *unit;
	const struct class_info *self; /* whose `needs` it is, or NULL */
	enum event_use use;
	enum l1_event event;
};

/*
 * Appends the cells (struct event_cell) that an event with its guard names, those that can never
 * match left in. Returns false after an error.
 */
bool lower_event(const struct event_context *e, const struct ast_event *event,
	const struct ast_guard *guard, struct vector *cells);

/* Says in EVENT_KNOWN of known what holds where tests of the event, guard and effects stand. */
void lower_event_known(
	const struct ast_event *event, const struct ast_guard *guard, struct expr_known *known);

/* Lowers the rules in force: those of the root file and of accepted components. */
void lower_rules(struct sema *s);

/* Adds a cell to s->cells; it is not complete: its rule has no final place yet. */
void lower_cell_add(struct sema *s, struct l1_cell cell, uint32_t rule);

/* Adds a rule to s->rules and returns its number, or 0 after an error: there are too many. */
uint32_t lower_rule_add(struct sema *s, struct l1_rule rule, struct span at);

#endif
