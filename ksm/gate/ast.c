/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast.c: what nodes are called. */
#include "ast.h"

#include <assert.h>

#include "ast_decl.h"
#include "ast_process.h"

static const char *const item_words[] = {
#define AST_ITEM(kind, word, member) word,
#include "ast.def"
};

static const char *const expr_words[] = {
#define AST_EXPR(name, text) text,
#include "ast.def"
};

const char *
ast_item_word(enum ast_item_kind kind)
{
	assert((size_t)kind < sizeof(item_words) / sizeof(item_words[0]));
	return item_words[kind];
}

const char *
ast_expr_word(enum ast_expr_kind kind)
{
	assert((size_t)kind < sizeof(expr_words) / sizeof(expr_words[0]));
	return expr_words[kind];
}

const struct ast_ident *
ast_item_name(const struct ast_item *item)
{
	switch (item->kind) {
	case AST_ITEM_CONST:
		return &item->constant->name;
	case AST_ITEM_ENUM:
	case AST_ITEM_FLAGS:
		return &item->enumeration->name;
	case AST_ITEM_STRUCT:
	case AST_ITEM_UNION:
		return &item->record->name;
	case AST_ITEM_INTERFACE:
		return &item->interface->name;
	case AST_ITEM_PROCESS:
		return &item->process->name;
	case AST_ITEM_SYSTEM:
		return &item->system->name;
	case AST_ITEM_GROUP:
		return &item->group->name;
	case AST_ITEM_LEVEL:
		return &item->level->name;
	case AST_ITEM_MACHINE:
	case AST_ITEM_BUCKET:
	case AST_ITEM_WINDOW:
	case AST_ITEM_LATCH:
	case AST_ITEM_COUNTER:
	case AST_ITEM_SET:
		return &item->object->name.parts[0];
	case AST_ITEM_TEMPLATE:
		return &item->template->name;
	case AST_ITEM_USE:
	case AST_ITEM_LABELS:
	case AST_ITEM_LIMIT:
	case AST_ITEM_APPLY:
	case AST_ITEM_ACCEPT:
	case AST_ITEM_RULE:
	case AST_ITEM_CLAIM:
	case AST_ITEM_TEST:
		break;
	}
	return NULL;
}
