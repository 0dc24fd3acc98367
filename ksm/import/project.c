/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* project.c: finds the files, follows `use`, and reads init.yaml. */
#define _XOPEN_SOURCE 700 /* nftw */
#include "project.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/diag.h"
#include "project_part.h"
#include "template.h"
#include "world.h"

#define FOLDERS_DEEP 12u
#define FILES_MAX    4096u

void
project_note(struct project *p, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	*(const char **)vector_push(&p->notes, &p->compile->arena, sizeof(const char *)) =
		arena_vformat(&p->compile->arena, format, arguments);
	va_end(arguments);
}

static bool
may_matter(const char *name)
{
	return project_ends_with(name, ".psl") || project_ends_with(name, ".idl") ||
	       project_ends_with(name, ".cdl") || project_ends_with(name, ".edl") ||
	       project_ends_with(name, "init.yaml");
}

static int
names_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the files of a folder and of those in it; trees of builds and hidden ones are left out. */
static void
folder_search(struct project *p, const char *path, uint32_t depth)
{
	DIR *folder = depth > FOLDERS_DEEP ? NULL : opendir(path);
	struct vector names = {0};
	const struct dirent *entry;

	if (folder == NULL) {
		return;
	}
	while ((entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] != '.' && strncmp(entry->d_name, "build", 5) != 0) {
			*(const char **)vector_push(&names, &p->compile->arena,
				sizeof(const char *)) = arena_copy(&p->compile->arena,
				entry->d_name, strlen(entry->d_name));
		}
	}
	(void)closedir(folder);
	if (names.count > 0) {
		qsort(names.elements, names.count, sizeof(const char *), names_order);
	}
	for (uint32_t i = 0; i < names.count && p->files.count < FILES_MAX; i++) {
		const char *name = ((const char *const *)names.elements)[i];
		const char *whole = arena_format(&p->compile->arena, "%s/%s", path, name);
		struct stat s;

		if (lstat(whole, &s) == 0 && S_ISDIR(s.st_mode)) {
			folder_search(p, whole, depth + 1);
		} else if (may_matter(name)) {
			*(const char **)vector_push(
				&p->files, &p->compile->arena, sizeof(const char *)) = whole;
		}
	}
}

/* Reads what components and interfaces are. Of two with one name the last counts. */
static bool
specs_read(struct project *p)
{
	const char **paths = project_sort(p);

	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *path = paths[i];
		bool is_idl = project_ends_with(path, ".idl");
		const struct source *s;

		if (!is_idl && !project_ends_with(path, ".cdl") &&
			!project_ends_with(path, ".edl")) {
			continue;
		}
		s = template_read(p, path);
		if (s == NULL ||
			!(is_idl ? spec_add_idl(&p->spec, s) : spec_add_component(&p->spec, s))) {
			return false;
		}
	}
	return true;
}

/* Whether a file is in the folder of the policy, or below. */
static bool
is_near(const struct project *p, const char *path)
{
	const char *slash = strrchr(p->main_path, '/');

	return slash != NULL &&
	       strncmp(path, p->main_path, (size_t)(slash - p->main_path) + 1) == 0;
}

/* The file of `use a.b._`, near the policy first. NULL: it is not among the files. */
static const char *
used_file(const struct project *p, const char *name)
{
	const char *tail = project_use_tail(p, name, strlen(name));

	for (uint32_t i = 0; i < 2 * p->files.count; i++) {
		const char *path = project_file(p, i % p->files.count);

		if (project_ends_with(path, tail) && (i >= p->files.count || is_near(p, path))) {
			return path;
		}
	}
	return NULL;
}

/* What a file of the SDK says that is not here, if that is documented. False after a report. */
static bool
known_read(struct project *p, const char *name)
{
	static const char nonsecurity[] = "execute { grant () } request { grant () } response { "
					  "grant () } error { grant () } security { grant () }";

	if (strcmp(name, "nonsecurity") == 0) {
		project_note(p,
			"`use nonsecurity._`: the file is not here; it is documented to grant "
			"everything, and that is imported");
		return psl_add(&p->psl, source_add(p->compile, "nonsecurity.psl", nonsecurity,
						sizeof nonsecurity - 1));
	}
	if (strncmp(name, "nk.", 3) != 0) {
		project_note(
			p, "`use %s._`: the file is not here; its rules are not imported", name);
	}
	return true;
}

/* A policy without a rule denies everything: nobody means that. */
static bool
rules_check(struct project *p)
{
	const struct psl_use *use = p->psl.uses.elements;
	struct span at = {.line = 1, .col = 1};
	struct diag *d;

	if (p->psl.bindings != NULL) {
		return true;
	}
	for (uint32_t i = 0; i < p->psl.uses.count; i++) {
		if (strncmp(use[i].name, "nk.", 3) != 0) {
			at = use[i].at;
		}
	}
	if (at.file == 0 && p->psl.uses.count > 0) {
		at = use[p->psl.uses.count - 1].at;
	}
	d = diag_error(p->compile, at, NULL, "this policy has no rule, and denies everything");
	diag_help(d, "put the files that it uses into the project");
	return false;
}

/* Whether path, or path and `.in`, was read. */
static bool
is_read(const struct project *p, const char *path)
{
	for (uint32_t i = 0; i < p->done.count; i++) {
		const char *done = ((const char *const *)p->done.elements)[i];

		if (strncmp(path, done, strlen(done)) == 0 ||
			strncmp(path, done, strlen(path)) == 0) {
			return true;
		}
	}
	return false;
}

static void
unused_note(struct project *p)
{
	for (uint32_t i = 0; i < p->files.count; i++) {
		if (project_ends_with(project_file(p, i), ".psl") &&
			!is_read(p, project_file(p, i))) {
			project_note(p, "%s: no part of this policy, which does not use it",
				project_file(p, i));
		}
	}
}

/* Reads the policy and what it uses, each file once: files may use each other. */
static bool
policy_read(struct project *p)
{
	uint32_t used = 0;
	const char *path = p->main_path;

	for (;;) {
		const struct source *s;
		const char *name;
		bool is_done = false;

		for (uint32_t i = 0; i < p->done.count; i++) {
			is_done = is_done ||
				  strcmp(((const char *const *)p->done.elements)[i], path) == 0;
		}
		if (!is_done) {
			*(const char **)vector_push(
				&p->done, &p->compile->arena, sizeof(const char *)) = path;
			s = template_read(p, path);
			if (s == NULL || !psl_add(&p->psl, s)) {
				return false;
			}
		}
		for (path = NULL; path == NULL && used < p->psl.uses.count; used++) {
			name = ((const struct psl_use *)p->psl.uses.elements)[used].name;
			path = used_file(p, name);
			if (path == NULL && !known_read(p, name)) {
				return false;
			}
		}
		if (path == NULL) {
			unused_note(p);
			return rules_check(p);
		}
	}
}

/* The text behind `key:`, without quotes; NULL: the line has another key. */
static const char *
yaml_value(struct project *p, const char *line, size_t length, const char *key)
{
	size_t key_length = strlen(key);
	const char *end = line + length;

	if (length <= key_length || strncmp(line, key, key_length) != 0 ||
		line[key_length] != ':') {
		return NULL;
	}
	line += key_length + 1;
	while (line < end && (*line == ' ' || *line == '"' || *line == '\'')) {
		line++;
	}
	length = strcspn(line, " \t\r\n\"'#");
	return arena_copy(&p->compile->arena, line,
		length < (size_t)(end - line) ? length : (size_t)(end - line));
}

/* Takes name and task of each entity: a list item as far to the left as the first one. */
static void
yaml_read(struct project *p, const struct source *s)
{
	const char *line = strstr(s->text, "entities:");
	struct project_task *task = NULL;
	size_t indent = SIZE_MAX;

	while (line != NULL && *line != 0) {
		size_t length = strcspn(line, "\n");
		size_t blanks = strspn(line, " \t");
		const char *text = line + blanks;
		size_t left = blanks > length ? 0 : length - blanks;
		const char *value;

		if (left > 1 && text[0] == '-' && text[1] == ' ') {
			indent = indent == SIZE_MAX ? blanks : indent;
			if (blanks == indent) {
				task = vector_push(&p->tasks, &p->compile->arena, sizeof *task);
			}
			blanks = 2 + strspn(text + 2, " ");
			text += blanks;
			left -= blanks < left ? blanks : left;
		}
		value = task == NULL ? NULL : yaml_value(p, text, left, "name");
		if (value != NULL && task->class == NULL) {
			task->class = value;
		}
		value = task == NULL ? NULL : yaml_value(p, text, left, "task");
		if (value != NULL && task->name == NULL) {
			task->name = value;
		}
		line += length + (line[length] == '\n');
	}
}

bool
project_read(struct project *p, struct compile *c, const char *const *paths, uint32_t count,
	const char *values_path)
{
	const char *yaml = NULL;
	const struct source *tasks;

	memset(p, 0, sizeof *p);
	p->compile = c;
	p->values_path = values_path;
	p->spec.compile = c;
	psl_begin(&p->psl, c);
	if (values_path != NULL && !template_values(p)) {
		return false;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct stat s;

		if (stat(paths[i], &s) == 0 && S_ISDIR(s.st_mode)) {
			folder_search(p, paths[i], 0);
		} else {
			p->main_path = paths[i];
			p->is_main_named = true;
		}
	}
	if (p->is_main_named && count == 1) {
		const char *slash = strrchr(p->main_path, '/');

		folder_search(p,
			slash == NULL ? "."
				      : arena_copy(&c->arena, p->main_path,
						(size_t)(slash - p->main_path)),
			0);
	}
	if (!project_main_find(p) || !specs_read(p) || !policy_read(p)) {
		return false;
	}
	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *path = project_file(p, i);

		if (project_ends_with(path, "init.yaml") &&
			(yaml == NULL || project_nearness(p, path) > project_nearness(p, yaml))) {
			yaml = path;
		}
	}
	tasks = yaml == NULL ? NULL : template_read(p, yaml);
	if (tasks != NULL) {
		yaml_read(p, tasks);
	}
	return c->diags.error_count == 0;
}

/* Notes which of two declarations of one name counts. */
static void
twins_note(struct project *p, struct world *w)
{
	for (const struct spec_component *c = p->spec.components; c != NULL; c = c->next) {
		for (const struct spec_component *far = c->next; far != NULL; far = far->next) {
			if (strcmp(c->name, far->name) == 0 && world_class(w, c->name) != NULL) {
				project_note(p, "`%s` is declared in %s, too; what counts is %s",
					c->name, far->source->path, c->source->path);
			}
		}
	}
	for (const struct spec_package *k = p->spec.packages; k != NULL; k = k->next) {
		for (const struct spec_package *far = k->next; far != NULL; far = far->next) {
			if (strcmp(k->name, far->name) == 0 && k->parsed) {
				project_note(p, "`%s` is declared in %s, too; what counts is %s",
					k->name, far->source->path, k->source->path);
			}
		}
	}
}

void
project_tasks(struct project *p, struct world *w)
{
	const struct project_task *tasks = p->tasks.elements;

	twins_note(p, w);
	for (uint32_t i = 0; i < p->tasks.count; i++) {
		struct world_class *c =
			tasks[i].class == NULL ? NULL : world_class(w, tasks[i].class);

		if (c != NULL && ++c->tasks == 2) {
			project_note(p,
				"init.yaml starts several tasks of `%s`: the system here has one "
				"instance of it; name more if they are to be more",
				c->name);
		}
	}
}
