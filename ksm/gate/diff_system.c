/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* diff_system.c: instances, levels and claims of two policies side by side. */
#include "diff_system.h"

#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "ast_rule.h"
#include "compile.h"
#include "level.h"
#include "rule_text.h"
#include "sema.h"

static unsigned
instances_print(const struct sema *from, const struct sema *other, const char *word, FILE *out)
{
	unsigned count = 0;

	for (uint32_t i = 1; i < from->instances.count; i++) {
		const struct instance_info *instance = sema_instance(from, i);

		if (sema_instance_index(other, instance->name) == other->instances.count) {
			(void)fprintf(out, "  %s instance %s\n", word, instance->name);
			count++;
		}
	}
	return count;
}

/* Returns the word of the instance's level in the lattice of that name, or NULL. */
static const char *
level_word(const struct sema *s, const struct instance_info *instance, const char *lattice)
{
	for (uint32_t i = 0; i < s->levels.count; i++) {
		const struct level_info *level = level_at(s, i);

		if (strcmp(level->lattice->name.text, lattice) == 0 &&
			level_of(s, instance, level->lattice) == i) {
			return level->word->text;
		}
	}
	return NULL;
}

static unsigned
level_print(const struct sema *old, const struct sema *new, const struct instance_info *instance,
	const char *lattice, FILE *out)
{
	uint32_t before = sema_instance_index(old, instance->name);
	const char *word = level_word(new, instance, lattice);
	const char *was = before == old->instances.count
				  ? NULL
				  : level_word(old, sema_instance(old, before), lattice);

	if ((word == NULL && was == NULL) ||
		(word != NULL && was != NULL && strcmp(word, was) == 0)) {
		return 0;
	}
	(void)fprintf(out, "  level of %s in %s: %s; was %s\n", instance->name, lattice,
		word == NULL ? "none" : word, was == NULL ? "none" : was);
	return 1;
}

static unsigned
levels_print(const struct sema *old, const struct sema *new, FILE *out)
{
	const char *told = NULL;
	unsigned count = 0;

	for (uint32_t i = 0; i < new->levels.count; i++) {
		const char *lattice = level_at(new, i)->lattice->name.text;

		if (told != NULL && strcmp(told, lattice) == 0) {
			continue;
		}
		told = lattice;
		for (uint32_t n = 1; n < new->instances.count; n++) {
			count += level_print(old, new, sema_instance(new, n), lattice, out);
		}
	}
	return count;
}

static bool
has_claim(struct sema *s, const char *text)
{
	for (const struct ast_item *item = s->root->file->items; item != NULL; item = item->next) {
		if (item->kind == AST_ITEM_CLAIM &&
			strcmp(source_line(s->c, item->claim->span), text) == 0) {
			return true;
		}
	}
	return false;
}

static unsigned
claims_print(struct sema *from, struct sema *other, const char *word, FILE *out)
{
	unsigned count = 0;

	for (const struct ast_item *item = from->root->file->items; item != NULL;
		item = item->next) {
		const char *text;

		if (item->kind != AST_ITEM_CLAIM) {
			continue;
		}
		text = source_line(from->c, item->claim->span);
		if (!has_claim(other, text)) {
			(void)fprintf(out, "  %s claim: %s\n", word, text);
			count++;
		}
	}
	return count;
}

/* Who is told the time and was not, or the reverse. */
static unsigned
clocks_print(const struct sema *old, const struct sema *new, FILE *out)
{
	unsigned count = 0;

	for (uint32_t i = 1; i < new->instances.count; i++) {
		const struct instance_info *is = sema_instance(new, i);
		uint32_t before = sema_instance_index(old, is->name);
		const struct instance_info *was =
			before == old->instances.count ? NULL : sema_instance(old, before);
		bool is_timeless = new->l1->classes[is->class->index].is_timeless;

		if (was == NULL || old->l1->classes[was->class->index].is_timeless == is_timeless) {
			continue;
		}
		(void)fprintf(out, "  %s is %s the time\n", is->name,
			is_timeless ? "no longer told" : "now told");
		count++;
	}
	return count;
}

unsigned
diff_system_print(struct sema *old, struct sema *new, FILE *out)
{
	unsigned count = instances_print(new, old, "new", out);

	count += instances_print(old, new, "gone", out);
	count += levels_print(old, new, out);
	count += clocks_print(old, new, out);
	count += claims_print(new, old, "new", out);
	return count + claims_print(old, new, "gone", out);
}
