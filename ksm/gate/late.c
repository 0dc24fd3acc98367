/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* late.c: parameters that a message may leave out, because they have a default. */
#include "late.h"

#include <inttypes.h>

#include "ast.h"
#include "compile.h"
#include "condition_text.h"
#include "sema.h"
#include "types.h"
#include "value.h"

static bool
kind_check(struct sema *s, const struct ast_param *param, const struct l1_field *field)
{
	struct diag *d;

	if (field->is_process) {
		sema_refuse(s, param->initial->span, "a process as a default");
		return false;
	}
	if (field->kind != L1_TAIL && field->carries == L1_BYTES) {
		return true;
	}
	d = diag_error(s->c, param->initial->span, "T16", "%s has no default",
		field->kind == L1_TAIL        ? "what takes the rest of a message"
		: field->carries == L1_HANDLE ? "a handle"
					      : "a lease");
	diag_help(d, field->kind == L1_TAIL ? "leave it out: an empty one is short already"
					    : "leave it out, or declare a method without it");
	return false;
}

bool
late_default(struct sema *s, const struct unit *unit, const struct ast_param *param,
	struct l1_field *field)
{
	struct arena *a = &s->c->arena;
	bool is_any = types_is_any_u64(field);
	struct diag *d;

	if (param->initial == NULL) {
		return true;
	}
	field->has_default = true;
	if (!kind_check(s, param, field) ||
		!value_single(s, unit, param->initial, field, &field->absent)) {
		return false;
	}
	if (field->absent >= (is_any ? 0 : field->low) && field->absent <= field->high) {
		return true;
	}
	d = diag_error(s->c, param->initial->span, "T16", "%" PRId64 " does not fit `%s`",
		field->absent, param->name.text);
	diag_help(d, "`%s` is %s..%s", param->name.text,
		condition_value_text(a, field, is_any ? 0 : field->low),
		condition_value_text(a, field, is_any ? -1 : field->high));
	return false;
}

/* Those without a default come first: the others can be left out from the end only. */
static bool
order_check(struct sema *s, const struct ast_param *const *params, const struct l1_message *message)
{
	const struct l1_field *before = NULL;
	struct diag *d;

	for (uint32_t i = 0; i < message->field_count; i++) {
		const struct l1_field *field = &message->fields[i];

		if (before != NULL && !field->has_default) {
			d = diag_error(s->c, params[i]->span, "T16",
				"`%s` has no default and stands behind `%s`, which has one",
				field->name, before->name);
			diag_help(d,
				field->kind == L1_TAIL
					? "a message with a text, bytes or a list takes no "
					  "defaults: nobody could tell where it begins"
					: "move it before `%s`, or give it a default",
				before->name);
			return false;
		}
		before = field->has_default ? field : before;
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
	diag_help(d, "give it the default 0, or declare it before wider ones");
	return false;
}

static void
length_push(struct l1_range *lengths, uint32_t *count, uint32_t length)
{
	if (*count != 0 && lengths[*count - 1].high + 1 == (int64_t)length) {
		lengths[*count - 1].high = length;
		return;
	}
	lengths[(*count)++] = (struct l1_range){length, length};
}

bool
late_lengths(struct sema *s, const struct ast_param *const *params, struct l1_message *message)
{
	struct l1_range *lengths;
	uint32_t count = 0;
	uint32_t end = 0;
	uint32_t low = 0; /* where what may be left out begins */

	if (!order_check(s, params, message)) {
		return false;
	}
	lengths = arena_array(&s->c->arena, message->field_count + 1u, sizeof *lengths);
	for (uint32_t i = 0; i < message->field_count; i++) {
		struct l1_field *field = &message->fields[i];
		uint32_t own = (uint32_t)field->offset_bytes + field->width_bytes;

		if (field->kind == L1_TAIL) {
			return true;
		}
		if (field->has_default && count == 0) {
			low = end;
			length_push(lengths, &count, end);
		}
		field->is_late = field->has_default && own > low;
		if (field->has_default && own <= end && !gap_check(s, params[i], field)) {
			return false;
		}
		if (field->has_default && own > end) {
			length_push(lengths, &count, own);
		}
		end = own > end ? own : end;
	}
	if (count != 0) {
		message->low_bytes = (uint16_t)lengths[0].low;
	}
	if (count > 1) {
		message->lengths = lengths;
		message->length_count = count;
	}
	return true;
}
