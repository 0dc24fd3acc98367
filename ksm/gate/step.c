/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* step.c: one concrete message out of a test step or the words of `gate why`. */
#include "step.h"

#include <string.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition_text.h"
#include "expr.h"
#include "method.h"
#include "resource.h"
#include "rule_text.h"
#include "sema.h"
#include "step_plain.h"
#include "types.h"
#include "who.h"

/* Returns the one party that a side names, or NULL after an error. */
static const struct party *
party_read(struct sema *s, const struct ast_who *who, enum who_side side)
{
	struct vector parties = {0};
	const struct party *party;
	struct diag *d;

	if (!who_resolve(s, s->root, NULL, who, side, &parties)) {
		return NULL;
	}
	party = parties.elements;
	if (parties.count == 1) {
		return party;
	}
	if (parties.count == 0) {
		diag_error(s->c, who->span, "R13", "the system has no instance of this");
		return NULL;
	}
	d = diag_error(
		s->c, who->span, "R13", "a test names one instance, this names %u", parties.count);
	diag_help(d, "write its name: `%s`", party->instance->name);
	return NULL;
}

static bool
tail_set(const struct expr_context *x, const struct l1_field *field, const struct ast_expr *value,
	struct step_message *out)
{
	uint32_t room = MESSAGE_BYTES_MAX - field->offset_bytes;

	if (field->unit_bytes != 0) {
		diag_help(diag_error(x->s->c, value->span, "R13",
				  "the list `%s` takes no one value", field->name),
			"name its elements, or how many there are: `%s[0] = 3`, `%s.len = 3`",
			field->name, field->name);
		return false;
	}
	if (value->kind != AST_EXPR_STRING) {
		diag_help(diag_error(x->s->c, value->span, "R13", "`%s` takes a text in quotes",
				  field->name),
			"write `\"...\"`");
		return false;
	}
	if (value->string.length > room) {
		diag_help(diag_error(x->s->c, value->span, "R13", "a message has at most %u bytes",
				  MESSAGE_BYTES_MAX),
			"write a shorter text");
		return false;
	}
	memcpy(out->payload.bytes + field->offset_bytes, value->string.bytes, value->string.length);
	out->payload.length_bytes = field->offset_bytes + value->string.length;
	return true;
}

static bool
number_error(struct sema *s, struct span at, const struct l1_resource *label)
{
	struct diag *d =
		diag_error(s->c, at, "R13", "there are %u of `%s`", label->capacity, label->name);

	diag_help(d, "write a number below that; the first is 0");
	return false;
}

/* The one label of one instance that a name means, or NULL after an error. */
static const struct party *
label_read(struct sema *s, const struct unit *unit, const struct ast_qname *name, const char *what)
{
	struct vector parties = {0};

	if (resources_find(s, unit, name, &parties) && parties.count == 1) {
		return parties.elements;
	}
	diag_help(diag_error(s->c, name->span, "R13", "%s a label of one instance", what),
		"write it with a number: `Slot[1]`, `store.Slot[1]`");
	return NULL;
}

static const struct l1_resource *
resource_of(const struct party *party)
{
	const struct l1_resource *labels = party->instance->class->resources.elements;

	return &labels[party->use];
}

/* A capability: of a label, with its number. */
static bool
handle_set(const struct expr_context *x, const struct ast_expr *value, const struct l1_field *field,
	struct step_message *out)
{
	const char *takes = arena_format(&x->s->c->arena, "`%s` takes", field->name);
	const struct party *party;
	uint64_t number = 0;

	if (value->kind != AST_EXPR_REF || value->ref.behind != NULL) {
		diag_help(diag_error(
				  x->s->c, value->span, "R13", "%s a label of one instance", takes),
			"write it with a number: `Slot[1]`, `store.Slot[1]`");
		return false;
	}
	party = label_read(x->s, x->unit, &value->ref.name, takes);
	if (party == NULL) {
		return false;
	}
	if (value->ref.index != NULL && value->ref.index->kind == AST_EXPR_NUMBER) {
		number = value->ref.index->number.magnitude;
	}
	if (number >= resource_of(party)->capacity) {
		return number_error(x->s, value->span, resource_of(party));
	}
	payload_set(&out->payload, field, field->low | who_label(party));
	out->query.given[field->handle] = (uint32_t)number;
	return true;
}

bool
step_capability_read(struct sema *s, const struct ast_step *step, struct step_capability *out)
{
	const struct ast_qname *who = &step->instance;
	uint32_t index = sema_instance_index(s, who->parts[who->part_count - 1].text);
	const struct party *party = label_read(s, s->root, &step->label, "`drop` takes");
	const struct l1_resource *label;

	if (party == NULL) {
		return false;
	}
	label = resource_of(party);
	if (step->number.magnitude >= label->capacity) {
		return number_error(s, step->label.span, label);
	}
	*out = (struct step_capability){
		.holder = (uint16_t)(LABEL_INIT + sema_instance(s, index)->number),
		.target = who_label(party),
		.interface = ((const struct l1_endpoint *)
				      party->instance->class->gives.elements)[label->gives]
				     .interface,
		.number = (uint32_t)step->number.magnitude,
	};
	return true;
}

/* How many elements a list has is set before any of them: `steps.len = 3`. */
static bool
length_set(const struct expr_context *x, const struct ast_expr *expr, const struct l1_field *field,
	struct step_message *out)
{
	long long most = (MESSAGE_BYTES_MAX - field->offset_bytes) /
			 (field->unit_bytes == 0 ? 1 : field->unit_bytes);
	struct operand value;

	if (field->look != L1_LOOK_LENGTH) {
		return true;
	}
	if (!operand_read(x, expr->compare.right, &value) || !operand_settle(x, &value, field)) {
		return false;
	}
	if (value.number < 0 || value.number > most) {
		diag_help(diag_error(x->s->c, expr->compare.right->span, "R13",
				  "`%s` has at most %lld",
				  condition_field_text(&x->s->c->arena, field), most),
			"write less; no message is longer");
		return false;
	}
	payload_set(&out->payload, field, value.number);
	return true;
}

/* A field that may not be there is there, because it is named. */
static bool
guards_set(const struct expr_context *x, const struct ast_expr *expr, struct step_message *out)
{
	const struct ast_expr *left = expr->compare.left;
	const struct l1_field *field;
	int64_t value;

	if (expr->kind == AST_EXPR_HAS) {
		field = expr_has_field(x, expr, &value);
		if (field != NULL && field->presence == NULL && !field->is_tag) {
			diag_help(diag_error(x->s->c, expr->span, "R13",
					  "a message is concrete: `%s = NUMBER`", field->name),
				"add the numbers of its flags up");
			return false;
		}
		if (field != NULL) {
			payload_need(&out->payload, field);
			payload_set(&out->payload, field, value);
		}
	} else if (operand_handle(x, left) != NULL) {
		return true;
	} else {
		field = operand_named(x, left);
	}
	if (field != NULL) {
		payload_need(&out->payload, field);
	}
	return field != NULL && length_set(x, expr, field, out);
}

static bool
field_set(const struct expr_context *x, const struct ast_expr *expr, struct step_message *out)
{
	const struct ast_expr *left = expr->compare.left;
	const struct l1_field *field;
	struct operand value;

	field = operand_handle(x, left);
	if (field != NULL) {
		return handle_set(x, expr->compare.right, field, out);
	}
	field = operand_named(x, left);
	if (field == NULL) {
		return false;
	}
	if (field->look == L1_LOOK_LENGTH) {
		return true;
	}
	if (!payload_has(&out->payload, field)) {
		diag_help(diag_error(x->s->c, left->span, "R13",
				  "`%s` is not there: another case of its union is named, too",
				  field->name),
			"name fields of one case");
		return false;
	}
	if (field->kind == L1_TAIL) {
		return tail_set(x, field, expr->compare.right, out);
	}
	if (!operand_read(x, expr->compare.right, &value) || !operand_settle(x, &value, field)) {
		return false;
	}
	if (!value.is_big && (!payload_holds(field, value.number) ||
				     (types_is_u64(field) && value.number < 0))) {
		diag_help(diag_error(x->s->c, expr->compare.right->span, "R13",
				  "`%s` has %u bytes, this value does not fit", field->name,
				  field->width_bytes),
			"write a value that its bytes can hold; one outside of its range breaks "
			"the shape");
		return false;
	}
	payload_set(&out->payload, field, value.number);
	return true;
}

/* Whether the message gives the field a value; all that names fields is `field = value`. */
static bool
is_named(const struct ast_expr *tests, const char *field)
{
	for (; tests != NULL; tests = tests->next) {
		const struct ast_expr *left =
			tests->kind == AST_EXPR_HAS ? tests->has.left : tests->compare.left;
		const struct ast_qname *name = &left->ref.name;
		bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
		bool is_whole = tests->kind == AST_EXPR_HAS && sema_same(name->text, "arg");

		if (sema_same(is_whole ? tests->has.name.text : name->parts[is_arg].text, field)) {
			return true;
		}
	}
	return false;
}

/* What may be left out and is not named, is left out. */
static void
message_shorten(const struct ast_expr *tests, struct step_message *out)
{
	struct payload *payload = &out->payload;
	uint32_t end = out->message->low_bytes;

	if (end == out->message->fixed_bytes) {
		return;
	}
	for (uint32_t i = 0; i < out->message->field_count; i++) {
		const struct l1_field *field = &out->message->fields[i];
		uint32_t own = (uint32_t)field->offset_bytes + field->width_bytes;

		if (field->is_late && own > end && is_named(tests, field->param)) {
			end = own;
		}
	}
	while (!l1_message_takes(out->message, end)) {
		end++;
	}
	payload->length_bytes = end;
}

static bool
fields_set(const struct expr_context *x, const struct ast_expr *tests, struct step_message *out)
{
	for (const struct ast_expr *e = tests; e != NULL; e = e->next) {
		struct diag *d;

		if (e->kind == AST_EXPR_HAS ||
			(e->kind == AST_EXPR_COMPARE && e->compare.how == AST_COMPARE_EQ &&
				e->compare.left->kind == AST_EXPR_REF)) {
			if (!guards_set(x, e, out)) {
				return false;
			}
			continue;
		}
		d = diag_error(x->s->c, e->span, "R13", "a message is concrete: `field = value`");
		diag_help(d,
			"fields that are left out have their default, or the value nearest to 0");
		return false;
	}
	payload_settle(&out->payload, out->message);
	for (const struct ast_expr *e = tests; e != NULL; e = e->next) {
		if (e->kind != AST_EXPR_HAS && !field_set(x, e, out)) {
			return false;
		}
	}
	message_shorten(tests, out);
	return true;
}

/* The number of the capability through which the message comes, if it has one. */
static bool
number_set(struct sema *s, const struct ast_event *event, const struct party *receiver,
	struct step_message *out)
{
	const struct l1_resource *labels;

	if (event->number == NULL) {
		return true;
	}
	if (receiver->kind != PARTY_RESOURCE) {
		diag_help(diag_error(s->c, event->number->span, "R13",
				  "only capabilities of a label have numbers"),
			"leave it out, or name the label: `Slot[1]`");
		return false;
	}
	labels = receiver->instance->class->resources.elements;
	if (event->number->magnitude >= labels[receiver->use].capacity) {
		return number_error(s, event->number->span, &labels[receiver->use]);
	}
	out->query.number = (uint32_t)event->number->magnitude;
	return true;
}

/* A parameter of another error says that error. */
static bool
status_check(const struct expr_context *x, const struct ast_expr *e, const struct step_message *out)
{
	const char *const *errors = (const char *const *)out->method->errors;
	struct diag *d;

	if (out->payload.status == out->query.status) {
		return true;
	}
	d = diag_error(x->s->c, e->next->span, "R13", "this is a parameter of `%s`, not of `%s`",
		errors[out->payload.status - 1], errors[out->query.status - 1]);
	diag_help(d, "name the error that it belongs to: `%s`", errors[out->payload.status - 1]);
	return false;
}

/* The errors of a test are named as in the interface, then their parameters:
 * error a -> b : m(full, full.left = 3). */
static bool
error_set(const struct expr_context *x, const struct ast_event *event, struct step_message *out)
{
	struct sema *s = x->s;
	const struct ast_expr *e = event->tests;
	struct diag *d;

	out->query.status = out->payload.status = 1;
	if (out->method->error_count == 0) {
		diag_help(diag_error(s->c, event->message, "R13", "`%s` has no errors",
				  out->method->name),
			"leave `error` out, or declare `errors {...}` in the interface");
		return false;
	}
	if (e == NULL) {
		return fields_set(x, NULL, out);
	}
	for (uint32_t i = 0; e->kind == AST_EXPR_REF && i < out->method->error_count; i++) {
		if (sema_same(e->ref.name.text, out->method->errors[i])) {
			out->query.status = out->payload.status = i + 1;
			return fields_set(x, e->next, out) && status_check(x, e, out);
		}
	}
	d = diag_error(s->c, e->span, "R13", "`%s` has no such error", out->method->name);
	diag_suggest(d, e->kind == AST_EXPR_REF ? e->ref.name.text : "",
		(const char *const *)out->method->errors, out->method->error_count);
	return false;
}

/* Finds interface and method. Returns false after an error. */
static bool
method_read(struct sema *s, const struct ast_event *event, const struct party *receiver,
	struct step_message *out)
{
	if (event->which == AST_METHODS_PLAIN) {
		out->interface = &s->l1->interfaces[INTERFACE_SIGNAL - 1];
		out->method = &out->interface->methods[0];
		return true;
	}
	if (event->which != AST_METHODS_ONE) {
		diag_help(diag_error(s->c, event->message, "R13", "a test names one method"),
			"write a step for each");
		return false;
	}
	out->interface = who_endpoint(s, receiver, &event->endpoint);
	out->method = out->interface == NULL ? NULL : method_get(s, out->interface, event->methods);
	return out->method != NULL;
}

bool
step_read(struct sema *s, const struct ast_step *step, struct step_message *out)
{
	static const struct l1_message empty = {0};
	const struct ast_event *event = &step->event;
	const struct party *sender = party_read(s, &event->sender, WHO_SENDER);
	const struct party *receiver =
		sender == NULL ? NULL : party_read(s, &event->receiver, WHO_RECEIVER);
	struct party from;
	struct party self;
	bool is_plain =
		event->which == AST_METHODS_PLAIN && !sema_same(event->methods->text, "signal");
	struct expr_context x = {.s = s, .arena = &s->c->arena, .unit = s->root};

	if (receiver == NULL) {
		return false;
	}
	from = *sender;
	self = receiver->kind == PARTY_SELF ? *sender : *receiver;
	if (self.kind == PARTY_KERNEL) {
		diag_help(diag_error(
				  s->c, event->receiver.span, "R13", "the kernel receives nothing"),
			"name whose object it is: `self`, or an instance");
		return false;
	}
	*out = (struct step_message){.text = source_line(s->c, event->span)};
	if (!(is_plain ? step_plain_find(s, event, &from, &self, out)
		       : method_read(s, event, &self, out)) ||
		!number_set(s, event, &self, out)) {
		return false;
	}
	out->query.holder = who_label(&from);
	out->query.target = who_label(&self);
	out->query.interface = out->interface->id;
	out->query.method = out->method->number;
	out->query.is_ask = out->method->is_ask;
	out->query.event = step->moment == AST_MOMENT_REPLY   ? L1_REPLY
			   : step->moment == AST_MOMENT_ERROR ? L1_ERROR
							      : L1_CALL;
	out->message = out->query.event == L1_CALL    ? &out->method->call
		       : out->query.event == L1_REPLY ? &out->method->reply
		       : out->query.event == L1_ERROR ? &out->method->error
						      : &empty;
	payload_begin(&out->payload, out->message);
	x.message = out->message;
	x.message_name = out->method->name;
	x.client = from.kind == PARTY_INSTANCE ? from.instance : NULL;
	x.server = self.kind == PARTY_DEVICE ? NULL : self.instance;
	if (out->query.event == L1_ERROR ? !error_set(&x, event, out)
					 : !fields_set(&x, event->tests, out)) {
		return false;
	}
	if (is_plain) {
		step_plain_fill(s, sender, receiver, out);
	}
	out->query.bytes = out->payload.bytes;
	out->query.length_bytes = out->payload.length_bytes;
	return true;
}
