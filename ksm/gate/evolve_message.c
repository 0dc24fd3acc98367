/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* evolve_message.c: the fields of one message, as they were and as they are [T15]. */
#include <inttypes.h>
#include <stdbool.h>

#include "ast_decl.h"
#include "compile.h"
#include "condition_text.h"
#include "evolve.h"
#include "sema.h"
#include "types.h"

#define ANEW "declare a new method, and write `reserved` for this one when nobody calls it"

static const struct ast_param *
param_find(const struct evolve_message *m, const char *name)
{
	const struct ast_param *param = m->is_reply ? m->ast->results : m->ast->params;

	while (param != NULL && !sema_same(param->name.text, name)) {
		param = param->next;
	}
	return param;
}

static const struct l1_field *
field_find(const struct l1_message *message, const char *name)
{
	for (uint32_t i = 0; i < message->field_count; i++) {
		if (sema_same(message->fields[i].name, name)) {
			return &message->fields[i];
		}
	}
	return NULL;
}

/* The number of an interface is another in each compilation; its name is not. */
static const char *
handle_interface(const struct sema *s, const struct l1_field *field)
{
	return l1_interface_find(s->l1, (uint16_t)(field->low >> 16))->name;
}

static bool
type_is_same(const struct evolve_message *m, const struct l1_field *was, const struct l1_field *is)
{
	return (was->name_count > 0) == (is->name_count > 0) && was->kind == is->kind &&
	       was->carries == is->carries && was->is_signed == is->is_signed &&
	       was->is_process == is->is_process && (was->guard == NULL) == (is->guard == NULL) &&
	       was->is_text == is->is_text && was->is_path == is->is_path &&
	       was->unit_bytes == is->unit_bytes &&
	       (was->kind == L1_TAIL || was->width_bytes == is->width_bytes) &&
	       (was->carries != L1_HANDLE ||
		       sema_same(handle_interface(m->old, was), handle_interface(m->new, is)));
}

/* Returns the first name of `of` that `in` has with no or another value, or NULL. */
static const struct l1_name *
name_lost(const struct l1_field *of, const struct l1_field *in)
{
	for (uint32_t i = 0; i < of->name_count; i++) {
		const struct l1_name *found =
			types_name_find(in->names, in->name_count, of->names[i].name);

		if (found == NULL || found->value != of->names[i].value) {
			return &of->names[i];
		}
	}
	return NULL;
}

/* A type that stands in many messages is one fault. */
static bool
is_told(const struct evolve_message *m, const char *sentence)
{
	for (const struct diag *d = m->new->c->diags.first; d != NULL; d = d->next) {
		if (sema_same(d->sentence, sentence)) {
			return true;
		}
	}
	return false;
}

static void
names_tell(const struct evolve_message *m, const struct l1_name *lost, const struct l1_name *other,
	const struct ast_param *param, const char *type)
{
	struct arena *a = &m->new->c->arena;
	const char *sentence;

	if (other != NULL) {
		const struct l1_name *was = m->is_reply ? other : lost;

		sentence = arena_format(a, "`%s` of `%s` was %" PRId64 " and is %" PRId64,
			lost->name, type, was->value, (was == lost ? other : lost)->value);
	} else if (m->is_reply) {
		sentence = arena_format(a,
			"`%s` of `%s` is new: a client built with OLD does not know this answer",
			lost->name, type);
	} else {
		sentence =
			arena_format(a, "`%s` of `%s` is gone: a client built with OLD may send it",
				lost->name, type);
	}
	if (is_told(m, sentence)) {
		return;
	}
	diag_help(diag_error(m->new->c, param->type->span, "T15", "%s", sentence),
		other != NULL ? "give it the number that it had, and new names new numbers"
		: m->is_reply ? ANEW
			      : "keep it in the type; a rule can forbid it");
}

static bool
names_check(const struct evolve_message *m, const struct l1_field *was, const struct l1_field *is,
	const struct ast_param *param)
{
	const struct l1_field *narrow = m->is_reply ? is : was;
	const struct l1_field *wide = m->is_reply ? was : is;
	const struct l1_name *lost = name_lost(narrow, wide);

	if (lost != NULL) {
		names_tell(m, lost, types_name_find(wide->names, wide->name_count, lost->name),
			param, is->type_name != NULL ? is->type_name : param->type->name.text);
	}
	return lost == NULL;
}

static const char *
range_text(struct arena *a, const struct l1_field *field)
{
	if (field->unit_bytes != 0) {
		return arena_format(a, "at most %" PRId64 " elements", field->high);
	}
	if (field->kind == L1_TAIL) {
		return arena_format(a, "at most %u bytes", field->width_bytes);
	}
	if (types_is_any_u64(field)) {
		return "any u64";
	}
	return arena_format(a, "%" PRId64 "..%" PRId64, field->low, field->high);
}

/* A request takes all that it took, a reply gives nothing that it did not give. */
static bool
values_check(const struct evolve_message *m, const struct l1_field *was, const struct l1_field *is,
	const struct ast_param *param)
{
	const struct l1_field *narrow = m->is_reply ? is : was;
	const struct l1_field *wide = m->is_reply ? was : is;
	bool fits = was->kind == L1_TAIL ? narrow->width_bytes <= wide->width_bytes
					 : narrow->low >= wide->low && narrow->high <= wide->high;
	struct diag *d;

	if (was->is_process || was->carries == L1_HANDLE) {
		return true;
	}
	if (was->name_count > 0) {
		return names_check(m, was, is, param);
	}
	if (fits) {
		return true;
	}
	d = diag_error(m->new->c, param->type->span, "T15", "`%s` was %s and is %s", is->name,
		range_text(&m->new->c->arena, was), range_text(&m->new->c->arena, is));
	diag_help(d, m->is_reply ? "a client built with OLD does not know the others: " ANEW
				 : "a client built with OLD may send the others: keep them in the "
				   "type; a rule can forbid them");
	return false;
}

/* Of an instance the number is built in, and the name is what was meant. */
static bool
default_same(struct arena *a, const struct l1_field *was, const struct l1_field *is)
{
	return was->absent == is->absent &&
	       (!was->is_process || sema_same(condition_value_text(a, was, was->absent),
					    condition_value_text(a, is, is->absent)));
}

/* Who was built with OLD leaves it out and means what OLD says; a client of before may not know
 * that an answer leaves it out. */
static bool
default_check(const struct evolve_message *m, const struct l1_field *was, const struct l1_field *is,
	const struct ast_param *param)
{
	struct arena *a = &m->new->c->arena;
	struct diag *d;

	if (was->has_default ? is->has_default && default_same(a, was, is)
			     : !is->has_default || !m->is_reply) {
		return true;
	}
	if (!was->has_default) {
		d = diag_error(m->new->c, param->initial->span, "T15",
			"`%s` has a default: a client built with OLD does not know that an answer "
			"may leave it out",
			is->name);
		diag_help(d, "leave the default out");
		return false;
	}
	d = diag_error(m->new->c, param->span, "T15", "`%s` had the default %s in OLD", is->name,
		condition_value_text(a, was, was->absent));
	diag_help(d, "write `= %s`: who was built with OLD leaves it out and means that",
		condition_value_text(a, was, was->absent));
	return false;
}

static bool
field_check(const struct evolve_message *m, const struct l1_field *was)
{
	const struct l1_field *is = field_find(m->is, was->name);
	const struct ast_param *param = param_find(m, was->param);
	struct diag *d;

	if (is == NULL || param == NULL) {
		d = diag_error(m->new->c, m->ast->name.span, "T15",
			"`%s` has lost `%s`, which stands at byte %u", m->ast->name.text, was->name,
			was->offset_bytes);
		diag_help(d, "keep it; nobody need look at it");
		return false;
	}
	if (!type_is_same(m, was, is)) {
		d = diag_error(m->new->c, param->type->span, "T15",
			"`%s` has another type than in OLD", is->name);
		diag_help(d, "give it the type that it had, or " ANEW);
		return false;
	}
	if (was->offset_bytes != is->offset_bytes) {
		d = diag_error(m->new->c, param->name.span, "T15",
			"`%s` stood at byte %u and stands at %u", is->name, was->offset_bytes,
			is->offset_bytes);
		diag_help(d, m->is->field_count > m->was->field_count
				     ? "declare what is new behind all that was there; before a "
				       "text, bytes or a list nothing can be added: then " ANEW
				     : "declare them in the order that they had");
		return false;
	}
	return values_check(m, was, is, param) && default_check(m, was, is, param);
}

/* Whoever was built with OLD does not send it, or sends zeros in its place. */
static bool
new_field_check(const struct evolve_message *m, const struct l1_field *is)
{
	const struct ast_param *param = param_find(m, is->param);
	struct diag *d;

	if (!is->has_default) {
		d = diag_error(m->new->c, param->span, "T15",
			"`%s` is new and has no default: who was built with OLD does not send it",
			is->name);
		if (is->kind == L1_TAIL || is->carries != L1_BYTES) {
			diag_help(d, ANEW);
		} else {
			diag_help(d, "write what stands for it behind its type: `= 0`");
		}
		return false;
	}
	if (is->offset_bytes < m->was->fixed_bytes && is->absent != 0) {
		d = diag_error(m->new->c, param->span, "T15",
			"`%s` would fill byte %u, where who was built with OLD sends zeros",
			is->name, is->offset_bytes);
		diag_help(d, "give it the default 0, or a type that is wider than the gap");
		return false;
	}
	return true;
}

/* How many there may be is said of the list that they belong to. */
static bool
is_one_more(const struct l1_message *than, const struct l1_field *field)
{
	return field->is_element && field_find(than, field->name) == NULL &&
	       field_find(than, field->param) != NULL;
}

bool
evolve_message(const struct evolve_message *m)
{
	for (uint32_t i = 0; i < m->was->field_count; i++) {
		if (!is_one_more(m->is, &m->was->fields[i]) &&
			!field_check(m, &m->was->fields[i])) {
			return false;
		}
	}
	for (uint32_t i = 0; i < m->is->field_count; i++) {
		if (field_find(m->was, m->is->fields[i].name) == NULL &&
			!is_one_more(m->was, &m->is->fields[i]) &&
			!new_field_check(m, &m->is->fields[i])) {
			return false;
		}
	}
	return true;
}
