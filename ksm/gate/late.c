/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* late.c: parameters that a message may leave out, because they have a default. */
#include "late.h"

#include "ast.h"
#include "compile.h"
#include "condition_text.h"
#include "sema.h"
#include "value.h"

static bool
kind_check(struct sema *s, const struct ast_param *param, const struct l1_member *member)
{
	const struct l1_field *field = &member->field;
	bool is_tail = field->kind == L1_TAIL || member->list != 0;
	bool is_many = !is_tail && (member->record != NULL || member->array != 0);
	struct diag *d;

	if (member->is_optional) {
		d = diag_error(s->c, param->initial->span, "T16",
			"what is optional has no default: it is not there");
		diag_help(d, "leave one of the two out");
		return false;
	}
	if (!is_many && !is_tail && field->carries == L1_BYTES) {
		return true;
	}
	d = diag_error(s->c, param->initial->span, "T16", "%s has no default",
		is_many                       ? "what has several values"
		: is_tail                     ? "what takes the rest of a message"
		: field->carries == L1_HANDLE ? "a handle"
					      : "a lease");
	diag_help(d, is_many   ? "make it optional: then it may be left out, too"
		     : is_tail ? "leave it out: an empty one is short already"
			       : "leave it out, or declare a method without it");
	return false;
}

bool
late_default(struct sema *s, const struct unit *unit, const struct ast_param *param,
	const struct l1_member *member, struct l1_field *fields, uint32_t count)
{
	struct arena *a = &s->c->arena;
	struct diag *d;

	for (uint32_t i = 0; i < count; i++) {
		fields[i].has_default = member->is_optional || param->initial != NULL;
	}
	if (param->initial == NULL) {
		return true;
	}
	if (!kind_check(s, param, member)) {
		return false;
	}
	if (fields->is_process) {
		fields->absent = 1; /* until instances have numbers */
		return true;
	}
	if (!value_single(s, unit, param->initial, fields, &fields->absent)) {
		return false;
	}
	if (fields->absent >= fields->low && fields->absent <= fields->high) {
		return true;
	}
	d = diag_error(s->c, param->initial->span, "T16", "%s does not fit `%s`",
		condition_value_text(a, fields, fields->absent), param->name.text);
	diag_help(d, "`%s` is %s..%s", param->name.text,
		condition_value_text(a, fields, fields->low),
		condition_value_text(a, fields, fields->high));
	return false;
}

/* The first of those that may be left out, because all behind it may, too. */
static uint32_t
first_find(const struct l1_message *message)
{
	uint32_t first = message->field_count;

	while (first > 0 && message->fields[first - 1].has_default) {
		first--;
	}
	return first;
}

/* A default that nobody can make use of is a mistake. */
static bool
order_check(struct sema *s, const struct ast_param *const *params, const struct l1_message *message,
	uint32_t first)
{
	const struct l1_field *last = &message->fields[first - 1];
	struct diag *d;

	for (uint32_t i = 0; i < first; i++) {
		if (params[i]->initial == NULL) {
			continue;
		}
		d = diag_error(s->c, params[first - 1]->span, "T16",
			"`%s` has no default and stands behind `%s`, which has one", last->param,
			params[i]->name.text);
		diag_help(d,
			last->kind == L1_TAIL || last->is_element
				? "a message with a text, bytes or a list takes no "
				  "defaults: nobody could tell where it begins"
				: "move it before `%s`, or give it a default",
			params[i]->name.text);
		return false;
	}
	return true;
}

/* Whoever leaves out what stands behind it sends zeros in its place. */
static bool
gap_check(struct sema *s, const struct ast_param *param, const struct l1_field *field)
{
	struct diag *d;

	if (field->absent == 0) {
		return true;
	}
	d = diag_error(s->c, param->span, "T16",
		"`%s` fills byte %u, where a shorter message has a zero", field->name,
		field->offset_bytes);
	diag_help(d, field->is_process ? "declare it before wider ones"
				       : "give it the default 0, or declare it before wider ones");
	return false;
}

static void
length_push(struct l1_range *lengths, uint32_t *count, uint32_t length)
{
	if (*count != 0 && lengths[*count - 1].high + 1 >= (int64_t)length) {
		lengths[*count - 1].high = length;
		return;
	}
	lengths[(*count)++] = (struct l1_range){length, length};
}

bool
late_lengths(struct sema *s, const struct ast_param *const *params, struct l1_message *message)
{
	uint32_t first = first_find(message);
	struct l1_range *lengths;
	uint32_t count = 0;
	uint32_t end = 0;
	uint32_t low = 0; /* where what may be left out begins */

	if (!order_check(s, params, message, first)) {
		return false;
	}
	if (first == message->field_count) {
		return true;
	}
	lengths = arena_array(&s->c->arena, message->field_count + 1u, sizeof *lengths);
	for (uint32_t i = 0; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		uint32_t own = (uint32_t)field->offset_bytes + field->width_bytes;

		if (i == first) {
			low = end;
			length_push(lengths, &count, end);
		}
		field->is_late = i >= first && own > low;
		if (i >= first && own <= end && !gap_check(s, params[i], field)) {
			return false;
		}
		end = own > end ? own : end;
		if (i >= first && (i + 1 == message->field_count || params[i + 1] != params[i])) {
			length_push(lengths, &count, end);
		}
	}
	message->low_bytes = (uint16_t)low;
	if (count > 1) {
		message->lengths = lengths;
		message->length_count = count;
	}
	return true;
}

struct late_process {
	struct l1_field *field;
	const struct ast_value *initial;
	const struct unit *unit;
};

void
late_processes(struct sema *s, const struct unit *unit, const struct ast_param *const *params,
	struct l1_message *message)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (message->fields[i].is_process && params[i]->initial != NULL) {
			*(struct late_process *)vector_push(&s->late_processes, &s->c->arena,
				sizeof(struct late_process)) = (struct late_process){
				&message->fields[i], params[i]->initial, unit};
		}
	}
}

/* A number that the stubs know, too: they are made of the file of the interface. */
void
late_processes_settle(struct sema *s)
{
	const struct late_process *late = s->late_processes.elements;
	struct diag *d;

	for (uint32_t i = 0; i < s->late_processes.count; i++) {
		if (s->system != NULL && late[i].unit == s->root) {
			(void)value_single(s, late[i].unit, late[i].initial, late[i].field,
				&late[i].field->absent);
			continue;
		}
		d = diag_error(s->c, late[i].initial->span, "T16",
			"`%s` has an instance as its default, and no system in its file",
			late[i].field->name);
		diag_help(d,
			"move the interface to the file of the system, or make it optional: "
			"`%s: optional process`",
			late[i].field->name);
		return;
	}
}
