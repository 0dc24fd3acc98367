/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* template.c: an applied template is its unit with one more name for each parameter. */
#include "template.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"
#include "types.h"
#include "value.h"

/* A parameter that is a process is a group of those that the argument names. */
static struct ast_item *
process_item(struct sema *s, const struct ast_param *param, const struct ast_value *argument)
{
	struct arena *a = &s->c->arena;
	struct ast_item *item = arena_alloc(a, sizeof *item);
	struct ast_qname *name;
	struct diag *d;

	if (argument->kind != AST_VALUE_NAME) {
		d = diag_error(s->c, argument->span, "R14",
			"`%s` is a process: whom does this name?", param->name.text);
		diag_help(d, "write a process, a group or an instance");
		return NULL;
	}
	name = arena_alloc(a, sizeof *name);
	*name = argument->name;
	item->kind = AST_ITEM_GROUP;
	item->group = arena_alloc(a, sizeof *item->group);
	item->group->name = param->name;
	item->group->who = arena_alloc(a, sizeof *item->group->who);
	item->group->who->base =
		(struct ast_set){.kind = AST_SET_NAMES, .names = name, .span = argument->span};
	item->group->who->span = argument->span;
	return item;
}

/* Any other parameter is a constant, which fits the type. */
static struct ast_item *
value_item(struct sema *s, const struct unit *unit, const struct ast_param *param,
	const struct ast_value *argument)
{
	struct ast_item *item = arena_alloc(&s->c->arena, sizeof *item);
	struct ast_value *value = arena_alloc(&s->c->arena, sizeof *value);
	struct l1_field type = {.name = param->name.text};
	struct vector ranges = {0};
	const struct l1_range *range;

	if (!types_field(s, unit, param->type, TYPES_ATTRIBUTE, &type) ||
		!value_ranges(s, s->root, argument, &type, &ranges)) {
		return NULL;
	}
	range = ranges.elements;
	for (uint32_t i = 0; i < ranges.count; i++) {
		if (type.kind == L1_INTEGER && !types_is_any_u64(&type) &&
			(range[i].low < type.low || range[i].high > type.high)) {
			struct diag *d = diag_error(s->c, argument->span, "R14",
				"this is no value of the type of `%s`", param->name.text);

			diag_help(d, "write one of %lld..%lld", (long long)type.low,
				(long long)type.high);
			return NULL;
		}
	}
	*value = *argument;
	value->next = NULL;
	item->kind = AST_ITEM_CONST;
	item->constant = arena_alloc(&s->c->arena, sizeof *item->constant);
	item->constant->name = param->name;
	item->constant->value = value;
	return item;
}

static bool
param_bind(struct sema *s, const struct unit *unit, struct unit *bound,
	const struct ast_param *param, const struct ast_value *argument)
{
	struct symbol *symbol = arena_alloc(&s->c->arena, sizeof *symbol);

	symbol->name = param->name.text;
	symbol->unit = s->root;
	symbol->item = param->type->kind == AST_TYPE_PROCESS ? process_item(s, param, argument)
							     : value_item(s, unit, param, argument);
	symbol->next = bound->symbols;
	bound->symbols = symbol;
	bound->parameter_count++;
	return symbol->item != NULL;
}

struct unit *
template_bind(struct sema *s, const struct ast_apply *apply, const struct ast_template **out)
{
	struct symbol *symbol = scope_get(s, s->root, &apply->name, AST_ITEM_TEMPLATE, "R14");
	const struct ast_value *argument = apply->arguments;
	struct unit *bound;

	if (symbol == NULL) {
		return NULL;
	}
	symbol->is_applied = true;
	*out = symbol->item->template;
	bound = arena_alloc(&s->c->arena, sizeof *bound);
	*bound = *symbol->unit;
	for (const struct ast_param *param = (*out)->params; param != NULL; param = param->next) {
		if (argument == NULL) {
			struct diag *d = diag_error(s->c, apply->name.span, "R14",
				"an argument for `%s` is missing", param->name.text);

			diag_note(d, param->name.span, "it is declared here");
			diag_help(d, "add it: `%s(..., %s)`", apply->name.text, param->name.text);
			return NULL;
		}
		if (!param_bind(s, symbol->unit, bound, param, argument)) {
			return NULL;
		}
		argument = argument->next;
	}
	if (argument != NULL) {
		struct diag *d = diag_error(s->c, argument->span, "R14",
			"`%s` has no parameter for this", apply->name.text);

		diag_note(d, symbol->item->template->name.span, "it is declared here");
		diag_help(d, "leave it out");
		return NULL;
	}
	return bound;
}

void
templates_check(struct sema *s)
{
	for (const struct symbol *symbol = s->root->symbols; symbol != NULL;
		symbol = symbol->next) {
		struct diag *d;

		if (symbol->item->kind != AST_ITEM_TEMPLATE || symbol->is_applied ||
			s->system == NULL) {
			continue;
		}
		d = diag_error(s->c, symbol->item->template->name.span, "R14",
			"nothing applies template `%s`: its rules are not in force", symbol->name);
		diag_help(d, "write `apply %s(...)`", symbol->name);
	}
}
