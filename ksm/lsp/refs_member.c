/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refs_member.c: what stands behind the dot of a field, and behind `has`. */
#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/scope.h"
#include "ksm/gate/sema.h"
#include "refs_walk.h"

static const struct walk_type untyped;

static const struct ast_param *
param_find(const struct ast_param *param, const char *name)
{
	while (param != NULL && !sema_same(param->name.text, name)) {
		param = param->next;
	}
	return param;
}

struct symbol *
walk_type_symbol(struct walk_type type)
{
	while (type.type != NULL && type.type->kind == AST_TYPE_OPTIONAL) {
		type.type = type.type->element;
	}
	return type.type == NULL || type.type->kind != AST_TYPE_NAMED
		       ? NULL
		       : scope_find(type.unit, &type.type->name, SCOPE_OTHER);
}

const struct ast_param *
walk_type_fields(const struct symbol *symbol)
{
	return symbol != NULL && (symbol->item->kind == AST_ITEM_STRUCT ||
					 symbol->item->kind == AST_ITEM_UNION)
		       ? symbol->item->record->fields
		       : NULL;
}

struct walk_type
walk_members(
	const struct walk *w, const struct ast_ident *words, uint32_t count, struct walk_type type)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct symbol *symbol = walk_type_symbol(type);
		const struct ast_param *fields = walk_type_fields(symbol);
		const struct ast_param *field = param_find(fields, words[i].text);

		if (fields != NULL && probe_meets(w, &words[i], PROBE_MEMBER)) {
			w->probe->like = type;
		}
		if (field == NULL) {
			return untyped;
		}
		walk_add(w, words[i].span, walk_field_target(w, field));
		type = (struct walk_type){field->type, symbol->unit};
	}
	return type;
}

/* `arg has speed`: a parameter that may be left out. */
static void
arg_walk(const struct walk *w, const struct walk_message *m, const struct ast_ident *word)
{
	const struct ast_param *field = walk_field(m, word->text);

	if (probe_meets(w, word, PROBE_FIELD)) {
		w->probe->message = *m;
	}
	if (field != NULL) {
		walk_add(w, word->span, walk_field_target(w, field));
	}
}

void
walk_has(const struct walk *w, const struct walk_message *m, const struct ast_expr *expr)
{
	const struct ast_expr *left = expr->has.left;
	const struct ast_ident *word = &expr->has.name;
	struct walk_type type;

	if (left->kind == AST_EXPR_REF && sema_same(left->ref.name.text, "arg")) {
		arg_walk(w, m, word);
		return;
	}
	if (left->kind == AST_EXPR_REF && left->ref.name.part_count == 1 &&
		walk_field(m, left->ref.name.text) == NULL) {
		if (w->probe != NULL && sema_same(word->text, PROBE_WORD)) {
			w->probe->is_has = true;
		}
		if (walk_owner(w, m, &left->ref.name.parts[0], word)) {
			return;
		}
	}
	walk_expr(w, m, left, untyped);
	type = walk_type_of(w, m, left);
	if (type.type != NULL && probe_meets(w, word, PROBE_HAS)) {
		w->probe->like = type;
	}
	if (!walk_case(w, word, type)) {
		(void)walk_members(w, word, 1, type);
	}
}
