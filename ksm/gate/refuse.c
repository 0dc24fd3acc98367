/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refuse.c: what the grammar has and this version does not lower. */
#include "refuse.h"

#include "ast.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"

static void
item_refuse(struct sema *s, const struct ast_item *item)
{
	if (scope_is_refused(item->kind)) {
		sema_refuse(s, item->word,
			arena_format(&s->c->arena, "`%s`", ast_item_word(item->kind)));
	}
}

void
refuse_items(struct sema *s)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			item_refuse(s, item);
		}
	}
}
