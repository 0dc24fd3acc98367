/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* attribute.c: constants that each instance of a process says for itself. */
#include "attribute.h"

#include <inttypes.h>
#include <string.h>

#include "ast.h"
#include "ast_process.h"
#include "compile.h"
#include "sema.h"
#include "tail.h"
#include "types.h"
#include "value.h"

#define ATTRIBUTE_BYTES_MAX (4096u - 112u) /* what process_info has room for */
#define PROCESS_DIGITS_MAX  3u             /* of SEMA_INSTANCES_MAX */

void
attribute_declare(struct sema *s, struct class_info *class, const struct ast_pitem *pitem)
{
	bool is_optional = pitem->type->kind == AST_TYPE_OPTIONAL;
	struct ast_type type = is_optional ? *pitem->type->element : *pitem->type;
	struct attribute_info info = {
		.name = pitem->name.text,
		.type = pitem->type,
		.initial = pitem->initial,
		.unit = class->symbol->unit,
	};
	struct attribute_info *slot;

	type.range = pitem->type->range;
	type.array = pitem->type->array;
	if (is_optional && pitem->initial != NULL) {
		diag_help(diag_error(s->c, pitem->initial->span, "P4",
				  "what is optional has no default: it is not there"),
			"leave one of the two out");
		return;
	}
	if (types_field(s, info.unit, &type, TYPES_ATTRIBUTE, &info.field)) {
		info.field.name = info.name;
		slot = vector_push(&class->attributes, &s->c->arena, sizeof *slot);
		*slot = info;
	}
}

bool
attribute_is_optional(const struct attribute_info *info)
{
	return info->type->kind == AST_TYPE_OPTIONAL;
}

/* Returns false after an error. */
static bool
value_fit(struct sema *s, const struct unit *unit, const struct ast_value *value,
	struct attribute_value *out)
{
	const struct l1_field *field = &out->info->field;

	if (field->is_process) {
		out->said = value;
		return true;
	}
	if (field->kind == L1_TAIL) {
		if (value->kind != AST_VALUE_STRING) {
			diag_help(diag_error(s->c, value->span, "P4",
					  "`%s` is a text: write it in quotes", out->info->name),
				"write `\"...\"`");
			return false;
		}
		if (value->string.length > field->width_bytes) {
			diag_help(
				diag_error(s->c, value->span, "P4",
					"this text has %u bytes, `%s` holds %u",
					value->string.length, out->info->name, field->width_bytes),
				"shorten it, or declare the attribute with a larger size");
			return false;
		}
		if (field->is_path && !tail_is_path(value->string.bytes, value->string.length)) {
			diag_help(diag_error(s->c, value->span, "T4", "this is no path"),
				"write `/`, or names with `/` before each: `/log/today`");
			return false;
		}
		out->text = value->string.bytes;
		return true;
	}
	if (!value_single(s, unit, value, field, &out->number)) {
		return false;
	}
	if (out->number < field->low || out->number > field->high) {
		struct diag *d = diag_error(s->c, value->span, "P4",
			"%" PRId64 " does not fit `%s`", out->number, out->info->name);

		diag_help(d, "`%s` is %" PRId64 "..%" PRId64, out->info->name, field->low,
			field->high);
		return false;
	}
	return true;
}

void
attribute_defaults(struct sema *s, struct instance_info *instance)
{
	const struct attribute_info *infos = instance->class->attributes.elements;

	for (uint32_t i = 0; i < instance->class->attributes.count; i++) {
		struct attribute_value *value =
			vector_push(&instance->values, &s->c->arena, sizeof *value);

		value->info = &infos[i];
		value->is_known = infos[i].initial != NULL &&
				  value_fit(s, infos[i].unit, infos[i].initial, value);
	}
}

void
attribute_set(struct sema *s, struct instance_info *instance, const struct ast_setting *setting)
{
	struct attribute_value *values = instance->values.elements;
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < instance->values.count; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = values[i].info->name;
		if (sema_same(values[i].info->name, setting->name.text)) {
			/* A value that does not fit was reported: it counts as said. */
			(void)value_fit(s, s->root, setting->value, &values[i]);
			values[i].is_known = true;
			return;
		}
	}
	d = diag_error(s->c, setting->name.span, "P4", "process `%s` has no attribute `%s`",
		instance->class->symbol->name, setting->name.text);
	diag_suggest(d, setting->name.text, names.elements, names.count);
}

static size_t
text_bytes(struct sema *s, const struct attribute_value *value)
{
	return value->said != NULL ? PROCESS_DIGITS_MAX : strlen(attribute_text(s, value));
}

void
attribute_complete(struct sema *s, const struct instance_info *instance)
{
	const struct attribute_value *values = instance->values.elements;
	size_t bytes = 1;

	for (uint32_t i = 0; i < instance->values.count; i++) {
		struct diag *d;

		if (values[i].is_known) {
			bytes += strlen(values[i].info->name) + text_bytes(s, &values[i]) + 2;
			continue;
		}
		if (values[i].info->initial != NULL || attribute_is_optional(values[i].info)) {
			continue;
		}
		d = diag_error(s->c, instance->at, "P4", "`%s` has no value for attribute `%s`",
			instance->name, values[i].info->name);
		diag_help(d, "write `%s = ...` in its braces", values[i].info->name);
	}
	if (bytes > ATTRIBUTE_BYTES_MAX) {
		diag_help(diag_error(s->c, instance->at, "P4",
				  "the attributes of `%s` have more than %u bytes", instance->name,
				  ATTRIBUTE_BYTES_MAX),
			"shorten its texts");
	}
}

void
attribute_settle(struct sema *s, struct instance_info *instance)
{
	struct attribute_value *values = instance->values.elements;

	for (uint32_t i = 0; i < instance->values.count; i++) {
		const struct attribute_info *info = values[i].info;
		const struct unit *unit = values[i].said == info->initial ? info->unit : s->root;

		if (values[i].said != NULL) {
			values[i].is_known =
				s->system != NULL && value_single(s, unit, values[i].said,
							     &info->field, &values[i].number);
		}
	}
}

const struct attribute_value *
attribute_find(const struct instance_info *instance, const char *name)
{
	const struct attribute_value *values = instance->values.elements;

	for (uint32_t i = 0; i < instance->values.count; i++) {
		if (sema_same(values[i].info->name, name)) {
			return &values[i];
		}
	}
	return NULL;
}

const char *
attribute_text(struct sema *s, const struct attribute_value *value)
{
	const struct l1_field *field = &value->info->field;

	if (value->text != NULL || field->kind == L1_TAIL) {
		return value->text == NULL ? "" : value->text;
	}
	if (field->kind == L1_BOOL) {
		return value->number != 0 ? "true" : "false";
	}
	if (field->kind == L1_ENUM && !field->is_process) {
		for (uint32_t i = 0; i < field->name_count; i++) {
			if (field->names[i].value == value->number) {
				return field->names[i].name;
			}
		}
	}
	return types_is_any_u64(field)
		       ? arena_format(&s->c->arena, "%" PRIu64, (uint64_t)value->number)
		       : arena_format(&s->c->arena, "%" PRId64, value->number);
}
