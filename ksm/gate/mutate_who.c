/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mutate_who.c: whom somebody could name by mistake. */
#include "mutate_who.h"

#include <stddef.h>

#include "ast.h"
#include "ast_process.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"

static const struct ast_instance *
instances_of(const struct sema *s)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_SYSTEM) {
			return item->system->instances;
		}
	}
	return NULL;
}

/* Returns the process that the name means in the product, found without any stage of sema. */
static const struct ast_process *
process_of(const struct sema *s, const struct ast_qname *name)
{
	const char *word = name->parts[name->part_count - 1].text;

	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_PROCESS &&
				sema_same(item->process->name.text, word)) {
				return item->process;
			}
		}
	}
	return NULL;
}

static bool
gives(const struct sema *s, const struct ast_qname *process, const char *endpoint)
{
	const struct ast_process *p = process_of(s, process);

	for (const struct ast_pitem *i = p == NULL ? NULL : p->pitems; i != NULL; i = i->next) {
		if (i->kind == AST_PITEM_GIVES &&
			(endpoint == NULL || sema_same(i->name.text, endpoint))) {
			return true;
		}
	}
	return false;
}

/* Behind the one that is named, else from the first on. */
static const char *
next_of(const struct sema *s, const struct ast_qname *name, const char *endpoint, bool must_give)
{
	const char *word = name->text;
	const char *first = NULL;
	bool is_process = false;
	bool is_behind = false;
	bool is_instance = false;

	for (const struct ast_instance *i = instances_of(s); i != NULL; i = i->next) {
		is_process = is_process || sema_same(i->process.text, word);
		is_instance = is_instance || sema_same(i->names->text, word);
	}
	for (const struct ast_instance *i = instances_of(s); i != NULL; i = i->next) {
		const char *other = is_process ? i->process.text : i->names->text;

		if (sema_same(other, word)) {
			is_behind = true;
			continue;
		}
		if (must_give && !gives(s, &i->process, endpoint)) {
			continue;
		}
		if (is_behind) {
			return is_process || is_instance ? other : NULL;
		}
		first = first == NULL ? other : first;
	}
	return is_process || is_instance ? first : NULL;
}

const char *
mutate_sender(const struct sema *s, const struct ast_qname *name)
{
	return next_of(s, name, NULL, false);
}

const char *
mutate_receiver(const struct sema *s, const struct ast_qname *name, const char *endpoint)
{
	return next_of(s, name, endpoint, true);
}

void
mutate_rename(struct sema *s, struct ast_qname **name, const char *word)
{
	struct ast_qname *other = arena_alloc(&s->c->arena, sizeof *other);

	*other = **name;
	other->text = word;
	other->parts = arena_alloc(&s->c->arena, sizeof *other->parts);
	other->parts[0] = (struct ast_ident){.text = word, .span = (*name)->span};
	other->part_count = 1;
	*name = other;
}
