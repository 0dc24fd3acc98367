/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* record.c: structs and unions, and the types of parameters and of their fields. */
#include "record.h"

#include <inttypes.h>

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "carry.h"
#include "compile.h"
#include "list.h"
#include "scope.h"
#include "sema.h"
#include "types.h"

#define RECORD_DEPTH_MAX 16u

static bool
array_read(struct sema *s, const struct ast_type *type, uint32_t *out)
{
	struct diag *d;

	*out = 0;
	if (type->array == NULL) {
		return true;
	}
	if (type->array->magnitude >= 1 && type->array->magnitude <= MESSAGE_BYTES_MAX) {
		*out = (uint32_t)type->array->magnitude;
		return true;
	}
	d = diag_error(
		s->c, type->array->span, "T17", "an array has 1..%u elements", MESSAGE_BYTES_MAX);
	diag_help(d, "lend more than a message holds: `reads data: bytes<64K>`");
	return false;
}

/* Returns the struct or union that the type names, or NULL. */
static struct symbol *
record_named(const struct unit *unit, const struct ast_type *type)
{
	struct symbol *symbol =
		type->kind != AST_TYPE_NAMED ? NULL : scope_find(unit, &type->name, SCOPE_OTHER);
	bool is_record = symbol != NULL && (symbol->item->kind == AST_ITEM_STRUCT ||
						   symbol->item->kind == AST_ITEM_UNION);

	return is_record ? symbol : NULL;
}

static bool record_fill(struct sema *s, struct symbol *symbol, struct span at);

/* Fills out but for its name. Recursion is bounded: a record that is being filled is refused. */
static bool
member_type(
	struct sema *s, const struct unit *unit, const struct ast_type *type, struct l1_member *out)
{
	bool is_optional = type->kind == AST_TYPE_OPTIONAL;
	bool is_list = type->kind == AST_TYPE_LIST;
	const struct ast_type *element = is_list ? list_read(s, type, out) : type->element;
	struct ast_type base;
	struct symbol *symbol;

	if (is_list && element == NULL) {
		return false;
	}
	base = is_optional || is_list ? *element : *type;
	base.range = type->range;
	base.array = NULL;
	out->is_optional = is_optional;
	if (base.kind == AST_TYPE_OPTIONAL) {
		diag_help(diag_error(s->c, base.span, "T18", "what is optional is so already"),
			"write `optional` once");
		return false;
	}
	if (base.kind == AST_TYPE_LIST) {
		diag_help(diag_error(s->c, base.span, "T19", "a list is always there"),
			"leave `optional` out: an empty list says as much");
		return false;
	}
	if (!is_list && !array_read(s, type, &out->array)) {
		return false;
	}
	symbol = record_named(unit, &base);
	if (symbol == NULL) {
		return types_field(s, unit, &base, TYPES_FIELD, &out->field);
	}
	if (type->range != NULL) {
		diag_help(diag_error(s->c, type->range->span, "T17",
				  "`in` narrows a number, `%s` is none", symbol->name),
			"narrow its fields where it is declared");
		return false;
	}
	if (!record_fill(s, symbol, base.span)) {
		return false;
	}
	out->record = symbol->record;
	return true;
}

/* What a field of a record cannot be, because the end of a message or its start is its place. */
static bool
field_check(struct sema *s, const struct ast_param *param)
{
	const struct ast_type *type =
		param->type->kind == AST_TYPE_OPTIONAL ? param->type->element : param->type;
	bool is_plain = param->direction == AST_DIRECTION_NONE &&
			(type->kind == AST_TYPE_NAMED || type->kind == AST_TYPE_PROCESS ||
				type->kind == AST_TYPE_OPTIONAL);
	struct diag *d;

	if (is_plain && param->initial == NULL) {
		return true;
	}
	if (is_plain) {
		d = diag_error(
			s->c, param->initial->span, "T16", "a field of a struct has no default");
		diag_help(d, "make the parameter optional, or the field: `%s: optional ...`",
			param->name.text);
		return false;
	}
	d = diag_error(s->c, param->span, "T17",
		"`%s` is no field: leases, handles, texts, bytes and lists are parameters",
		param->name.text);
	diag_help(d, "give the method a parameter of its own for it");
	return false;
}

static bool
field_is_new(struct sema *s, const struct l1_record *record, const struct ast_param *param)
{
	for (uint32_t i = 0; i < record->member_count; i++) {
		if (sema_same(record->members[i].name, param->name.text)) {
			diag_help(diag_error(s->c, param->name.span, "T8",
					  "`%s` stands twice in `%s`", param->name.text,
					  record->name),
				"give one of them another name");
			return false;
		}
	}
	return true;
}

static bool
fields_fill(struct sema *s, const struct unit *unit, const struct ast_param *fields,
	struct l1_record *record)
{
	uint32_t count = 0;

	for (const struct ast_param *p = fields; p != NULL; p = p->next) {
		count++;
	}
	record->members = arena_array(&s->c->arena, count, sizeof *record->members);
	record->cases = arena_array(&s->c->arena, count, sizeof *record->cases);
	for (const struct ast_param *p = fields; p != NULL; p = p->next) {
		struct l1_member *member = &record->members[record->member_count];

		if (!field_check(s, p) || !field_is_new(s, record, p) ||
			!member_type(s, unit, p->type, member)) {
			return false;
		}
		if (record->is_union && member->is_optional) {
			diag_help(diag_error(s->c, p->type->span, "T18",
					  "a case of a union is there or not by itself"),
				"leave `optional` out");
			return false;
		}
		member->name = p->name.text;
		member->field.is_secret = p->secret;
		record->cases[record->member_count] =
			(struct l1_name){p->name.text, record->member_count};
		record->member_count++;
	}
	return true;
}

/* at: where it is used. Returns false after an error, which is said once. */
static bool
record_fill(struct sema *s, struct symbol *symbol, struct span at)
{
	struct l1_record *record;

	if (symbol->is_resolving) {
		diag_help(diag_error(s->c, at, "T17", "`%s` is made of itself", symbol->name),
			"take its own name out of it");
		symbol->is_wrong = true;
	}
	if (s->record_depth == RECORD_DEPTH_MAX) {
		diag_help(diag_error(s->c, at, "T17", "structs nest at most %u deep",
				  RECORD_DEPTH_MAX),
			"make one of them out of numbers");
		symbol->is_wrong = true;
	}
	if (symbol->is_wrong || symbol->record != NULL) {
		return !symbol->is_wrong;
	}
	record = arena_alloc(&s->c->arena, sizeof *record);
	record->name = symbol->name;
	record->is_union = symbol->item->kind == AST_ITEM_UNION;
	symbol->is_resolving = true;
	s->record_depth++;
	symbol->is_wrong = !fields_fill(s, symbol->unit, symbol->item->record->fields, record) ||
			   symbol->is_wrong;
	s->record_depth--;
	symbol->is_resolving = false;
	symbol->record = record;
	return !symbol->is_wrong;
}

const struct l1_record *
record_error(struct sema *s, const struct unit *unit, const char *method,
	const struct ast_error_case *error)
{
	struct l1_record *record = arena_alloc(&s->c->arena, sizeof *record);

	record->name = arena_format(&s->c->arena, "%s_%s", method, error->name.text);
	return fields_fill(s, unit, error->params, record) ? record : NULL;
}

void
records_declare(struct sema *s)
{
	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (struct symbol *symbol = unit->symbols; symbol != NULL; symbol = symbol->next) {
			if (symbol->item->kind == AST_ITEM_STRUCT ||
				symbol->item->kind == AST_ITEM_UNION) {
				(void)record_fill(s, symbol, symbol->item->span);
			}
		}
	}
}

bool
record_param(struct sema *s, const struct unit *unit, const struct ast_param *param,
	struct l1_member *out)
{
	out->name = param->name.text;
	if (param->direction != AST_DIRECTION_NONE) {
		return carry_lease(s, param, &out->field);
	}
	if (param->type->kind == AST_TYPE_HANDLE) {
		return carry_handle(s, unit, param, &out->field);
	}
	return member_type(s, unit, param->type, out);
}
