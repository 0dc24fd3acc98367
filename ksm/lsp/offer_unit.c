/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* offer_unit.c: units that there are in the folders where gate looks; devices of the board. */
#include <string.h>

#include "ksm/gate/ast.h"
#include "ksm/gate/ast_decl.h"
#include "ksm/gate/ast_process.h"
#include "ksm/gate/boards.h"
#include "ksm/gate/compile.h"
#include "ksm/gate/device.h"
#include "ksm/gate/lex.h"
#include "ksm/gate/parse.h"
#include "ksm/gate/sema.h"
#include "ksm/gate/sema_options.h"
#include "folder.h"
#include "offer.h"
#include "offering.h"
#include "refs_walk.h"

static const char ending[] = ".gate";

/*
 * What has to stand at the probe for its name to become this one: of `servers.audit` behind
 * `servers.` it is `audit`. NULL if no word makes it that.
 */
static const char *
part_missing(const struct offering *o, const char *whole)
{
	const struct ast_qname *name = o->probe->name;
	const char *from = whole;
	size_t left = strlen(whole);
	uint32_t i = 0;

	for (; !sema_same(name->parts[i].text, PROBE_WORD); i++) {
		size_t length = strlen(name->parts[i].text);

		if (left <= length + 1 || strncmp(from, name->parts[i].text, length) != 0 ||
			from[length] != '.') {
			return NULL;
		}
		from += length + 1;
		left -= length + 1;
	}
	for (uint32_t last = name->part_count - 1; last > i; last--) {
		size_t length = strlen(name->parts[last].text);

		if (left <= length + 1 || from[left - length - 1] != '.' ||
			strncmp(from + left - length, name->parts[last].text, length) != 0) {
			return NULL;
		}
		left -= length + 1;
	}
	return arena_copy(&o->s->c->arena, from, left);
}

/* The unit that a file below a root must be: a/b.gate and a/b/b.gate are a.b. NULL: of none. */
static const char *
unit_of_path(struct arena *a, const char *root, const char *path)
{
	char *name = arena_copy(
		a, path + strlen(root) + 1, strlen(path) - strlen(root) - 1 - (sizeof ending - 1));
	char *slash = strrchr(name, '/');

	if (slash != NULL) {
		size_t length = strlen(slash);
		size_t folder = (size_t)(slash - name);

		if (folder >= length - 1 &&
			strncmp(slash - (length - 1), slash + 1, length - 1) == 0 &&
			(folder == length - 1 || slash[-(long)length] == '/')) {
			*slash = '\0';
		}
	}
	for (char *p = name; *p != '\0'; p++) {
		if (*p == '.' || *p == '-') {
			return NULL;
		}
		*p = *p == '/' ? '.' : *p;
	}
	return name;
}

static bool
declares(const struct ast_file *file, const char *name)
{
	const struct ast_item *item = file->items;

	while (item != NULL &&
		(ast_item_name(item) == NULL || strcmp(ast_item_name(item)->text, name) != 0)) {
		item = item->next;
	}
	return item != NULL;
}

/* Whether the file is the unit, and declares what is imported. */
static bool
is_unit(const struct offering *o, const char *path, const char *name)
{
	const struct ast_ident *import =
		o->item->kind == AST_ITEM_USE ? o->item->use->imports : NULL;
	struct compile c;
	const struct source *source;
	const struct ast_file *file;
	bool is_it = false;

	compile_init(&c);
	c.overlay = o->s->c->overlay;
	source = source_read(&c, path);
	if (source != NULL && strstr(source->text, name) != NULL) {
		file = parse_source(&c, source);
		is_it = file->unit != NULL && strcmp(file->unit->text, name) == 0;
		while (is_it && import != NULL && declares(file, import->text)) {
			import = import->next;
		}
		is_it = is_it && import == NULL;
	}
	compile_release(&c);
	return is_it;
}

static void
unit_add(const struct offering *o, const char *path, const char *name)
{
	const char *missing = part_missing(o, name);

	if (missing != NULL && strcmp(name, o->s->root->name) != 0 && is_unit(o, path, name)) {
		offering_add(o, missing, "unit");
	}
}

/* What the unit of the `use` declares: as long as that is not whole, nobody has read it. */
static void
imports_add(const struct offering *o, const char *path, const char *name)
{
	struct compile c;
	const struct source *source;
	const struct ast_file *file;

	if (strcmp(name, o->item->use->name.text) != 0) {
		return;
	}
	compile_init(&c);
	c.overlay = o->s->c->overlay;
	source = source_read(&c, path);
	file = source == NULL ? NULL : parse_source(&c, source);
	for (const struct ast_item *i = file == NULL ? NULL : file->items; i != NULL; i = i->next) {
		const struct ast_ident *declared = ast_item_name(i);

		if (declared != NULL) {
			offering_add(o,
				arena_copy(&o->s->c->arena, declared->text, strlen(declared->text)),
				ast_item_word(i->kind));
		}
	}
	compile_release(&c);
}

static void
root_walk(const struct offering *o, const char *root,
	void (*take)(const struct offering *o, const char *path, const char *name))
{
	struct arena *a = &o->s->c->arena;
	struct vector paths = {0};
	const char **path;

	folder_list(a, root, &paths);
	path = paths.elements;
	for (uint32_t i = 0; i < paths.count; i++) {
		const char *name = unit_of_path(a, root, path[i]);

		if (name != NULL) {
			take(o, path[i], name);
		}
	}
}

static void
roots_walk(const struct offering *o,
	void (*take)(const struct offering *o, const char *path, const char *name))
{
	const char *own = o->s->root->source->path;
	const char *slash = strrchr(own, '/');

	for (uint32_t i = 0; i < o->s->options->root_count; i++) {
		root_walk(o, o->s->options->roots[i], take);
	}
	root_walk(o, slash == NULL ? "." : arena_copy(&o->s->c->arena, own, (size_t)(slash - own)),
		take);
}

void
offering_units(const struct offering *o)
{
	roots_walk(o, unit_add);
}

void
offering_imports(const struct offering *o)
{
	roots_walk(o, imports_add);
}

static bool
has_needs(const struct unit *unit)
{
	for (const struct symbol *s = unit->symbols; s != NULL; s = s->next) {
		const struct ast_pitem *p =
			s->item->kind == AST_ITEM_PROCESS ? s->item->process->pitems : NULL;

		while (p != NULL && p->kind != AST_PITEM_NEEDS) {
			p = p->next;
		}
		if (p != NULL) {
			return true;
		}
	}
	return false;
}

void
offering_accepts(const struct offering *o)
{
	for (const struct import *i = o->s->root->imports; i != NULL; i = i->next) {
		const char *missing = has_needs(i->unit) ? part_missing(o, i->unit->name) : NULL;

		if (missing != NULL) {
			offering_add(o,
				o->is_whole ? missing
					    : arena_format(&o->s->c->arena, "%s.needs", missing),
				"unit");
		}
	}
}

/* The board that the system names, or that of the command line, or the first one. */
static const struct board *
board_of(const struct offering *o)
{
	const struct board *machine = NULL;

	for (const struct ast_item *i = o->s->root->file->items; i != NULL && machine == NULL;
		i = i->next) {
		if (i->kind == AST_ITEM_SYSTEM && i->system->board.text != NULL) {
			machine = boards_find(i->system->board.text);
		}
	}
	if (machine == NULL && o->s->options->board_name != NULL) {
		machine = boards_find(o->s->options->board_name);
	}
	return machine == NULL ? gate_boards[0] : machine;
}

void
offering_devices(const struct offering *o)
{
	struct vector names = {0};
	const char **name;

	device_names(&o->s->c->arena, board_of(o), &names);
	name = names.elements;
	for (uint32_t i = 0; i < names.count; i++) {
		offering_add(o, name[i], "device");
	}
}
