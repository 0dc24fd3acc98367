/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* scope.c: which declaration a name stands for. */
#include "scope.h"

#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "sema.h"

static enum scope_sort
sort_of(enum ast_item_kind kind)
{
	switch (kind) {
	case AST_ITEM_INTERFACE:
		return SCOPE_INTERFACE;
	case AST_ITEM_PROCESS:
	case AST_ITEM_GROUP:
	case AST_ITEM_SYSTEM:
		return SCOPE_WHO;
	default:
		return SCOPE_OTHER;
	}
}

static struct symbol *
own_find(const struct unit *unit, const char *word, enum scope_sort sort)
{
	struct symbol *const *symbols = unit->indexed.elements;
	struct symbol *parameter = unit->symbols;
	struct symbol *other = NULL;

	for (uint32_t i = 0; i < unit->parameter_count; i++, parameter = parameter->next) {
		if (!sema_same(parameter->name, word)) {
			continue;
		}
		if (sort_of(parameter->item->kind) == sort) {
			return parameter;
		}
		other = parameter;
	}
	for (uint32_t i = index_first(&unit->index, index_hash(0, word, strlen(word)));
		i != INDEX_NONE; i = index_next(&unit->index, i)) {
		if (!sema_same(symbols[i]->name, word)) {
			continue;
		}
		if (sort_of(symbols[i]->item->kind) == sort) {
			return symbols[i];
		}
		other = other == NULL ? symbols[i] : other;
	}
	return other;
}

static struct symbol *
import_find(const struct unit *unit, const char *word, enum scope_sort sort)
{
	for (const struct import *import = unit->imports; import != NULL; import = import->next) {
		for (const struct ast_ident *name = import->use->imports; name != NULL;
			name = name->next) {
			if (sema_same(name->text, word)) {
				return own_find(import->unit, word, sort);
			}
		}
	}
	return NULL;
}

struct symbol *
scope_find_word(const struct unit *unit, const char *word, enum scope_sort sort)
{
	struct symbol *own = own_find(unit, word, sort);
	struct symbol *imported = import_find(unit, word, sort);

	if (own == NULL || (imported != NULL && sort_of(own->item->kind) != sort)) {
		return imported;
	}
	return own;
}

struct symbol *
scope_find(const struct unit *unit, const struct ast_qname *name, enum scope_sort sort)
{
	const char *last = name->parts[name->part_count - 1].text;
	size_t prefix;

	if (name->part_count == 1) {
		return scope_find_word(unit, last, sort);
	}
	prefix = strlen(name->text) - strlen(last) - 1;
	for (const struct import *import = unit->imports; import != NULL; import = import->next) {
		const char *used = import->unit->name;

		if (strlen(used) == prefix && strncmp(used, name->text, prefix) == 0) {
			return own_find(import->unit, last, sort);
		}
	}
	if (strlen(unit->name) == prefix && strncmp(unit->name, name->text, prefix) == 0) {
		return own_find(unit, last, sort);
	}
	return NULL;
}

static void
candidate_push(struct sema *s, struct vector *names, const char *name)
{
	const char **slot = vector_push(names, &s->c->arena, sizeof *slot);

	*slot = name;
}

void
scope_candidates(
	struct sema *s, const struct unit *unit, enum ast_item_kind kind, struct vector *names)
{
	for (const struct symbol *symbol = unit->symbols; symbol != NULL; symbol = symbol->next) {
		if (symbol->item->kind == kind) {
			candidate_push(s, names, symbol->name);
		}
	}
	for (const struct import *import = unit->imports; import != NULL; import = import->next) {
		for (const struct ast_ident *name = import->use->imports; name != NULL;
			name = name->next) {
			const struct symbol *symbol =
				own_find(import->unit, name->text, sort_of(kind));

			if (symbol != NULL && symbol->item->kind == kind) {
				candidate_push(s, names, symbol->name);
			}
		}
	}
}

/* Another unit that was read may declare it. */
static void
use_propose(const struct sema *s, struct diag *d, const char *name, enum ast_item_kind kind)
{
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		const struct symbol *symbol = own_find(unit, name, sort_of(kind));

		if (symbol != NULL && symbol->item->kind == kind && unit->name[0] != '\0') {
			diag_help(
				d, "write `use %s (%s)` at the top of the file", unit->name, name);
			return;
		}
	}
}

struct symbol *
scope_get(struct sema *s, const struct unit *unit, const struct ast_qname *name,
	enum ast_item_kind kind, const char *clause)
{
	struct symbol *symbol = scope_find(unit, name, sort_of(kind));
	struct vector names = {0};
	struct diag *d;

	if (symbol != NULL && symbol->item->kind == kind) {
		return symbol;
	}
	if (symbol != NULL) {
		d = diag_error(s->c, name->span, clause, "`%s` is declared with `%s`, not `%s`",
			name->text, ast_item_word(symbol->item->kind), ast_item_word(kind));
		diag_note(d, ast_item_name(symbol->item)->span, "it is declared here");
		diag_help(d, "here stands the name of `%s`", ast_item_word(kind));
		return NULL;
	}
	d = diag_error(
		s->c, name->span, clause, "there is no %s `%s`", ast_item_word(kind), name->text);
	scope_candidates(s, unit, kind, &names);
	if (!diag_suggest(d, name->parts[name->part_count - 1].text, names.elements, names.count)) {
		use_propose(s, d, name->text, kind);
	}
	return NULL;
}

static void
unit_declare(struct sema *s, struct unit *unit)
{
	struct symbol **end = &unit->symbols;

	for (const struct ast_item *item = unit->file->items; item != NULL; item = item->next) {
		const struct ast_ident *name = ast_item_name(item);
		struct symbol *symbol;

		if (name == NULL) {
			continue;
		}
		symbol = own_find(unit, name->text, sort_of(item->kind));
		if (symbol != NULL && sort_of(symbol->item->kind) == sort_of(item->kind)) {
			struct diag *d = diag_error(
				s->c, name->span, "N3", "`%s` is declared twice", name->text);

			diag_note(d, ast_item_name(symbol->item)->span, "first declared here");
			diag_help(d, "give one of them another name");
			continue;
		}
		symbol = arena_alloc(&s->c->arena, sizeof *symbol);
		symbol->name = name->text;
		symbol->unit = unit;
		symbol->item = item;
		*(struct symbol **)vector_push(&unit->indexed, &s->c->arena, sizeof symbol) =
			symbol;
		index_add(&unit->index, &s->c->arena,
			index_hash(0, symbol->name, strlen(symbol->name)));
		*end = symbol;
		end = &symbol->next;
	}
}

static bool
imported_before(const struct unit *unit, const struct ast_ident *stop)
{
	for (const struct import *import = unit->imports; import != NULL; import = import->next) {
		for (const struct ast_ident *name = import->use->imports; name != NULL;
			name = name->next) {
			if (name == stop) {
				return false;
			}
			if (sema_same(name->text, stop->text)) {
				return true;
			}
		}
	}
	return false;
}

/* Returns whether what the name brings in collides with a declaration of this file. */
static bool
import_collides(const struct unit *unit, const struct import *import, const char *name)
{
	for (const struct symbol *brought = import->unit->symbols; brought != NULL;
		brought = brought->next) {
		enum scope_sort sort = sort_of(brought->item->kind);
		const struct symbol *own = own_find(unit, name, sort);

		if (sema_same(brought->name, name) && own != NULL &&
			sort_of(own->item->kind) == sort) {
			return true;
		}
	}
	return false;
}

static void
name_import(struct sema *s, const struct unit *unit, const struct import *import,
	const struct ast_ident *name)
{
	struct vector names = {0};
	struct diag *d;

	if (own_find(import->unit, name->text, SCOPE_OTHER) == NULL) {
		d = diag_error(s->c, name->span, "N4", "unit `%s` declares no `%s`",
			import->unit->name, name->text);
		for (const struct symbol *symbol = import->unit->symbols; symbol != NULL;
			symbol = symbol->next) {
			candidate_push(s, &names, symbol->name);
		}
		diag_suggest(d, name->text, names.elements, names.count);
	} else if (import_collides(unit, import, name->text) || imported_before(unit, name)) {
		d = diag_error(s->c, name->span, "N3", "`%s` has a meaning in this file already",
			name->text);
		diag_help(d, "leave it out of the list and write `%s.%s`", import->unit->name,
			name->text);
	}
}

void
scope_declare(struct sema *s)
{
	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		unit_declare(s, unit);
	}
	for (const struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		for (const struct import *import = unit->imports; import != NULL;
			import = import->next) {
			for (const struct ast_ident *name = import->use->imports; name != NULL;
				name = name->next) {
				name_import(s, unit, import, name);
			}
		}
	}
}
