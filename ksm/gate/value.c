/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* value.c: constants: what can be known without a message. */
#include "value.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "compile.h"
#include "condition_text.h"
#include "scope.h"
#include "sema.h"
#include "types.h"
#include "who.h"

static void
name_unknown(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field)
{
	struct vector names = {0};
	struct diag *d;

	for (uint32_t i = 0; i < field->name_count; i++) {
		const char **slot = vector_push(&names, &s->c->arena, sizeof *slot);

		*slot = field->names[i].name;
	}
	scope_candidates(s, unit, AST_ITEM_CONST, &names);
	if (field->type_name != NULL) {
		d = diag_error(s->c, name->span, "R6", "`%s` has no value `%s`", field->type_name,
			name->text);
	} else {
		d = diag_error(s->c, name->span, "R6", "there is no constant `%s`", name->text);
	}
	if (!diag_suggest(d, name->parts[name->part_count - 1].text, names.elements, names.count) &&
		(field->type_name == NULL || field->is_process)) {
		diag_help(d,
			field->is_process ? "name an instance of the system"
					  : "declare it: `const %s = 1`",
			name->text);
	}
}

/* Returns the constant, marked as looked into, or NULL after an error. */
static struct symbol *
constant_enter(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field)
{
	struct symbol *symbol = scope_find(unit, name, SCOPE_OTHER);

	if (symbol == NULL || symbol->item->kind != AST_ITEM_CONST) {
		name_unknown(s, unit, name, field);
		return NULL;
	}
	if (symbol->is_resolving) {
		diag_help(diag_error(s->c, name->span, "T7", "constant `%s` is made of itself",
				  name->text),
			"take its own name out of it");
		return NULL;
	}
	symbol->is_resolving = true;
	return symbol;
}

bool
value_name(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field, int64_t *out)
{
	const struct l1_name *found = NULL;
	struct symbol *symbol;
	bool is_right;

	if (name->part_count == 1) {
		found = types_name_find(field->names, field->name_count, name->text);
	}
	if (found != NULL) {
		*out = found->value;
		return true;
	}
	symbol = constant_enter(s, unit, name, field);
	if (symbol == NULL) {
		return false;
	}
	if (symbol->item->constant->value->kind == AST_VALUE_SET) {
		struct diag *d = diag_error(
			s->c, name->span, "R6", "`%s` is a set, one value is due", name->text);

		diag_help(d, "write `in %s`", name->text);
		is_right = false;
	} else {
		is_right = value_single(s, symbol->unit, symbol->item->constant->value, field, out);
	}
	symbol->is_resolving = false;
	return is_right;
}

static bool
kind_mismatch(struct sema *s, const struct ast_value *value, const struct l1_field *field)
{
	static const char *const due[] = {
		[L1_INTEGER] = "a number",
		[L1_BOOL] = "true or false",
		[L1_ENUM] = "a name of its enum",
		[L1_TAIL] = "a text",
	};

	diag_error(s->c, value->span, "R6", "`%s` takes %s", field->name, due[field->kind]);
	return false;
}

bool
value_single(struct sema *s, const struct unit *unit, const struct ast_value *value,
	const struct l1_field *field, int64_t *out)
{
	switch (value->kind) {
	case AST_VALUE_NUMBER:
		if (field->kind != L1_INTEGER) {
			return kind_mismatch(s, value, field);
		}
		return types_number_of(s, &value->number, field, out);
	case AST_VALUE_BOOL:
		*out = value->truth;
		return field->kind == L1_BOOL || kind_mismatch(s, value, field);
	case AST_VALUE_NAME:
		return value_name(s, unit, &value->name, field, out);
	case AST_VALUE_TUPLE:
	case AST_VALUE_STRING:
	case AST_VALUE_RANGE:
	case AST_VALUE_SET:
		break;
	}
	return kind_mismatch(s, value, field);
}

const char *
value_text(struct sema *s, const struct unit *unit, const struct ast_qname *name)
{
	const struct symbol *symbol = scope_get(s, unit, name, AST_ITEM_CONST, "R6");
	const struct ast_value *value;

	if (symbol == NULL) {
		return NULL;
	}
	value = symbol->item->constant->value;
	if (value->kind != AST_VALUE_STRING) {
		diag_help(diag_error(s->c, name->span, "R6", "`%s` is no text", name->text),
			"write a text in quotes");
		return NULL;
	}
	return value->string.bytes;
}

static void
range_push(struct sema *s, struct vector *ranges, int64_t low, int64_t high)
{
	struct l1_range *range = vector_push(ranges, &s->c->scratch, sizeof *range);

	range->low = low;
	range->high = high;
}

/* A process, a group or a template stands for its instances. */
static bool
parties_push(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	struct vector *ranges)
{
	struct ast_qname alone = *name;
	struct ast_who who = {.base = {.kind = AST_SET_NAMES, .names = &alone, .span = name->span}};
	struct vector parties = {0};
	const struct party *party;

	alone.next = NULL;
	if (!who_resolve(s, unit, NULL, &who, WHO_SENDER, &parties)) {
		return false;
	}
	party = parties.elements;
	for (uint32_t i = 0; i < parties.count; i++) {
		if (party[i].kind == PARTY_INSTANCE && party[i].instance->number != 0) {
			range_push(s, ranges, party[i].instance->number, party[i].instance->number);
		} else {
			diag_help(diag_error(s->c, name->span, "R6",
					  "`%s` is no instance of the system", name->text),
				"name an instance, a process or a group");
			return false;
		}
	}
	return true;
}

bool
value_ranges_name(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	const struct l1_field *field, struct vector *ranges)
{
	const struct l1_name *found = NULL;
	struct symbol *symbol;
	bool is_right;

	if (name->part_count == 1) {
		found = types_name_find(field->names, field->name_count, name->text);
	}
	if (found != NULL) {
		range_push(s, ranges, found->value, found->value);
		return true;
	}
	symbol = scope_find(unit, name, SCOPE_OTHER);
	if (field->is_process && (symbol == NULL || symbol->item->kind != AST_ITEM_CONST)) {
		return parties_push(s, unit, name, ranges);
	}
	symbol = constant_enter(s, unit, name, field);
	if (symbol == NULL) {
		return false;
	}
	is_right = value_ranges(s, symbol->unit, symbol->item->constant->value, field, ranges);
	symbol->is_resolving = false;
	return is_right;
}

/* Of u64 without a range, numbers from 2^63 on are a range of their own: the negative ones. */
static bool
value_range(struct sema *s, const struct ast_value *value, const struct l1_field *field,
	struct vector *ranges)
{
	int64_t low;
	int64_t high;

	bool is_below = types_is_u64(field) && value->range.low.negative;

	if (is_below ? !types_number(s, &value->range.low, &low)
		     : !types_number_of(s, &value->range.low, field, &low)) {
		return false;
	}
	if (is_below && value->range.high.negative
			? !types_number(s, &value->range.high, &high)
			: !types_number_of(s, &value->range.high, field, &high)) {
		return false;
	}
	if (types_is_more(&value->range.low, &value->range.high)) {
		struct diag *d = diag_error(s->c, value->span, "S8", "the range is empty");

		diag_help(d, "write `%s..%s`", condition_value_text(&s->c->arena, field, high),
			condition_value_text(&s->c->arena, field, low));
		return false;
	}
	if (is_below && value->range.high.negative) {
		return true; /* no value is negative */
	}
	low = is_below ? 0 : low;
	if (low > high) {
		range_push(s, ranges, low, INT64_MAX);
		range_push(s, ranges, INT64_MIN, high);
	} else {
		range_push(s, ranges, low, high);
	}
	return true;
}

/* Recursion ends: sets do not nest in the grammar, and constants are marked while inside. */
bool
value_ranges(struct sema *s, const struct unit *unit, const struct ast_value *value,
	const struct l1_field *field, struct vector *ranges)
{
	int64_t low;

	switch (value->kind) {
	case AST_VALUE_RANGE:
		if (field->kind != L1_INTEGER) {
			return kind_mismatch(s, value, field);
		}
		return value_range(s, value, field, ranges);
	case AST_VALUE_SET:
		for (const struct ast_value *m = value->members; m != NULL; m = m->next) {
			if (!value_ranges(s, unit, m, field, ranges)) {
				return false;
			}
		}
		return true;
	case AST_VALUE_NAME:
		return value_ranges_name(s, unit, &value->name, field, ranges);
	default:
		if (!value_single(s, unit, value, field, &low)) {
			return false;
		}
		range_push(s, ranges, low, low);
		return true;
	}
}

/* What no use of the constant would find: empty ranges, and times. */
static void
constant_check(struct sema *s, const struct ast_value *value)
{
	int64_t ignored;

	switch (value->kind) {
	case AST_VALUE_NUMBER:
		if (!types_is_big(&value->number)) {
			(void)types_number(s, &value->number, &ignored);
		}
		break;
	case AST_VALUE_RANGE:
		if (types_is_more(&value->range.low, &value->range.high)) {
			diag_help(diag_error(s->c, value->span, "S8", "the range is empty"),
				"write the lower number first");
		}
		break;
	case AST_VALUE_STRING:
	case AST_VALUE_BOOL:
	case AST_VALUE_NAME:
		break;
	case AST_VALUE_SET:
	case AST_VALUE_TUPLE:
		for (const struct ast_value *m = value->members; m != NULL; m = m->next) {
			constant_check(s, m);
		}
		break;
	}
}

void
value_constants(struct sema *s)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_CONST) {
				constant_check(s, item->constant->value);
			}
		}
	}
}
