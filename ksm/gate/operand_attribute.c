/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* operand_attribute.c: attributes in rules: `client.x`, `server.x`, `who.x`, `client has x`. */
#include "ast.h"
#include "ast_rule.h"
#include "attribute.h"
#include "compile.h"
#include "condition.h"
#include "expr.h"
#include "scope.h"
#include "sema.h"
#include "types.h"
#include "who.h"

/* Whose attributes `client.x`, `server.x` are, and `who.x` of a process that stands on that side.
 */
static const struct instance_info *
owner_find(const struct expr_context *x, const struct ast_ident *word)
{
	struct ast_ident part = *word;
	struct ast_qname alone = {
		.text = word->text, .parts = &part, .part_count = 1, .span = word->span};
	struct ast_who who = {.base = {.kind = AST_SET_NAMES, .names = &alone, .span = alone.span}};
	struct vector parties = {0};
	const struct party *party;

	if (sema_same(alone.text, "client") || sema_same(alone.text, "server")) {
		return sema_same(alone.text, "client") ? x->client : x->server;
	}
	if (!who_resolve(x->s, x->unit, NULL, &who, WHO_SENDER, &parties)) {
		return NULL;
	}
	party = parties.elements;
	for (uint32_t i = 0; i < parties.count; i++) {
		if (party[i].kind == PARTY_INSTANCE &&
			(party[i].instance == x->client || party[i].instance == x->server)) {
			return party[i].instance;
		}
	}
	return NULL;
}

bool
operand_is_somebody(const struct expr_context *x, const char *word)
{
	const struct symbol *symbol = scope_find_word(x->unit, word, SCOPE_WHO);

	return sema_same(word, "client") || sema_same(word, "server") ||
	       (symbol != NULL && (symbol->item->kind == AST_ITEM_GROUP ||
					  symbol->item->kind == AST_ITEM_PROCESS));
}

/* Returns what the instance says of it, or NULL after an error. */
static const struct attribute_value *
value_get(const struct expr_context *x, const struct ast_ident *owner, const struct ast_ident *name,
	struct span at)
{
	const struct instance_info *instance = owner_find(x, owner);
	const struct attribute_value *value;
	const struct attribute_info *infos;
	struct vector names = {0};
	struct diag *d;

	if (instance == NULL) {
		diag_help(diag_error(x->s->c, at, "R7", "this %s has no attributes", owner->text),
			"write a value; only instances of the system have attributes");
		return NULL;
	}
	value = attribute_find(instance, name->text);
	if (value != NULL) {
		return value;
	}
	infos = instance->class->attributes.elements;
	for (uint32_t i = 0; i < instance->class->attributes.count; i++) {
		*(const char **)vector_push(&names, &x->s->c->arena, sizeof(char *)) =
			infos[i].name;
	}
	d = diag_error(x->s->c, name->span, "R7", "`%s` has no attribute `%s`", instance->name,
		name->text);
	if (!diag_suggest(d, name->text, names.elements, names.count)) {
		diag_help(d, "declare it in its process: `attr %s: u32`", name->text);
	}
	return NULL;
}

static bool
is_has(const struct ast_expr *expr, const char *owner, const char *name)
{
	return expr->kind == AST_EXPR_HAS && expr->has.left->kind == AST_EXPR_REF &&
	       sema_same(expr->has.left->ref.name.text, owner) &&
	       sema_same(expr->has.name.text, name);
}

/* S9: whether a conjunction around it says that the instance has it. */
static bool
is_said(const struct expr_context *x, const char *owner, const char *name)
{
	for (const struct expr_known *known = x->known; known != NULL; known = known->outer) {
		for (const struct ast_expr *m = known->members; m != NULL;
			m = known->is_list ? m->next : NULL) {
			if (is_has(m, owner, name)) {
				return true;
			}
		}
	}
	return false;
}

bool
operand_attribute(const struct expr_context *x, const struct ast_qname *name, struct operand *out)
{
	const struct ast_ident *owner = &name->parts[0];
	const struct ast_ident *word = &name->parts[1];
	const struct attribute_value *value = value_get(x, owner, word, name->span);

	if (value == NULL) {
		return false;
	}
	if (attribute_is_optional(value->info) && !is_said(x, owner->text, word->text)) {
		diag_help(
			diag_error(x->s->c, name->span, "S9", "`%s` may not be there", name->text),
			"say in the same conjunction that it is: `%s has %s and ...`", owner->text,
			word->text);
		return false;
	}
	out->kind = value->info->field.kind == L1_TAIL ? OPERAND_TEXT : OPERAND_NUMBER;
	out->field = &value->info->field;
	out->is_attribute = true;
	out->is_bool = value->info->field.kind == L1_BOOL;
	out->is_known = value->is_known;
	out->number = value->number;
	out->is_big = types_is_u64(out->field) && value->number < 0;
	out->text = value->text == NULL ? "" : value->text;
	return true;
}

struct l1_condition *
operand_has_attribute(const struct expr_context *x, const struct ast_expr *expr)
{
	const struct ast_ident *owner = &expr->has.left->ref.name.parts[0];
	const struct attribute_value *value = value_get(x, owner, &expr->has.name, expr->span);

	if (value == NULL) {
		return NULL;
	}
	if (!attribute_is_optional(value->info)) {
		diag_help(diag_error(x->s->c, expr->span, "R7", "every `%s` has `%s`", owner->text,
				  expr->has.name.text),
			"leave the test out, or declare the attribute `optional`");
		return NULL;
	}
	return value->is_known || x->s->system == NULL ? condition_always(x->arena)
						       : condition_never(x->arena);
}
