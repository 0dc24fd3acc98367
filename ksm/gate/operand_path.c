/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* operand_path.c: names of fields: `level`, `pos.x`, `key[2]`, and what such a name does not mean.
 */
#include <inttypes.h>
#include <string.h>

#include "ast.h"
#include "compile.h"
#include "expr.h"
#include "sema.h"

const struct l1_field *
operand_find(const struct expr_context *x, const char *name)
{
	if (x->what != NULL) {
		return sema_same(name, EXPR_WHAT) ? x->what : NULL;
	}
	for (uint32_t i = 0; i < x->message->field_count; i++) {
		if (sema_same(x->message->fields[i].name, name)) {
			return &x->message->fields[i];
		}
	}
	return NULL;
}

bool
operand_is_param(const struct expr_context *x, const char *name)
{
	if (x->what != NULL) {
		return sema_same(name, EXPR_WHAT);
	}
	for (uint32_t i = 0; i < x->message->field_count; i++) {
		if (sema_same(x->message->fields[i].param, name)) {
			return true;
		}
	}
	return false;
}

const char *
expr_message_text(const struct expr_context *x)
{
	return x->endpoint_name == NULL
		       ? x->message_name
		       : arena_format(&x->s->c->arena, "%s.%s", x->endpoint_name, x->message_name);
}

/* Of the message's parameters. */
static void
unknown_param(const struct expr_context *x, const char *name, struct span at)
{
	struct vector names = {0};
	struct diag *d =
		diag_error(x->s->c, at, "R5", "`%s` has no field `%s`", expr_message_text(x), name);

	if (x->what != NULL) {
		diag_help(d, "a share has one: `%s is LABEL`", EXPR_WHAT);
		return;
	}
	for (uint32_t i = 0; i < x->message->member_count; i++) {
		const char **slot = vector_push(&names, &x->s->c->arena, sizeof *slot);

		*slot = x->message->members[i].name;
	}
	if (!diag_suggest(d, name, names.elements, names.count) && names.count == 1) {
		diag_help(d, "its field is `%s`", x->message->members[0].name);
	}
}

const struct l1_field *
operand_field(const struct expr_context *x, const char *name, struct span at)
{
	const struct l1_field *field = operand_find(x, name);

	if (field == NULL) {
		unknown_param(x, name, at);
	}
	return field;
}

/* Whether `path` and a `.` or `[` begin the name. */
static bool
is_within(const char *path, const char *name)
{
	size_t length = strlen(path);

	return strncmp(path, name, length) == 0 && (name[length] == '.' || name[length] == '[');
}

/* It names a whole struct, or a part that there is not. */
static void
part_error(const struct expr_context *x, const char *path, struct span at)
{
	const char *dot = strrchr(path, '.');
	const char *bracket = strrchr(path, '[');
	const char *inside;
	struct vector names = {0};
	struct diag *d;

	dot = bracket != NULL && (dot == NULL || bracket > dot) ? bracket : dot;
	inside = dot == NULL ? path : arena_copy(&x->s->c->arena, path, (size_t)(dot - path));
	for (uint32_t i = 0; i < x->message->field_count; i++) {
		const char *name = x->message->fields[i].name;

		if (is_within(path, name)) {
			diag_help(diag_error(x->s->c, at, "T17", "`%s` is no single value", path),
				"name one of its parts: `%s`", name);
			return;
		}
		if (is_within(inside, name)) {
			*(const char **)vector_push(&names, &x->s->c->arena, sizeof name) = name;
		}
	}
	d = diag_error(x->s->c, at, "T17", "there is no `%s`", path);
	if (!diag_suggest(d, path, names.elements, names.count) && names.count != 0) {
		diag_help(d, "its parts are `%s` and so on", *(const char **)names.elements);
	}
}

/* Returns the path with its index, or NULL after an error. */
static const char *
path_index(const struct expr_context *x, const char *path, const struct ast_expr *index)
{
	struct operand number;

	if (index == NULL) {
		return path;
	}
	if (!operand_read(x, index, &number)) {
		return NULL;
	}
	if (number.kind != OPERAND_NUMBER || number.is_bool || number.is_attribute) {
		diag_help(
			diag_error(x->s->c, index->span, "S11", "an index of a field is a number"),
			"write one: `%s[0]`", path);
		return NULL;
	}
	return number.is_big
		       ? arena_format(
				 &x->s->c->arena, "%s[%" PRIu64 "]", path, (uint64_t)number.number)
		       : arena_format(&x->s->c->arena, "%s[%" PRId64 "]", path, number.number);
}

const char *
operand_path(const struct expr_context *x, const struct ast_expr *ref)
{
	const struct ast_qname *name = &ref->ref.name;
	bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
	const char *path =
		path_index(x, name->text + (is_arg ? strlen("arg.") : 0), ref->ref.index);

	for (const struct ast_part *part = ref->ref.behind; part != NULL && path != NULL;
		part = part->next) {
		path = path_index(x, arena_format(&x->s->c->arena, "%s.%s", path, part->name.text),
			part->index);
	}
	return path;
}

const struct l1_field *
operand_part(const struct expr_context *x, const struct ast_expr *ref)
{
	const struct ast_qname *name = &ref->ref.name;
	bool is_arg = name->part_count > 1 && sema_same(name->parts[0].text, "arg");
	const struct l1_field *field;
	const char *path;

	if (!operand_is_param(x, name->parts[is_arg].text)) {
		unknown_param(x, name->parts[is_arg].text, name->parts[is_arg].span);
		return NULL;
	}
	path = operand_path(x, ref);
	if (path == NULL) {
		return NULL;
	}
	field = operand_find(x, path);
	if (field == NULL) {
		part_error(x, path, ref->span);
	}
	return field;
}
