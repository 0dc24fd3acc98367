/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* refuse.c: what the grammar has and this version does not lower, and levels. */
#include "refuse.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_process.h"
#include "ast_rule.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"

static void
item_refuse(struct sema *s, const struct ast_item *item)
{
	if (item->kind == AST_ITEM_CLAIM && item->claim->kind != AST_CLAIM_NEVER) {
		sema_refuse(s, item->word,
			item->claim->kind == AST_CLAIM_ENFORCE ? "`enforce`" : "`prove`");
	} else if (scope_is_refused(item->kind)) {
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

static void
level_words(struct sema *s, struct vector *words)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			const struct ast_chain *chain =
				item->kind == AST_ITEM_LEVEL ? item->level->chains : NULL;

			for (; chain != NULL; chain = chain->next) {
				for (const struct ast_ident *word = chain->words; word != NULL;
					word = word->next) {
					const char **slot =
						vector_push(words, &s->c->arena, sizeof *slot);

					*slot = word->text;
				}
			}
		}
	}
}

static void
levels_check(struct sema *s, const struct vector *words, const struct ast_qname *levels)
{
	const char **word = words->elements;

	for (const struct ast_qname *level = levels; level != NULL; level = level->next) {
		const char *name = level->parts[level->part_count - 1].text;
		bool is_known = false;

		for (uint32_t i = 0; i < words->count; i++) {
			is_known = is_known || sema_same(word[i], name);
		}
		if (!is_known) {
			struct diag *d = diag_error(
				s->c, level->span, "S30", "there is no level `%s`", level->text);

			diag_suggest(d, name, (const char *const *)word, words->count);
		} else if (!s->levels_warned) {
			diag_warning(s->c, level->span, "S30",
				"levels only matter for `enforce` and `prove`, which are not in "
				"this version");
			s->levels_warned = true;
		}
	}
}

void
refuse_levels(struct sema *s)
{
	struct vector words = {0};

	level_words(s, &words);
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_PROCESS) {
				levels_check(s, &words, item->process->levels);
			}
			if (item->kind != AST_ITEM_SYSTEM) {
				continue;
			}
			for (const struct ast_instance *i = item->system->instances; i != NULL;
				i = i->next) {
				levels_check(s, &words, i->levels);
			}
		}
	}
}
