/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* step_plain.c: `start`, `exit`, `share` in a test: which message is meant. */
#include "step_plain.h"

#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "digest.h"
#include "plain.h"
#include "sema.h"
#include "step.h"
#include "who.h"

static bool
complain(struct sema *s, struct span at, const char *text, const char *help)
{
	diag_help(diag_error(s->c, at, "R21", "%s", text), "%s", help);
	return false;
}

static bool
is_instance(const struct party *party, bool is_init)
{
	return party->kind == PARTY_INSTANCE && (party->instance->number == 0) == is_init;
}

/* The first way in which the sender can ask for the start; false: it has none. */
static bool
way_find(const struct sema *s, struct party *sender, struct party *receiver,
	struct step_message *out)
{
	bool of_template = receiver->instance->template != 0;
	const struct instance_info *from = sender->instance;

	out->interface = plain_supervisor(s);
	for (uint32_t i = 0; out->interface != NULL && i < s->instances.count; i++) {
		if (plain_wire(s, from, sema_instance(s, i))) {
			receiver->instance = sema_instance(s, i);
			out->method = plain_method(out->interface, of_template ? "spawn" : "start");
			return out->method != NULL;
		}
	}
	for (uint32_t i = 1; of_template && out->interface != NULL && i < s->instances.count; i++) {
		if (plain_wire(s, sema_instance(s, i), sema_instance(s, 0))) {
			sender->instance = sema_instance(s, i);
			receiver->instance = sema_instance(s, 0);
			out->method = plain_method(out->interface, "run");
			return out->method != NULL;
		}
	}
	return false;
}

static bool
start_find(struct sema *s, const struct ast_event *event, struct party *sender,
	struct party *receiver, struct step_message *out)
{
	if (event->tests != NULL) {
		return complain(s, event->tests->span, "a start says no more than who starts whom",
			"leave the brackets out");
	}
	if (!is_instance(receiver, false)) {
		return complain(s, event->receiver.span, "only instances are started",
			"name an instance that the system starts");
	}
	if (is_instance(sender, true)) {
		out->interface = &s->l1->interfaces[KIND_PROCESS - 1];
		out->method = plain_method(out->interface, "start");
		return true;
	}
	if (!is_instance(sender, false) || !way_find(s, sender, receiver, out)) {
		return complain(s, event->sender.span, "it has no way to ask for that",
			"name `init`, or who is wired to who gives servers.init.Supervisor");
	}
	return true;
}

static bool
exit_find(struct sema *s, const struct ast_event *event, const struct party *sender,
	struct party *receiver, struct step_message *out)
{
	if (!is_instance(receiver, true) || !is_instance(sender, false)) {
		return complain(s, event->span, "an exit goes from an instance to init",
			"write `INSTANCE -> init : exit`");
	}
	*receiver = *sender; /* its own process object */
	out->interface = &s->l1->interfaces[KIND_PROCESS - 1];
	out->method = plain_method(out->interface, "exit");
	return true;
}

bool
step_plain_find(struct sema *s, const struct ast_event *event, struct party *sender,
	struct party *receiver, struct step_message *out)
{
	enum plain_kind kind = plain_read(s, event);

	if (kind == PLAIN_SHARE) {
		return complain(s, event->message, "a test names the message that hands it on",
			"write `ENDPOINT.METHOD(HANDLE = LABEL)`");
	}
	if (kind == PLAIN_START) {
		return start_find(s, event, sender, receiver, out);
	}
	return kind == PLAIN_EXIT && exit_find(s, event, sender, receiver, out);
}

static void
field_set(struct step_message *out, const char *name, int64_t value)
{
	const struct l1_field *field = plain_field(out->method, name);

	if (field != NULL) {
		payload_set(&out->payload, field, value);
	}
}

void
step_plain_fill(const struct sema *s, const struct party *sender, const struct party *receiver,
	struct step_message *out)
{
	static const char *const digests[] = {"digest0", "digest1", "digest2", "digest3"};
	const struct l1_instance *started = &s->l1->instances[receiver->instance->number];

	if (out->interface->id != KIND_PROCESS) {
		field_set(out, "who", started->number);
		field_set(out, "of", started->number);
		field_set(out, "parent", sender->instance->number);
		return;
	}
	for (uint32_t i = 0; started->digest != NULL && i < 4; i++) {
		field_set(out, digests[i], digest_word(started->digest, i));
	}
}
