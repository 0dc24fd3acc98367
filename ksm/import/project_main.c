/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* project_main.c: which file is the policy, and which of the others are near it. */
#include <stdio.h>
#include <string.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/source.h"
#include "project.h"
#include "project_part.h"

/* Policies that an error names, if there are several. */
#define NAMED_MAX 8u

bool
project_ends_with(const char *path, const char *end)
{
	size_t length = strlen(path);
	size_t end_length = strlen(end);

	if (length > 3 && strcmp(path + length - 3, ".in") == 0) {
		length -= 3;
	}
	return length >= end_length && memcmp(path + length - end_length, end, end_length) == 0;
}

const char *
project_file(const struct project *p, uint32_t index)
{
	return ((const char *const *)p->files.elements)[index];
}

const char *
project_use_tail(const struct project *p, const char *name, size_t length)
{
	struct arena *a = &p->compile->arena;
	char *tail = arena_format(a, "/%s.psl", arena_copy(a, name, length));

	for (size_t i = 0; i <= length; i++) {
		tail[i] = tail[i] == '.' ? '/' : tail[i];
	}
	return tail;
}

size_t
project_nearness(const struct project *p, const char *path)
{
	size_t near = 0;

	for (size_t i = 0; path[i] != 0 && path[i] == p->main_path[i]; i++) {
		near = path[i] == '/' ? i + 1 : near;
	}
	return near;
}

const char **
project_sort(const struct project *p)
{
	const char **paths = arena_array(&p->compile->arena, p->files.count, sizeof *paths);

	for (uint32_t i = 0; i < p->files.count; i++) {
		uint32_t at = i;

		while (at > 0 && project_nearness(p, paths[at - 1]) >
					 project_nearness(p, project_file(p, i))) {
			paths[at] = paths[at - 1];
			at--;
		}
		paths[at] = project_file(p, i);
	}
	return paths;
}

/* Whether some other PSL, of these sources, says `use` of this one. */
static bool
is_used(const struct project *p, const struct vector *sources, const char *path)
{
	for (uint32_t i = 0; i < sources->count; i++) {
		const struct source *s = ((const struct source *const *)sources->elements)[i];

		for (const char *c = strcmp(s->path, path) == 0 ? NULL : strstr(s->text, "use ");
			c != NULL; c = strstr(c + 1, "use ")) {
			size_t length = strcspn(c + 4, " ;\t\r\n");

			if ((c == s->text || strchr("\n\t ", c[-1]) != NULL) && length > 2 &&
				memcmp(c + 4 + length - 2, "._", 2) == 0 &&
				project_ends_with(path, project_use_tail(p, c + 4, length - 2))) {
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
	struct vector sources = {0};
	const char *only = NULL;

	for (uint32_t i = 0; i < p->files.count; i++) {
		const struct source *s = project_ends_with(project_file(p, i), ".psl")
						 ? source_read(p->compile, project_file(p, i))
						 : NULL;

		if (s != NULL) {
			*(const struct source **)vector_push(
				&sources, &p->compile->arena, sizeof s) = s;
		}
	}
	for (uint32_t i = 0; i < p->files.count; i++) {
		const char *path = project_file(p, i);

		if (!project_ends_with(path, ".psl") || is_used(p, &sources, path) ||
			(only != NULL && strncmp(path, only, strlen(only)) == 0)) {
			continue;
		}
		only = path;
		*(const char **)vector_push(all, &p->compile->arena, sizeof path) = path;
	}
	return all->count == 1 ? only : NULL;
}

bool
project_main_find(struct project *p)
{
	struct vector policies = {0};

	for (uint32_t i = 0; !p->is_main_named && i < p->files.count; i++) {
		const char *path = project_file(p, i);

		if (!project_ends_with(path, "/security.psl") ||
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
		if (policies.count == 0) {
			(void)fprintf(stderr,
				"help: name the folder that has the .psl of the project: "
				"gate import FOLDER\n");
		}
		for (uint32_t i = 0; i < policies.count && i < NAMED_MAX; i++) {
			(void)fprintf(stderr,
				"help: name the file of the policy: gate import FOLDER %s\n",
				((const char *const *)policies.elements)[i]);
		}
	}
	return p->main_path != NULL;
}
