/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* plain.c: the messages in which `start` and `exit` happen, by name [R21]. */
#include "plain.h"

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "sema.h"

const struct plain_start plain_starts[PLAIN_STARTS] = {
	{"start", "who", false, NULL},
	{"restart", "who", false, NULL},
	{"spawn", "of", true, NULL},
	{"run", "of", true, "parent"},
};

enum plain_kind
plain_read(struct sema *s, const struct ast_event *event)
{
	const char *word = event->methods->text;
	enum plain_kind kind = sema_same(word, "start")   ? PLAIN_START
			       : sema_same(word, "exit")  ? PLAIN_EXIT
			       : sema_same(word, "share") ? PLAIN_SHARE
							  : PLAIN_NONE;

	if (kind == PLAIN_NONE) {
		diag_help(diag_error(s->c, event->message, "R21", "there is no event `%s`", word),
			"a message is `ENDPOINT.METHOD`; start, exit, signal and share stand "
			"alone");
		return PLAIN_NONE;
	}
	if (s->core == NULL) {
		diag_help(diag_error(s->c, event->message, "N5", "`%s` needs kernel.core", word),
			"say -I with the folder that holds kernel/core.gate");
		return PLAIN_NONE;
	}
	return kind;
}

/* init gives it, if anything here uses its unit [P16]. */
const struct l1_interface *
plain_supervisor(const struct sema *s)
{
	const struct l1_endpoint *gives = s->classes->gives.elements;

	return s->classes->gives.count == 0 ? NULL : l1_interface_find(s->l1, gives->interface);
}

bool
plain_gives(const struct sema *s, const struct instance_info *instance)
{
	const struct l1_endpoint *gives = instance->class->gives.elements;
	const struct l1_interface *supervisor = plain_supervisor(s);

	for (uint32_t i = 0; supervisor != NULL && i < instance->class->gives.count; i++) {
		if (gives[i].interface == supervisor->id) {
			return true;
		}
	}
	return false;
}

bool
plain_wire(const struct sema *s, const struct instance_info *from, const struct instance_info *to)
{
	const struct wire_info *wires = from->wires.elements;
	const struct use_info *uses = from->class->uses.elements;
	const struct l1_interface *supervisor = plain_supervisor(s);

	for (uint32_t i = 0; supervisor != NULL && i < from->wires.count; i++) {
		if (sema_instance(s, wires[i].target) == to &&
			uses[wires[i].use].endpoint.interface == supervisor->id) {
			return true;
		}
	}
	return false;
}

const struct l1_method *
plain_method(const struct l1_interface *interface, const char *name)
{
	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (sema_same(interface->methods[i].name, name)) {
			return &interface->methods[i];
		}
	}
	return NULL;
}

const struct l1_field *
plain_field(const struct l1_method *method, const char *name)
{
	for (uint32_t i = 0; i < method->call.field_count; i++) {
		if (sema_same(method->call.fields[i].name, name)) {
			return &method->call.fields[i];
		}
	}
	return NULL;
}

const struct plain_start *
plain_start_of(const struct sema *s, const struct l1_cell *call)
{
	const struct l1_interface *supervisor = plain_supervisor(s);

	if (supervisor == NULL || call->interface != supervisor->id || call->target != LABEL_INIT ||
		call->event != L1_CALL) {
		return NULL;
	}
	for (uint32_t i = 0; i < PLAIN_STARTS; i++) {
		const struct l1_method *method = &supervisor->methods[call->method - 1];

		if (sema_same(plain_starts[i].method, method->name) &&
			plain_field(method, plain_starts[i].target) != NULL) {
			return &plain_starts[i];
		}
	}
	return NULL;
}
