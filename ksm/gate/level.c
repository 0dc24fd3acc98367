/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* level.c: lattices of levels, and at which level an instance stands. */
#include "level.h"

#include "ast.h"
#include "ast_decl.h"
#include "ast_process.h"
#include "compile.h"
#include "sema.h"

const struct level_info *
level_at(const struct sema *s, uint32_t index)
{
	return &((const struct level_info *)s->levels.elements)[index];
}

static uint32_t
level_index(const struct sema *s, const struct ast_level *lattice, const char *word)
{
	uint32_t i = 0;

	while (i < s->levels.count && (level_at(s, i)->lattice != lattice ||
					      !sema_same(level_at(s, i)->word->text, word))) {
		i++;
	}
	return i;
}

/* Returns the index of the level, a new one if it is new, or LEVELS_MAX after an error. */
static uint32_t
level_add(struct sema *s, const struct ast_level *lattice, const struct ast_ident *word)
{
	uint32_t index = level_index(s, lattice, word->text);
	struct level_info *level;

	if (index == s->levels.count && index == LEVELS_MAX) {
		struct diag *d =
			diag_error(s->c, word->span, "F1", "more than %u levels", LEVELS_MAX);

		diag_help(d, "leave out levels at which nobody stands");
		return LEVELS_MAX;
	}
	if (index == s->levels.count) {
		level = vector_push(&s->levels, &s->c->arena, sizeof *level);
		level->lattice = lattice;
		level->word = word;
		level->lower = UINT64_C(1) << index;
	}
	return index;
}

/* What is below a level is below all that are above it. */
static void
below_add(struct sema *s, uint32_t high, uint32_t low)
{
	struct level_info *levels = s->levels.elements;
	uint64_t lower = levels[low].lower;

	for (uint32_t i = 0; i < s->levels.count; i++) {
		if ((levels[i].lower >> high & 1) != 0) {
			levels[i].lower |= lower;
		}
	}
}

static void
lattice_declare(struct sema *s, const struct ast_level *lattice)
{
	for (const struct ast_chain *chain = lattice->chains; chain != NULL; chain = chain->next) {
		uint32_t low = LEVELS_MAX;
		struct diag *d;

		for (const struct ast_ident *word = chain->words; word != NULL; word = word->next) {
			uint32_t high = level_add(s, lattice, word);

			if (high == LEVELS_MAX) {
				return;
			}
			if (low != LEVELS_MAX && (level_at(s, low)->lower >> high & 1) != 0) {
				d = diag_error(s->c, word->span, "F1",
					"`%s` is not below `%s`: the other way is said before",
					level_at(s, low)->word->text, word->text);
				diag_help(d, "take this chain away, or rename one of them");
				return;
			}
			if (low != LEVELS_MAX) {
				below_add(s, high, low);
			}
			low = high;
		}
	}
}

uint32_t
level_find(const struct sema *s, const struct ast_qname *name)
{
	const char *word = name->parts[name->part_count - 1].text;
	uint32_t found = LEVELS_MAX;

	for (uint32_t i = 0; name->part_count <= 2 && i < s->levels.count; i++) {
		const struct level_info *level = level_at(s, i);

		if (!sema_same(level->word->text, word) ||
			(name->part_count == 2 &&
				!sema_same(level->lattice->name.text, name->parts[0].text))) {
			continue;
		}
		found = found == LEVELS_MAX ? i : LEVELS_MAX + 1;
	}
	return found;
}

/* Requires: there is one. */
static uint32_t
level_first(const struct sema *s, const struct ast_qname *name)
{
	uint32_t i = 0;

	while (!sema_same(level_at(s, i)->word->text, name->parts[name->part_count - 1].text)) {
		i++;
	}
	return i;
}

static void
levels_check(struct sema *s, const struct ast_qname *levels)
{
	for (const struct ast_qname *name = levels; name != NULL; name = name->next) {
		uint32_t index = level_find(s, name);
		struct vector words = {0};
		struct diag *d;

		if (index > LEVELS_MAX) {
			d = diag_error(s->c, name->span, "F1",
				"`%s` is a level of more than one lattice", name->text);
			diag_help(d, "write which is meant: `%s.%s`",
				level_at(s, level_first(s, name))->lattice->name.text, name->text);
		}
		for (uint32_t i = 0; index == LEVELS_MAX && i < s->levels.count; i++) {
			*(const char **)vector_push(&words, &s->c->arena, sizeof(char *)) =
				level_at(s, i)->word->text;
		}
		if (index == LEVELS_MAX) {
			d = diag_error(
				s->c, name->span, "S30", "there is no level `%s`", name->text);
			diag_suggest(d, name->parts[name->part_count - 1].text, words.elements,
				words.count);
		}
		for (const struct ast_qname *other = levels; index < LEVELS_MAX && other != name;
			other = other->next) {
			if (level_at(s, level_find(s, other))->lattice ==
				level_at(s, index)->lattice) {
				d = diag_error(s->c, name->span, "F1",
					"`%s` and `%s` are levels of one lattice", other->text,
					name->text);
				diag_help(d, "an instance has one level of each: leave one out");
				return;
			}
		}
		if (index >= LEVELS_MAX) {
			return;
		}
	}
}

static void
item_check(struct sema *s, const struct ast_item *item)
{
	if (item->kind == AST_ITEM_PROCESS) {
		levels_check(s, item->process->levels);
	}
	if (item->kind == AST_ITEM_SYSTEM) {
		for (const struct ast_instance *i = item->system->instances; i != NULL;
			i = i->next) {
			levels_check(s, i->levels);
		}
	}
}

void
levels_declare(struct sema *s)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			if (item->kind == AST_ITEM_LEVEL) {
				lattice_declare(s, item->level);
			}
		}
	}
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct ast_item *item = unit->file->items; item != NULL;
			item = item->next) {
			item_check(s, item);
		}
	}
}

static uint32_t
level_among(const struct sema *s, const struct ast_qname *names, const struct ast_level *lattice)
{
	for (; names != NULL; names = names->next) {
		uint32_t index = level_find(s, names);

		if (index < LEVELS_MAX && level_at(s, index)->lattice == lattice) {
			return index;
		}
	}
	return LEVELS_MAX;
}

uint32_t
level_of(
	const struct sema *s, const struct instance_info *instance, const struct ast_level *lattice)
{
	uint32_t own =
		instance->ast == NULL ? LEVELS_MAX : level_among(s, instance->ast->levels, lattice);

	return own != LEVELS_MAX || instance->class == NULL
		       ? own
		       : level_among(s, instance->class->ast->levels, lattice);
}
