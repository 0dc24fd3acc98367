/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* sema_message.c: parameters are taken apart: each number of a struct is a field of the message. */
#include "sema_message.h"

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "carry.h"
#include "compile.h"
#include "late.h"
#include "layout.h"
#include "list.h"
#include "record.h"
#include "sema.h"
#include "tail.h"
#include "ksm/format.h"

/* Whether something is there: the field that says it (its index + 1; 0: nothing) has this value. */
struct guard {
	uint32_t field;
	int64_t value;
};

/* Fields while they grow, so that nothing points at them yet. */
struct flat {
	struct sema *s;
	const struct ast_param *param; /* that is taken apart */
	struct vector fields;          /* struct l1_field */
	struct vector guards;          /* uint32_t: of each field, as in struct guard */
	struct vector params;          /* const struct ast_param *: of each field */
	bool is_element;               /* a list is taken apart, whose next field stands */
	uint32_t at;                   /* so far behind its start */
};

static struct l1_field *
field_push(struct flat *flat, struct l1_field type, const char *name, struct guard guard)
{
	struct arena *a = &flat->s->c->scratch; /* until they settle */
	struct l1_field *field = vector_push(&flat->fields, a, sizeof *field);

	*field = type;
	field->name = name;
	field->param = flat->param->name.text;
	field->is_secret = field->is_secret || flat->param->secret;
	field->guard_value = guard.value;
	if (flat->is_element) {
		field->is_element = true;
		field->is_late = true;
		field->offset_bytes = (uint16_t)flat->at;
		flat->at += field->width_bytes;
	}
	*(uint32_t *)vector_push(&flat->guards, a, sizeof(uint32_t)) = guard.field;
	*(const struct ast_param **)vector_push(&flat->params, a, sizeof(void *)) = flat->param;
	return field;
}

/* A flag in front of it. Returns what guards it then. */
static struct guard
presence_push(struct flat *flat, const char *within, const struct l1_member *member,
	const char *path, struct guard guard)
{
	const struct l1_field flag = {.kind = L1_BOOL,
		.width_bytes = 1,
		.high = 1,
		.is_secret = member->field.is_secret,
		.presence = path};

	(void)field_push(flat, flag,
		arena_format(&flat->s->c->arena, "%s has %s", within, member->name), guard);
	return (struct guard){flat->fields.count, 1};
}

/* Which case of a union is there. Returns the tag's index + 1. */
static uint32_t
tag_push(struct flat *flat, const struct l1_record *record, const char *path, struct guard guard)
{
	const struct l1_field tag = {.kind = L1_ENUM,
		.width_bytes = record->member_count > UINT8_MAX ? 2 : 1,
		.is_tag = true,
		.high = (int64_t)record->member_count - 1,
		.type_name = record->name,
		.names = record->cases,
		.name_count = record->member_count};

	(void)field_push(flat, tag, path, guard);
	return flat->fields.count;
}

static void member_push(
	struct flat *flat, const char *within, const struct l1_member *member, struct guard guard);

/* One of an array, or the one that there is. Records nest no deeper than they are declared. */
static void
element_push(
	struct flat *flat, const char *path, const struct l1_member *member, struct guard guard)
{
	const struct l1_record *record = member->record;
	struct guard own = guard;

	if (record == NULL) {
		(void)field_push(flat, member->field, path, guard);
		return;
	}
	if (record->is_union) {
		own.field = tag_push(flat, record, path, guard);
	}
	for (uint32_t i = 0; i < record->member_count; i++) {
		own.value = record->is_union ? i : guard.value;
		member_push(flat, path, &record->members[i], own);
	}
}

/* All elements that there may be, behind what stands for their number. Stops when no message has
 * room for all. */
static void
list_push(struct flat *flat, const struct l1_member *member)
{
	const struct l1_field list = {
		.kind = L1_TAIL, .is_secret = member->field.is_secret, .high = member->list};
	uint32_t place = flat->fields.count;
	struct l1_field *field;
	uint32_t unit = 0;

	(void)field_push(flat, list, member->name, (struct guard){0});
	flat->is_element = true;
	flat->at = 0;
	for (uint32_t i = 0; i < member->list && flat->at <= MESSAGE_BYTES_MAX; i++) {
		element_push(flat, arena_format(&flat->s->c->arena, "%s[%u]", member->name, i),
			member, (struct guard){0, i + 1});
		unit = i == 0 ? flat->at : unit;
	}
	flat->is_element = false;
	field = (struct l1_field *)flat->fields.elements + place;
	field->width_bytes = (uint16_t)flat->at;
	field->unit_bytes = (uint16_t)unit;
}

/* within: what it is part of, or "arg". Stops when no message has room for all. */
static void
member_push(
	struct flat *flat, const char *within, const struct l1_member *member, struct guard guard)
{
	struct arena *a = &flat->s->c->arena;
	bool is_param = sema_same(within, "arg");
	const char *path = is_param ? member->name : arena_format(a, "%s.%s", within, member->name);
	uint32_t count = member->array == 0 ? 1 : member->array;

	if (member->is_optional) {
		guard = presence_push(flat, within, member, path, guard);
	}
	for (uint32_t i = 0; i < count && flat->fields.count <= MESSAGE_BYTES_MAX; i++) {
		element_push(flat, member->array == 0 ? path : arena_format(a, "%s[%u]", path, i),
			member, guard);
	}
}

static bool
param_is_new(struct sema *s, const struct ast_param *params, const struct ast_param *param)
{
	for (const struct ast_param *p = params; p != param; p = p->next) {
		if (sema_same(p->name.text, param->name.text)) {
			diag_help(diag_error(s->c, param->name.span, "T8",
					  "`%s` stands twice in one message", param->name.text),
				"give one of them another name");
			return false;
		}
	}
	return true;
}

/* The fields at their place for good, so that one can point at another. */
static void
fields_settle(struct flat *flat, struct l1_message *message)
{
	const struct l1_field *from = flat->fields.elements;
	const uint32_t *guards = flat->guards.elements;

	message->field_count = flat->fields.count;
	message->fields =
		arena_array(&flat->s->c->arena, message->field_count, sizeof *message->fields);
	for (uint32_t i = 0; i < message->field_count; i++) {
		message->fields[i] = from[i];
		message->fields[i].guard = guards[i] == 0 ? NULL : &message->fields[guards[i] - 1];
	}
}

static bool
too_long(struct sema *s, const struct ast_param *params)
{
	diag_help(diag_error(s->c, params->span, "T6", "this message can be longer than %u bytes",
			  MESSAGE_BYTES_MAX),
		"shorten a field, or lend the bytes: `reads data: bytes<64K>`");
	return false;
}

/* Takes all of them apart. Returns false after an error. */
static bool
params_push(struct flat *flat, const struct unit *unit, const struct ast_param *params,
	struct l1_message *message)
{
	const struct l1_member *before = NULL;
	struct l1_member *member = message->members;
	struct diag *d;

	for (const struct ast_param *param = params; param != NULL; param = param->next, member++) {
		uint32_t first = flat->fields.count;

		flat->param = param;
		if (!param_is_new(flat->s, params, param) ||
			!record_param(flat->s, unit, param, member)) {
			return false;
		}
		if (before != NULL && (before->field.kind == L1_TAIL || before->list != 0)) {
			d = diag_error(flat->s->c, param->span, "T4",
				"nothing may stand behind a text, bytes or a list");
			diag_help(d, "move `%s` before it", param->name.text);
			return false;
		}
		before = member;
		if (member->list != 0) {
			list_push(flat, member);
		} else {
			member_push(flat, "arg", member, (struct guard){0});
		}
		if (flat->fields.count > MESSAGE_BYTES_MAX + 1) {
			return too_long(flat->s, params);
		}
		if (!late_default(flat->s, unit, param, member,
			    (struct l1_field *)flat->fields.elements + first,
			    flat->fields.count - first)) {
			return false;
		}
	}
	return true;
}

/* The number of the error is the tag, as of a union; nothing of the payload says it. */
static void
status_push(struct flat *flat, struct l1_method *method)
{
	struct l1_field tag = {.kind = L1_ENUM,
		.is_tag = true,
		.is_status = true,
		.offset_bytes = FORMAT_STATUS_FIELD,
		.low = 1,
		.high = method->error_count,
		.type_name = arena_format(&flat->s->c->arena, "%s_error", method->name),
		.name_count = method->error_count};
	struct l1_name *names = arena_array(&flat->s->c->arena, method->error_count, sizeof *names);

	for (uint32_t i = 0; i < method->error_count; i++) {
		names[i] = (struct l1_name){method->errors[i], i + 1};
	}
	tag.names = names;
	(void)field_push(flat, tag, "arg", (struct guard){0});
}

bool
sema_errors(struct sema *s, const struct unit *unit, const struct ast_method *ast,
	struct l1_method *method)
{
	struct flat flat = {.s = s};
	struct l1_message *message = &method->error;
	struct ast_param whole = {.name = ast->name, .span = ast->span};
	struct l1_range *length = arena_alloc(&s->c->arena, sizeof *length);
	int64_t number = 0;

	whole.name.text = "arg";
	flat.param = &whole;
	status_push(&flat, method);
	message->members = arena_array(&s->c->arena, method->error_count, sizeof *message->members);
	for (const struct ast_error_case *e = ast->errors; e != NULL; e = e->next) {
		struct l1_member *member = &message->members[message->member_count];

		number++;
		if (e->params == NULL) {
			continue;
		}
		member->name = e->name.text;
		member->record = record_error(s, unit, method->name, e);
		if (member->record == NULL) {
			return false;
		}
		message->member_count++;
		whole.name = e->name;
		member_push(&flat, "arg", member, (struct guard){1, number});
	}
	fields_settle(&flat, message);
	if (flat.fields.count > MESSAGE_BYTES_MAX || !layout_message(message)) {
		return too_long(s, ast->errors->params != NULL ? ast->errors->params : &whole);
	}
	for (uint32_t i = 0; i < message->field_count; i++) {
		message->fields[i].is_late = !message->fields[i].is_status;
	}
	*length = (struct l1_range){message->fixed_bytes, message->fixed_bytes};
	message->low_bytes = 0;
	message->lengths = length;
	message->length_count = 1;
	return true;
}

bool
sema_message(struct sema *s, const struct unit *unit, const struct ast_param *params,
	struct l1_message *message)
{
	struct flat flat = {.s = s};

	for (const struct ast_param *param = params; param != NULL; param = param->next) {
		message->member_count++;
	}
	message->members =
		arena_array(&s->c->arena, message->member_count, sizeof *message->members);
	if (!params_push(&flat, unit, params, message)) {
		return false;
	}
	fields_settle(&flat, message);
	if (!carry_fits(s, params, message)) {
		return false;
	}
	if (!layout_message(message)) {
		return too_long(s, params);
	}
	if (!late_lengths(s, flat.params.elements, message)) {
		return false;
	}
	late_processes(s, unit, flat.params.elements, message);
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].kind == L1_TAIL) {
			tail_parts(&s->c->arena, &message->fields[i]);
		}
	}
	list_settle(&s->c->arena, message);
	return true;
}
