/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* folder.c: the policies in the folders that an editor opened. */
#include "folder.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/vector.h"
#include "server.h"

static const char ending[] = ".gate";

static void
path_push(struct arena *a, struct vector *paths, const char *path)
{
	const char **list = paths->elements;
	const char **slot;

	for (uint32_t i = 0; i < paths->count; i++) {
		if (strcmp(list[i], path) == 0) {
			return;
		}
	}
	slot = vector_push(paths, a, sizeof *slot);
	*slot = path;
}

static bool
is_policy(const char *name)
{
	size_t length = strlen(name);

	return length > sizeof ending - 1 &&
	       strcmp(name + length - (sizeof ending - 1), ending) == 0;
}

/* Recursion is bounded by depth; links to folders are not followed. */
static void
folder_walk(struct arena *a, const char *folder, struct vector *paths, uint32_t depth)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL && paths->count < FOLDER_FILES_MAX) {
		const char *path = arena_format(a, "%s/%s", folder, entry->d_name);
		struct stat status;

		if (entry->d_name[0] == '.' || strcmp(entry->d_name, "build") == 0 ||
			lstat(path, &status) != 0) {
			continue;
		}
		if (S_ISDIR(status.st_mode) && depth < FOLDER_DEPTH_MAX) {
			folder_walk(a, path, paths, depth + 1);
		} else if (S_ISREG(status.st_mode) && is_policy(entry->d_name)) {
			path_push(a, paths, path);
		}
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
}

void
folder_list(struct arena *a, const char *folder, struct vector *paths)
{
	folder_walk(a, folder, paths, 0);
}

static bool
has_word(struct compile *c, const char *path, const char *word)
{
	const struct source *s = source_read(c, path);

	return s != NULL && strstr(s->text, word) != NULL;
}

void
folder_find(struct arena *a, struct server *s, const char *word, struct vector *paths)
{
	struct source_overlay overlay = document_overlay(&s->documents);
	struct compile *c = arena_alloc(a, sizeof *c);
	struct vector all = {0};
	const char **list;

	compile_init(c);
	c->overlay = &overlay;
	for (const struct document *d = s->documents.first; d != NULL; d = d->next) {
		path_push(a, &all, d->path);
	}
	for (uint32_t i = 0; i < s->root_count; i++) {
		folder_walk(a, s->roots[i], &all, 0);
	}
	list = all.elements;
	for (uint32_t i = 0; i < all.count; i++) {
		if (has_word(c, list[i], word)) {
			path_push(a, paths, list[i]);
		}
	}
}
