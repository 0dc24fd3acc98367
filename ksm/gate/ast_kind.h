/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_kind.h: what an item of a file can be. */
#ifndef GATE_AST_KIND_H
#define GATE_AST_KIND_H

enum ast_item_kind {
#define AST_ITEM(kind, word, member) AST_ITEM_##kind,
#include "ast.def"
};

#endif
