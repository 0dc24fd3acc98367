/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_event.c: an event expands to one cell for each sender, receiver and method it names. */
#include <assert.h>
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "lower_event.h"
#include "lower_rule.h"
#include "method.h"
#include "object.h"
#include "present.h"
#include "resource.h"
#include "sema.h"
#include "who.h"

struct pair {
	struct party sender;
	struct party receiver; /* INSTANCE or DEVICE */
};

/* S7: catch-alls are easy to write and hard to see. */
static bool
any_check(const struct event_context *e, const struct ast_who *who)
{
	struct diag *d;

	if (e->use == EVENT_ALLOW && who->base.kind == AST_SET_ANY) {
		d = diag_error(e->s->c, who->base.span, "S7", "`any` in an allow");
		diag_help(d, "name who is meant, or write `any!` with a `because`");
		return false;
	}
	if (e->use != EVENT_ALLOW && who->base.kind == AST_SET_ANY_LOUD) {
		d = diag_error(e->s->c, who->base.span, "S7", "`any!` belongs into an allow");
		diag_help(d, "write `any`");
		return false;
	}
	return true;
}

/* Fills in whom `self` and a use mean for this sender. Returns false if there is nobody. */
static bool
receiver_settle(const struct event_context *e, struct pair *pair, bool is_plain)
{
	const struct vector *wired;
	const struct wire_info *wires;

	if (pair->receiver.kind == PARTY_SELF) {
		if (pair->sender.kind != PARTY_INSTANCE) {
			return false;
		}
		pair->receiver.kind = PARTY_INSTANCE;
		pair->receiver.instance = pair->sender.instance;
		return true;
	}
	if (pair->receiver.kind != PARTY_USE) {
		return true;
	}
	wired = is_plain ? &pair->sender.instance->signals : &pair->sender.instance->wires;
	wires = wired->elements;
	for (uint32_t i = 0; i < wired->count; i++) {
		if (wires[i].use == pair->receiver.use) {
			pair->receiver.kind = PARTY_INSTANCE;
			pair->receiver.instance = sema_instance(e->s, wires[i].target);
			return true;
		}
	}
	return false;
}

static const struct l1_interface *
interface_of_use(const struct event_context *e, const struct party *receiver,
	const struct ast_ident *endpoint)
{
	const struct use_info *use =
		&((const struct use_info *)e->self->uses.elements)[receiver->use];
	struct diag *d;

	for (uint32_t i = 0; i < e->s->l1->interface_count; i++) {
		if (sema_same(endpoint->text, use->endpoint.name) &&
			e->s->l1->interfaces[i].id == use->endpoint.interface) {
			return &e->s->l1->interfaces[i];
		}
	}
	d = diag_error(e->s->c, endpoint->span, "R2", "here the endpoint is called as the use is");
	diag_help(d, "write `%s.`", use->endpoint.name);
	return NULL;
}

static const struct l1_message *
message_of(const struct l1_method *method, enum l1_event event)
{
	static const struct l1_message empty = {0};

	switch (event) {
	case L1_CALL:
		return &method->call;
	case L1_REPLY:
		return &method->reply;
	case L1_ERROR:
		return &method->error;
	default:
		return &empty;
	}
}

void
lower_event_known(
	const struct ast_event *event, const struct ast_guard *guard, struct expr_known *known)
{
	const struct ast_expr *when = guard->kind == AST_GUARD_WHEN ? guard->condition : NULL;
	bool is_and = when != NULL && when->kind == AST_EXPR_AND;

	known[0] = (struct expr_known){event->tests, true, &known[1]};
	known[1] = (struct expr_known){is_and ? when->members : when, is_and, NULL};
}

/* Returns the condition of the tests and the guard, or NULL after an error. */
static struct l1_condition *
condition_of(const struct expr_context *outer, const struct ast_event *event,
	const struct ast_guard *guard)
{
	struct expr_context inner = *outer;
	const struct expr_context *x = &inner;
	struct arena *a = x->arena;
	struct l1_condition *all = condition_always(a);
	struct expr_known known[EVENT_KNOWN];
	struct l1_condition *part;

	lower_event_known(event, guard, known);
	inner.known = known;
	for (const struct ast_expr *test = event->tests; test != NULL; test = test->next) {
		part = expr_condition(x, test);
		if (part == NULL) {
			return NULL;
		}
		all = condition_and(a, all, part);
	}
	if (guard->kind == AST_GUARD_NONE) {
		return all;
	}
	part = expr_condition(x, guard->condition);
	if (part == NULL) {
		return NULL;
	}
	part = guard->kind == AST_GUARD_UNLESS ? condition_not(a, part) : part;
	return condition_and(a, all, part);
}

bool
lower_event_cell(const struct event_context *e, const struct event_place *place,
	const struct ast_event *event, const struct ast_guard *guard, struct vector *cells)
{
	const struct party *receiver = place->receiver;
	struct expr_context x = {
		.s = e->s,
		.arena = &e->s->c->scratch,
		.unit = e->unit,
		.message = place->message,
		.what = place->what,
		.endpoint_name = place->endpoint,
		.message_name = place->name,
		.client = place->sender->kind == PARTY_INSTANCE ? place->sender->instance : NULL,
		.server = receiver->kind == PARTY_DEVICE ? NULL : receiver->instance,
		.warns = cells->count == 0,
	};
	struct l1_condition *condition;
	struct event_cell *cell;

	x.key = object_key_of(x.server, who_label(place->sender), who_label(receiver),
		place->interface->id, place->method->is_ask);
	if (place->event == L1_ERROR && place->method->error_count == 0) {
		diag_help(diag_error(e->s->c, event->message, "R4", "`%s` has no errors",
				  expr_message_text(&x)),
			"leave `error` out, or declare `errors {...}` in the interface");
		return false;
	}
	condition = condition_of(&x, event, guard);
	if (condition != NULL && place->with != NULL) {
		condition = condition_and(&e->s->c->arena, place->with, condition);
	}
	if (condition == NULL || !object_handles(&x, event->span, condition, NULL, 0) ||
		!present_check(e->s, event->span, condition, NULL, 0)) {
		return false;
	}
	cell = vector_push(cells, &e->s->c->scratch, sizeof *cell);
	cell->holder = who_label(place->sender);
	cell->target = who_label(receiver);
	cell->event = place->event;
	cell->interface = place->interface;
	cell->method = place->method;
	cell->condition = condition;
	cell->client = x.client;
	cell->server = x.server;
	return true;
}

static bool
cell_add(const struct event_context *e, const struct pair *pair, const struct ast_event *event,
	const struct ast_guard *guard, const struct l1_interface *interface,
	const struct l1_method *method, struct vector *cells)
{
	const struct event_place place = {
		.sender = &pair->sender,
		.receiver = &pair->receiver,
		.interface = interface,
		.method = method,
		.event = e->event,
		.message = message_of(method, e->event),
		.endpoint = interface->id == INTERFACE_SIGNAL ? NULL : event->endpoint.text,
		.name = interface->id == INTERFACE_SIGNAL ? "signal" : method->name,
	};

	return lower_event_cell(e, &place, event, guard, cells);
}

/* B10: nobody can keep the kernel from telling init about a fault. */
static bool
fault_check(const struct event_context *e, const struct ast_event *event,
	const struct l1_interface *interface)
{
	if (interface->id != INTERFACE_FAULT || e->use != EVENT_FORBID) {
		return true;
	}
	diag_help(diag_error(e->s->c, event->message, "R4",
			  "no rule can forbid that faults reach init"),
		"leave the rule out: who gets no faults cannot restart anybody");
	return false;
}

/* `*` means the methods that have such answers. */
static bool
is_answered(const struct event_context *e, const struct l1_method *method)
{
	return e->event == L1_ERROR ? method->error_count != 0
	       : e->event == L1_REPLY
		       ? e->use != EVENT_ALLOW || (!method->is_oneway && !method->is_ask)
		       : true;
}

static bool
methods_add(const struct event_context *e, const struct pair *pair, const struct ast_event *event,
	const struct ast_guard *guard, const struct l1_interface *interface, struct vector *cells)
{
	if (!fault_check(e, event, interface)) {
		return false;
	}
	if (event->which == AST_METHODS_ALL) {
		for (uint32_t i = 0; i < interface->method_count; i++) {
			const struct l1_method *method = &interface->methods[i];

			if (method->is_reserved || !is_answered(e, method)) {
				continue;
			}
			if (!cell_add(e, pair, event, guard, interface, method, cells)) {
				return false;
			}
		}
		return true;
	}
	for (const struct ast_ident *name = event->methods; name != NULL; name = name->next) {
		const struct l1_method *method = method_get(e->s, interface, name);

		if (method == NULL || !cell_add(e, pair, event, guard, interface, method, cells)) {
			return false;
		}
	}
	return true;
}

/* `signal`: the one event without an endpoint that is a message of its own. */
static const struct l1_interface *
interface_of_signal(const struct event_context *e, const struct ast_event *event)
{
	const struct l1_interface *all = e->s->l1->interfaces;

	if (e->event != L1_CALL) {
		diag_help(diag_error(e->s->c, event->message, "R4", "nothing answers a signal"),
			"leave `reply` or `error` out");
		return NULL;
	}
	if (e->s->core == NULL) {
		diag_help(diag_error(e->s->c, event->message, "N5",
				  "signals need kernel.core: say -I with the folder that holds "
				  "kernel/"),
			"say -I with the folder that holds kernel/core.gate");
		return NULL;
	}
	return &all[INTERFACE_SIGNAL - 1];
}

/* Returns false after an error; a receiver of `any` without the endpoint adds nothing. */
static bool
pair_add(const struct event_context *e, struct pair *pair, const struct ast_event *event,
	const struct ast_guard *guard, struct vector *cells)
{
	const struct l1_interface *interface;
	bool is_plain = event->which == AST_METHODS_PLAIN;

	if (pair->receiver.kind == PARTY_USE && !is_plain) {
		struct vector unwired = {0};

		interface = interface_of_use(e, &pair->receiver, &event->endpoint);
		if (interface == NULL) {
			return false;
		}
		if (receiver_settle(e, pair, false)) {
			return methods_add(e, pair, event, guard, interface, cells);
		}
		pair->receiver = pair->sender; /* typed all the same, but nothing comes of it */
		return methods_add(e, pair, event, guard, interface, &unwired);
	}
	if (!receiver_settle(e, pair, is_plain)) {
		return true;
	}
	if (is_plain) {
		interface = interface_of_signal(e, event);
		if (interface != NULL && pair->receiver.kind != PARTY_INSTANCE) {
			if (pair->receiver.is_any) {
				return true;
			}
			diag_help(diag_error(e->s->c, pair->receiver.at, "R2",
					  "only instances take signals"),
				"name an instance");
			return false;
		}
	} else {
		interface = who_endpoint(e->s, &pair->receiver, &event->endpoint);
	}
	if (interface == NULL) {
		return !is_plain && pair->receiver.is_any;
	}
	return methods_add(e, pair, event, guard, interface, cells);
}

bool
lower_event(const struct event_context *e, const struct ast_event *event,
	const struct ast_guard *guard, struct vector *cells)
{
	struct vector senders = {0};
	struct vector receivers = {0};

	if (!any_check(e, &event->sender) || !any_check(e, &event->receiver) ||
		!who_resolve(e->s, e->unit, e->self, &event->sender, WHO_SENDER, &senders) ||
		!who_resolve(e->s, e->unit, e->self, &event->receiver, WHO_RECEIVER, &receivers)) {
		return false;
	}
	if (e->use != EVENT_ALLOW) {
		resources_follow(e->s, &receivers);
	}
	if (event->which == AST_METHODS_PLAIN && !sema_same(event->methods->text, "signal")) {
		return lower_plain(e, event, guard, &senders, &receivers, cells);
	}
	for (uint32_t i = 0; i < senders.count; i++) {
		for (uint32_t j = 0; j < receivers.count; j++) {
			struct pair pair = {
				.sender = ((const struct party *)senders.elements)[i],
				.receiver = ((const struct party *)receivers.elements)[j],
			};

			if (!pair_add(e, &pair, event, guard, cells)) {
				return false;
			}
		}
	}
	return true;
}
