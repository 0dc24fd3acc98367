/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Over folders and names: scandir, readdir_r, realpath. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "files.h"

int
readdir_r(DIR *restrict dir, struct dirent *restrict entry, struct dirent **restrict result)
{
	int before = errno;

	errno = 0;
	const struct dirent *found = readdir(dir);
	int error = errno;
	errno = before;
	if (found != NULL) {
		*entry = *found;
	}
	*result = found == NULL ? NULL : entry;
	return found == NULL ? error : 0;
}

int
alphasort(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

struct list {
	struct dirent **entries;
	int count;
	int room;
};

static bool
add(struct list *list, const struct dirent *entry)
{
	if (list->count == list->room) {
		int room = list->room == 0 ? 16 : 2 * list->room;
		struct dirent **more =
			realloc(list->entries, (size_t)room * sizeof(list->entries[0]));
		if (more == NULL) {
			return false;
		}
		list->entries = more;
		list->room = room;
	}
	struct dirent *copy = malloc(sizeof(*copy));
	if (copy == NULL) {
		return false;
	}
	*copy = *entry;
	list->entries[list->count++] = copy;
	return true;
}

static void
throw_away(struct list *list)
{
	for (int i = 0; i < list->count; i++) {
		free(list->entries[i]);
	}
	free(list->entries);
}

typedef int (*order)(const void *, const void *);

int
scandir(const char *path, struct dirent ***entries, int (*wanted)(const struct dirent *),
	int (*compare)(const struct dirent **, const struct dirent **))
{
	struct list list = {0};
	const struct dirent *entry;
	int error = 0;
	DIR *dir = opendir(path);

	if (dir == NULL) {
		return -1;
	}
	errno = 0;
	while (error == 0 && (entry = readdir(dir)) != NULL) {
		if ((wanted == NULL || wanted(entry)) && !add(&list, entry)) {
			error = ENOMEM;
		}
	}
	error = error != 0 ? error : errno;
	(void)closedir(dir);
	if (error != 0) {
		throw_away(&list);
		return glue_failed(error);
	}
	if (compare != NULL && list.count > 0) {
		qsort(list.entries, (size_t)list.count, sizeof(list.entries[0]), (order)compare);
	}
	*entries = list.entries;
	return list.count;
}

char *
realpath(const char *restrict path, char *restrict resolved)
{
	struct place place;
	struct stat status;
	int error = path == NULL ? EINVAL : glue_place_find(path, &place);

	error = error != 0 ? error : glue_place_status(&place, &status);
	if (error != 0) {
		errno = error;
		return NULL;
	}
	return resolved == NULL ? strdup(place.path) : strcpy(resolved, place.path);
}
