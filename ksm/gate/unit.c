/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* unit.c: the files of a compilation as units, found through `use` and -I. */
#include "unit.h"

#include <assert.h>
#include <string.h>

#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "parse.h"
#include "sema.h"
#include "sema_options.h"

static const char core_name[] = "kernel.core";

struct unit *
unit_find(const struct sema *s, const char *name)
{
	for (struct unit *unit = s->units; unit != NULL; unit = unit->next) {
		if (name[0] != '\0' && sema_same(unit->name, name)) {
			return unit;
		}
	}
	return NULL;
}

static struct unit *
unit_add(struct sema *s, const struct source *source)
{
	struct unit *unit = arena_alloc(&s->c->arena, sizeof *unit);
	struct unit **end = &s->units;

	unit->source = source;
	unit->file = s->options->forgets_rules ? parse_source_briefly(s->c, source)
					       : parse_source(s->c, source);
	unit->name = unit->file->unit == NULL ? "" : unit->file->unit->text;
	unit->is_loading = true;
	while (*end != NULL) {
		end = &(*end)->next;
	}
	*end = unit;
	s->unit_count++;
	return unit;
}

/* Returns root/a/b.gate or root/a/b/b.gate for a.b, whichever exists, or NULL. */
static const char *
path_under(struct sema *s, const char *root, const char *name)
{
	char *path = arena_copy(&s->c->arena, name, strlen(name));
	const char *prefix = sema_same(root, ".") ? "" : root;
	const char *slash = prefix[0] == '\0' || prefix[strlen(prefix) - 1] == '/' ? "" : "/";
	const char *last = path;
	const char *found;

	for (char *p = path; *p != '\0'; p++) {
		if (*p == '.') {
			*p = '/';
			last = p + 1;
		}
	}
	found = arena_format(&s->c->arena, "%s%s%s.gate", prefix, slash, path);
	if (source_exists(s->c, found)) {
		return found;
	}
	found = arena_format(&s->c->arena, "%s%s%s/%s.gate", prefix, slash, path, last);
	return source_exists(s->c, found) ? found : NULL;
}

/* The folder of the product itself, `.` if its path names none. */
static const char *
own_folder(struct sema *s)
{
	const char *path = s->root->source->path;
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "." : arena_copy(&s->c->arena, path, (size_t)(slash - path) + 1);
}

static const char *
path_find(struct sema *s, const char *name)
{
	for (uint32_t i = 0; i < s->options->root_count; i++) {
		const char *path = path_under(s, s->options->roots[i], name);

		if (path != NULL) {
			return path;
		}
	}
	return path_under(s, own_folder(s), name);
}

static struct span
unit_place(const struct unit *unit)
{
	return unit->file->unit == NULL ? span_of_file(unit->source) : unit->file->unit->span;
}

static void
name_check(struct sema *s, const struct unit *unit, const char *wanted)
{
	struct diag *d;

	if (unit->file->is_foreign || sema_same(unit->name, wanted)) {
		return;
	}
	d = diag_error(s->c, unit_place(unit), "N1",
		"this file is found as unit `%s` but says `%s`", wanted,
		unit->name[0] == '\0' ? "no unit" : unit->name);
	diag_help(d, "write `unit %s` behind the edition, or use it from another -I root", wanted);
}

static void imports_load(struct sema *s, struct unit *unit, uint32_t depth);

/* Returns the unit, loaded if need be, or NULL after an error. */
static struct unit *
unit_get(struct sema *s, const char *name, struct span at, uint32_t depth)
{
	struct unit *unit = unit_find(s, name);
	const struct source *source;
	const char *path;

	if (unit != NULL) {
		if (unit->is_loading) {
			diag_help(diag_error(s->c, at, "N2",
					  "unit `%s` uses itself through this line", name),
				"put what both need into a third unit");
			return NULL;
		}
		return unit;
	}
	path = path_find(s, name);
	if (path == NULL) {
		struct diag *d = diag_error(s->c, at, "N1", "there is no unit `%s`", name);

		diag_help(d, "a unit is a file under a root: say -I ROOT with the folder in which "
			     "its path begins");
		return NULL;
	}
	if (s->unit_count >= SEMA_UNITS_MAX || depth >= SEMA_IMPORT_DEPTH_MAX) {
		diag_help(diag_error(s->c, at, "N1",
				  "more than %u units, or uses nested deeper than %u",
				  SEMA_UNITS_MAX, SEMA_IMPORT_DEPTH_MAX),
			"put what belongs together into one unit");
		return NULL;
	}
	source = source_read(s->c, path);
	if (source == NULL) {
		return NULL;
	}
	unit = unit_add(s, source);
	name_check(s, unit, name);
	imports_load(s, unit, depth + 1);
	return unit;
}

/* Recursion is bounded by SEMA_IMPORT_DEPTH_MAX. */
static void
imports_load(struct sema *s, struct unit *unit, uint32_t depth)
{
	struct import **end = &unit->imports;

	assert(depth <= SEMA_IMPORT_DEPTH_MAX);
	for (struct ast_item *item = unit->file->items; item != NULL; item = item->next) {
		struct unit *used;

		if (item->kind != AST_ITEM_USE) {
			continue;
		}
		used = unit_get(s, item->use->name.text, item->use->name.span, depth);
		if (used != NULL) {
			struct import *import = arena_alloc(&s->c->arena, sizeof *import);

			import->use = item->use;
			import->unit = used;
			*end = import;
			end = &import->next;
		}
	}
	unit->is_loading = false;
}

bool
unit_load_all(struct sema *s, const char *path)
{
	const struct sema_options *o = s->options;
	const struct source *source = o->text != NULL
					      ? source_add(s->c, path, o->text, o->text_size)
					      : source_read(s->c, path);
	const char *core_path;

	if (source == NULL) {
		return false;
	}
	s->root = unit_add(s, source);
	imports_load(s, s->root, 0);
	s->core = unit_find(s, core_name);
	core_path = s->core == NULL ? path_find(s, core_name) : NULL;
	if (core_path != NULL) {
		s->core = unit_get(s, core_name, span_of_file(s->root->source), 0);
	}
	return s->c->diags.error_count == 0;
}
