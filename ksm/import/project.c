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
#include "template.h"
#include "world.h"

#define FOLDERS_DEEP 12u
#define FILES_MAX    4096u

/* Policies that an error names, if there are several. */
#define NAMED_MAX 8u

void
project_note(struct project *p, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	*(const char **)vector_push(&p->notes, &p->compile->arena, sizeof(const char *)) =
		arena_vformat(&p->compile->arena, format, arguments);
	va_end(arguments);
}

/* Whether path ends with this, not counting a last `.in`. */
static bool
ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);
	size_t end_length = strlen(end);

	if (length > 3 && strcmp(path + length - 3, ".in") == 0) {
		length -= 3;
	}
	return length >= end_length && memcmp(path + length - end_length, end, end_length) == 0;
}

static bool
may_matter(const char *name)
{
	return ends_with(name, ".psl") || ends_with(name, ".idl") || ends_with(name, ".cdl") ||
	       ends_with(name, ".edl") || ends_with(name, "init.yaml");
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

static const char *
file_at(const struct project *p, uint32_t index)
{
	return ((const char *const *)p->files.elements)[index];
}

/* Reads what components are, then what interfaces are. */
static bool
specs_read(struct project *p)
{
	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *path = file_at(p, i);
		bool is_idl = ends_with(path, ".idl");
		const struct source *s;

		if (!is_idl && !ends_with(path, ".cdl") && !ends_with(path, ".edl")) {
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

/* What the path of `use a.b._` ends with: /a/b.psl. */
static const char *
use_tail(const struct project *p, const char *name, size_t length)
{
	struct arena *a = &p->compile->arena;
	char *tail = arena_format(a, "/%s.psl", arena_copy(a, name, length));

	for (size_t i = 0; i <= length; i++) {
		tail[i] = tail[i] == '.' ? '/' : tail[i];
	}
	return tail;
}

/* The file of `use a.b._`, near the policy first. NULL: it is not among the files. */
static const char *
used_file(const struct project *p, const char *name)
{
	const char *tail = use_tail(p, name, strlen(name));

	for (uint32_t i = 0; i < 2 * p->files.count; i++) {
		const char *path = file_at(p, i % p->files.count);

		if (ends_with(path, tail) && (i >= p->files.count || is_near(p, path))) {
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
		if (ends_with(file_at(p, i), ".psl") && !is_read(p, file_at(p, i))) {
			project_note(p, "%s: no part of this policy, which does not use it",
				file_at(p, i));
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

/* Whether some other PSL of these folders says `use` of this one. */
static bool
is_used(struct project *p, const char *path)
{
	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *user = file_at(p, i);
		const struct source *s = ends_with(user, ".psl") && strcmp(user, path) != 0
						 ? source_read(p->compile, user)
						 : NULL;

		for (const char *c = s == NULL ? NULL : strstr(s->text, "use "); c != NULL;
			c = strstr(c + 1, "use ")) {
			size_t length = strcspn(c + 4, " ;\t\r\n");

			if ((c == s->text || strchr("\n\t ", c[-1]) != NULL) && length > 2 &&
				memcmp(c + 4 + length - 2, "._", 2) == 0 &&
				ends_with(path, use_tail(p, c + 4, length - 2))) {
				return true;
			}
		}
	}
	return false;
}

/* The PSL of these folders that no other uses; NULL if there are more, or none. Counts them. */
static const char *
only_psl(struct project *p, struct vector *all)
{
	const char *only = NULL;

	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *path = file_at(p, i);

		if (!ends_with(path, ".psl") || is_used(p, path) ||
			(only != NULL && strncmp(path, only, strlen(only)) == 0)) {
			continue;
		}
		only = path;
		*(const char **)vector_push(all, &p->compile->arena, sizeof path) = path;
	}
	return all->count == 1 ? only : NULL;
}

/*
 * Finds security.psl, or else the only PSL, unless a file was named. Of X and X.in beside each
 * other it is X.
 */
static bool
main_find(struct project *p)
{
	struct vector policies = {0};

	for (uint32_t i = 0; !p->is_main_named && i < p->files.count; i++) {
		const char *path = file_at(p, i);

		if (!ends_with(path, "/security.psl") ||
			(p->main_path != NULL &&
				strncmp(path, p->main_path, strlen(p->main_path)) == 0)) {
			continue;
		}
		if (p->main_path != NULL) {
			(void)fprintf(stderr,
				"gate import: error: these folders hold more than one policy: %s, "
				"%s\n"
				"help: name one: gate import FOLDER %s\n",
				p->main_path, path, path);
			return false;
		}
		p->main_path = path;
	}
	if (p->main_path == NULL) {
		p->main_path = only_psl(p, &policies);
	}
	if (p->main_path == NULL) {
		(void)fprintf(stderr,
			"gate import: error: no security.psl is in these folders, and %s\n",
			policies.count == 0 ? "no other PSL" : "more than one other policy");
		for (uint32_t i = 0; i < policies.count && i < NAMED_MAX; i++) {
			(void)fprintf(stderr,
				"help: name the file of the policy: gate import FOLDER %s\n",
				((const char *const *)policies.elements)[i]);
		}
	}
	return p->main_path != NULL;
}

bool
project_read(struct project *p, struct compile *c, const char *const *paths, uint32_t count,
	const char *values_path)
{
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
	if (!main_find(p) || !specs_read(p) || !policy_read(p)) {
		return false;
	}
	for (uint32_t i = 0; i < p->files.count; i++) {
		const struct source *s = ends_with(file_at(p, i), "init.yaml")
						 ? template_read(p, file_at(p, i))
						 : NULL;

		if (s != NULL) {
			yaml_read(p, s);
			break;
		}
	}
	return c->diags.error_count == 0;
}

void
project_tasks(struct project *p, struct world *w)
{
	const struct project_task *tasks = p->tasks.elements;

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
