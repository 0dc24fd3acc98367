/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lower_plain.c: `start`, `exit` and `share` stand for the messages in which they happen [R21]. */
#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition.h"
#include "lower_event.h"
#include "lower_rule.h"
#include "plain.h"
#include "resource.h"
#include "sema.h"
#include "who.h"

struct plain_event {
	const struct event_context *e;
	const struct ast_event *event;
	const struct ast_guard *guard;
	struct vector *cells;
};

static const struct l1_message nothing;

static bool
is_instance(const struct party *party, bool is_init)
{
	return party->kind == PARTY_INSTANCE && (party->instance->number == 0) == is_init;
}

/* Who is no side of such an event: an error, unless `any` named it. Returns false after one. */
static bool
side_refuse(
	const struct plain_event *p, const struct party *party, const char *text, const char *help)
{
	if (party->is_any) {
		return true;
	}
	diag_help(diag_error(p->e->s->c, party->at, "R21", "%s", text), "%s", help);
	return false;
}

static struct party
party_of(const struct instance_info *instance)
{
	return (struct party){.kind = PARTY_INSTANCE, .instance = instance};
}

/* --- exit ----------------------------------------------------------------------------------- */

static bool
exit_add(const struct plain_event *p, const struct party *sender, const struct party *receiver)
{
	struct sema *s = p->e->s;
	const struct l1_method *method = plain_method(&s->l1->interfaces[KIND_PROCESS - 1], "exit");
	struct event_place place = {
		.sender = sender,
		.receiver = sender, /* its own process object */
		.interface = &s->l1->interfaces[KIND_PROCESS - 1],
		.method = method,
		.event = L1_CALL,
		.name = "exit",
	};

	if (!is_instance(receiver, true)) {
		return side_refuse(p, receiver, "an exit goes to init",
			"write `-> init : exit`: init hears how a process ends");
	}
	if (!is_instance(sender, false)) {
		return side_refuse(p, sender, "only instances end by an exit",
			"name a process or an instance that the system starts");
	}
	place.message = &method->call;
	return lower_event_cell(p->e, &place, p->event, p->guard, p->cells);
}

/* --- start ---------------------------------------------------------------------------------- */

static bool
init_start_add(const struct plain_event *p, const struct party *init, const struct party *receiver)
{
	const struct l1_interface *process = &p->e->s->l1->interfaces[KIND_PROCESS - 1];
	const struct event_place place = {
		.sender = init,
		.receiver = receiver,
		.interface = process,
		.method = plain_method(process, "start"),
		.event = L1_CALL,
		.message = &nothing,
		.name = "start",
	};

	return lower_event_cell(p->e, &place, p->event, p->guard, p->cells);
}

static bool
is_among(const struct vector *parties, const struct instance_info *instance)
{
	const struct party *party = parties->elements;

	for (uint32_t i = 0; i < parties->count; i++) {
		if (party[i].kind == PARTY_INSTANCE && party[i].instance == instance) {
			return true;
		}
	}
	return false;
}

/* Who asks for one of a template gets any of them. Returns false after an error. */
static bool
templates_check(const struct plain_event *p, const struct vector *receivers)
{
	struct sema *s = p->e->s;
	const struct party *party = receivers->elements;

	for (uint32_t i = 0; i < receivers->count; i++) {
		const struct instance_info *one =
			party[i].kind == PARTY_INSTANCE ? party[i].instance : NULL;

		for (uint32_t n = 1; one != NULL && one->template != 0 && n < s->instances.count;
			n++) {
			const struct instance_info *other = sema_instance(s, n);

			if (other->template != one->template || is_among(receivers, other)) {
				continue;
			}
			diag_help(diag_error(s->c, p->event->receiver.span, "R21",
					  "who starts `%s` may get `%s` as well: both are of one "
					  "template",
					  one->name, other->name),
				"name the template: `%s`", one->template_name);
			return false;
		}
	}
	return true;
}

/* The field is one of the receivers, or, of_template, of a template that they are. */
static struct l1_condition *
target_is(const struct plain_event *p, const struct l1_field *field, const struct vector *receivers,
	bool of_template)
{
	const struct party *party = receivers->elements;
	struct arena *a = &p->e->s->c->arena;
	struct vector ranges = {0};

	for (uint32_t i = 0; i < receivers->count; i++) {
		const struct instance_info *one = party[i].instance;

		if (is_instance(&party[i], false) && (!of_template || one->template != 0)) {
			*(struct l1_range *)vector_push(&ranges, a, sizeof(struct l1_range)) =
				(struct l1_range){one->number, one->number};
		}
	}
	return ranges.count == 0
		       ? NULL
		       : condition_in(a, field, &ranges, sema_position(p->e->s, p->event->span));
}

/* One message that asks for a start; parent: in whose name, or NULL: its sender's. */
static bool
ask_add(const struct plain_event *p, const struct party *sender, const struct party *receiver,
	const struct plain_start *how, const struct instance_info *parent,
	const struct vector *receivers)
{
	struct sema *s = p->e->s;
	struct event_place place = {
		.sender = sender,
		.receiver = receiver,
		.interface = plain_supervisor(s),
		.event = L1_CALL,
		.message = &nothing,
		.name = "start",
	};
	const struct l1_field *target;
	const struct l1_field *of_whom;
	struct vector ranges = {0};

	place.method = plain_method(place.interface, how->method);
	target = place.method == NULL ? NULL : plain_field(place.method, how->target);
	of_whom = place.method == NULL || how->parent == NULL
			  ? NULL
			  : plain_field(place.method, how->parent);
	if (target == NULL || (of_whom == NULL) != (parent == NULL)) {
		return true; /* another supervisor's */
	}
	place.with = target_is(p, target, receivers, how->of_template);
	if (place.with == NULL) {
		return true;
	}
	if (of_whom != NULL) {
		*(struct l1_range *)vector_push(&ranges, &s->c->arena, sizeof(struct l1_range)) =
			(struct l1_range){parent->number, parent->number};
		place.with = condition_and(&s->c->arena,
			condition_in(
				&s->c->arena, of_whom, &ranges, sema_position(s, p->event->span)),
			place.with);
	}
	return lower_event_cell(p->e, &place, p->event, p->guard, p->cells);
}

/* Whether the message can get there; what is forbidden is so whatever way there may be. */
static bool
has_way(const struct plain_event *p, const struct instance_info *from,
	const struct instance_info *to)
{
	return p->e->use != EVENT_ALLOW || plain_wire(p->e->s, from, to);
}

/* What an instance asks of who gives the supervisor's interface, and what is asked in its name. */
static bool
others_start_add(
	const struct plain_event *p, const struct party *sender, const struct vector *receivers)
{
	struct sema *s = p->e->s;
	const struct party init = party_of(sema_instance(s, 0));

	for (uint32_t i = 0; plain_supervisor(s) != NULL && i < s->instances.count; i++) {
		const struct party one = party_of(sema_instance(s, i));

		for (uint32_t how = 0; how < PLAIN_STARTS; how++) {
			const struct plain_start *start = &plain_starts[how];
			bool is_named = start->parent != NULL;

			if (is_named ? i == 0 || !has_way(p, one.instance, init.instance)
				     : one.instance == sender->instance ||
						!plain_gives(s, one.instance) ||
						!has_way(p, sender->instance, one.instance)) {
				continue;
			}
			if (!ask_add(p, is_named ? &one : sender, is_named ? &init : &one, start,
				    is_named ? sender->instance : NULL, receivers)) {
				return false;
			}
		}
	}
	return true;
}

static bool
start_add(const struct plain_event *p, const struct party *sender, const struct vector *receivers)
{
	const struct party *party = receivers->elements;

	for (uint32_t i = 0; i < receivers->count; i++) {
		if (!is_instance(&party[i], false)) {
			if (!side_refuse(p, &party[i], "only instances are started",
				    "name a process or an instance that the system starts")) {
				return false;
			}
		} else if (is_instance(sender, true) && !init_start_add(p, sender, &party[i])) {
			return false;
		}
	}
	if (is_instance(sender, true)) {
		return true;
	}
	if (!is_instance(sender, false)) {
		return side_refuse(p, sender, "at boot all instances start that are no template's",
			"leave it out of the system, or declare it by `template`; `init` starts "
			"behind boot");
	}
	return templates_check(p, receivers) && others_start_add(p, sender, receivers);
}

/* --- share ---------------------------------------------------------------------------------- */

/* The methods of one interface whose request (event: or answer) hands on a handle. */
static bool
methods_share(const struct plain_event *p, const struct party *sender, const struct party *receiver,
	uint16_t interface, enum l1_event event)
{
	struct event_place place = {
		.sender = sender,
		.receiver = receiver,
		.interface = l1_interface_find(p->e->s->l1, interface),
		.event = event,
		.name = "share",
	};

	for (uint32_t m = 0; m < place.interface->method_count; m++) {
		uint32_t before = p->cells->count;

		place.method = &place.interface->methods[m];
		place.message = event == L1_CALL ? &place.method->call : &place.method->reply;
		for (uint32_t f = 0; f < place.message->field_count; f++) {
			const struct l1_field *field = &place.message->fields[f];
			bool is_known = p->cells->count != before && p->event->tests == NULL &&
					p->guard->kind == AST_GUARD_NONE;

			if (field->carries != L1_HANDLE || is_known) {
				continue;
			}
			place.what = field;
			if (!lower_event_cell(p->e, &place, p->event, p->guard, p->cells)) {
				return false;
			}
		}
	}
	return true;
}

/* All that one can ask of the other; or, event: all that the other answers there. */
static bool
messages_share(const struct plain_event *p, const struct party *client, const struct party *server,
	enum l1_event event)
{
	const struct class_info *class = server->instance->class;
	const struct l1_endpoint *gives = class->gives.elements;
	const struct l1_resource *labels = class->resources.elements;

	if (server->kind == PARTY_RESOURCE) {
		return methods_share(
			p, client, server, gives[labels[server->use].gives].interface, event);
	}
	for (uint32_t i = 0; i < class->gives.count; i++) {
		if (!methods_share(p, client, server, gives[i].interface, event)) {
			return false;
		}
	}
	return true;
}

static bool
share_add(const struct plain_event *p, const struct party *sender, const struct party *receiver)
{
	struct vector servers = {0};
	const struct party *server;

	if (!is_instance(sender, false)) {
		return side_refuse(p, sender, "only instances hand capabilities on in messages",
			"name instances: what init hands on, the wires of the system say");
	}
	if (receiver->kind != PARTY_RESOURCE && !is_instance(receiver, false)) {
		return side_refuse(p, receiver, "only instances get capabilities in messages",
			"name an instance or a label");
	}
	if (sender->instance == receiver->instance) {
		return true;
	}
	if (!messages_share(p, sender, receiver, L1_CALL)) {
		return false;
	}
	if (receiver->kind == PARTY_RESOURCE) {
		return true; /* a label asks nothing */
	}
	*(struct party *)vector_push(&servers, &p->e->s->c->arena, sizeof *sender) = *sender;
	resources_follow(p->e->s, &servers);
	server = servers.elements;
	for (uint32_t i = 0; i < servers.count; i++) {
		if (!messages_share(p, receiver, &server[i], L1_REPLY)) {
			return false;
		}
	}
	return true;
}

/* --- all ------------------------------------------------------------------------------------ */

/* What each of them may not say. Returns false after an error. */
static bool
words_check(const struct plain_event *p, enum plain_kind kind)
{
	struct compile *c = p->e->s->c;
	const char *word = p->event->methods->text;

	if (kind == PLAIN_NONE) {
		return false;
	}
	if (p->e->event != L1_CALL) {
		diag_help(diag_error(c, p->event->message, "R21", "`%s` has no answer of its own",
				  word),
			"leave `reply` or `error` out, or name the message");
		return false;
	}
	if (kind == PLAIN_SHARE && p->e->use == EVENT_ALLOW) {
		diag_help(diag_error(c, p->event->message, "R21",
				  "who may send a message may hand on what is in it"),
			"allow the message, and say `forbid ... : share unless %s is LABEL`",
			"what");
		return false;
	}
	return true;
}

bool
lower_plain(const struct event_context *e, const struct ast_event *event,
	const struct ast_guard *guard, const struct vector *senders, const struct vector *receivers,
	struct vector *cells)
{
	const struct plain_event p = {.e = e, .event = event, .guard = guard, .cells = cells};
	const struct party *sender = senders->elements;
	const struct party *receiver = receivers->elements;
	enum plain_kind kind = plain_read(e->s, event);
	bool is_right = words_check(&p, kind);

	for (uint32_t i = 0; is_right && i < senders->count; i++) {
		if (kind == PLAIN_START) {
			is_right = start_add(&p, &sender[i], receivers);
			continue;
		}
		for (uint32_t j = 0; is_right && j < receivers->count; j++) {
			is_right = kind == PLAIN_EXIT ? exit_add(&p, &sender[i], &receiver[j])
						      : share_add(&p, &sender[i], &receiver[j]);
		}
	}
	return is_right;
}
