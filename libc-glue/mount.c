/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The tree of files that a process sees: services of files, each at a place in it. */
#include "mount.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "gatehouse/process.h"
#include "gatehouse/uses.h"
#include "gen/files/fileservice.h"
#include "lock.h"

#define FILE_SERVICE "servers.files.FileService"
#define BEGIN_TRIES  3 /* E_RESTARTED comes once for each restart of the server */

static struct mount mounts[MOUNTS_MAX];
static uint32_t mount_count;
static bool is_ready;
static uint32_t mounts_lock;

static char here[PATH_BYTES] = "/";

/* --- mounts --------------------------------------------------------------------------------- */

/* What an earlier life of this process left open there is closed. */
static void
begin(struct mount *mount)
{
	for (int i = 0; i < BEGIN_TRIES; i++) {
		if (fileservice_begin(mount->handle) != E_RESTARTED) {
			return;
		}
	}
}

static void
add(const char *name, size_t name_bytes, uint32_t handle, const char *at, size_t at_bytes)
{
	struct mount *mount = &mounts[mount_count];

	if (mount_count == MOUNTS_MAX || at_bytes >= sizeof(mount->at)) {
		return;
	}
	*mount = (struct mount){.name = name, .name_bytes = name_bytes, .handle = handle};
	while (at_bytes > 0 && at[at_bytes - 1] == '/') {
		at_bytes--;
	}
	/* `/` is the empty text in front of every name. */
	memcpy(mount->at, at, at_bytes);
	mount->at_bytes = at_bytes;
	mount_count++;
}

/* "ram:/ rom:/rom" */
static void
add_named(const char *text)
{
	while (*text != '\0') {
		size_t name_bytes = strcspn(text, ": ");
		size_t bytes = strcspn(text, " ");
		struct use use;

		if (bytes > name_bytes && text[name_bytes + 1] == '/' &&
			uses_find(text, name_bytes, &use) &&
			strcmp(use.interface, FILE_SERVICE) == 0) {
			add(text, name_bytes, use.handle, text + name_bytes + 1,
				bytes - name_bytes - 1);
		}
		text += bytes;
		text += strspn(text, " ");
	}
}

static void
add_all(void)
{
	struct use use;

	for (uint32_t i = 0; uses_next(i, &use); i++) {
		char at[sizeof(mounts[0].at)] = "/";

		if (strcmp(use.interface, FILE_SERVICE) == 0 && use.name_bytes < sizeof(at) - 1) {
			memcpy(at + 1, use.name, use.name_bytes);
			add(use.name, use.name_bytes, use.handle, at, use.name_bytes + 1);
		}
	}
}

static void
prepare(void)
{
	if (__atomic_load_n(&is_ready, __ATOMIC_ACQUIRE)) {
		return;
	}
	glue_lock_acquire(&mounts_lock);
	if (!is_ready) {
		const char *text = process_attribute("mounts");

		if (text != NULL) {
			add_named(text);
		} else {
			add_all();
		}
		__atomic_store_n(&is_ready, true, __ATOMIC_RELEASE);
	}
	glue_lock_release(&mounts_lock);
}

static const struct mount *
use_mount(struct mount *mount)
{
	glue_lock_acquire(&mounts_lock);
	if (!mount->is_begun) {
		begin(mount);
		mount->is_begun = true;
	}
	glue_lock_release(&mounts_lock);
	return mount;
}

const struct mount *
glue_mount(uint32_t number)
{
	prepare();
	return number < mount_count ? use_mount(&mounts[number]) : NULL;
}

/* Whether a name is the folder or stands below it. */
static bool
is_under(const char *path, size_t path_bytes, const char *folder, size_t folder_bytes)
{
	return path_bytes >= folder_bytes && memcmp(path, folder, folder_bytes) == 0 &&
	       (path_bytes == folder_bytes || path[folder_bytes] == '/');
}

const char *
glue_mount_below(const struct place *folder, uint32_t number, size_t *bytes)
{
	size_t folder_bytes = folder->path_bytes == 1 ? 0 : folder->path_bytes;

	for (uint32_t i = 0; i < mount_count; i++) {
		const struct mount *mount = &mounts[i];
		const char *rest = mount->at + folder_bytes + 1;

		if (mount->at_bytes <= folder_bytes + 1 ||
			!is_under(mount->at, mount->at_bytes, folder->path, folder_bytes) ||
			strchr(rest, '/') != NULL || number-- > 0) {
			continue;
		}
		*bytes = mount->at_bytes - folder_bytes - 1;
		return rest;
	}
	return NULL;
}

/* --- names ---------------------------------------------------------------------------------- */

/* What the monitor would refuse as no name at all is refused here, so that errno can say why:
 * servers/files/files.gate has the spelling. */
static int
check_part(const char *part, size_t bytes)
{
	if (bytes > NAME_MAX) {
		return ENAMETOOLONG;
	}
	for (size_t i = 0; i < bytes; i++) {
		if ((unsigned char)part[i] < 0x20 || part[i] == 0x7f) {
			return EINVAL;
		}
	}
	return part[bytes - 1] == '.' || part[bytes - 1] == ' ' ? EINVAL : 0;
}

/* Adds one part, as POSIX reads it, to a name that ends without a slash. */
static int
add_part(struct place *place, const char *part, size_t bytes)
{
	if (bytes == 0 || (bytes == 1 && part[0] == '.')) {
		return 0;
	}
	if (bytes == 2 && part[0] == '.' && part[1] == '.') {
		while (place->path_bytes > 0 && place->path[--place->path_bytes] != '/') {
		}
		return 0;
	}
	int error = check_part(part, bytes);
	if (error != 0) {
		return error;
	}
	if (place->path_bytes + 1 + bytes >= PATH_BYTES) {
		return ENAMETOOLONG;
	}
	place->path[place->path_bytes++] = '/';
	memcpy(place->path + place->path_bytes, part, bytes);
	place->path_bytes += bytes;
	return 0;
}

static bool
is_dots(const char *part, size_t bytes)
{
	return bytes > 0 && bytes <= 2 && part[0] == '.' && part[bytes - 1] == '.';
}

static int
add_parts(struct place *place, const char *path)
{
	while (*path != '\0') {
		size_t bytes = strcspn(path, "/");
		int error = add_part(place, path, bytes);

		if (error != 0) {
			return error;
		}
		place->must_be_folder = path[bytes] == '/' || is_dots(path, bytes);
		path += bytes;
		path += strspn(path, "/");
	}
	return 0;
}

/* The mount that covers most of a name. */
static struct mount *
mount_of(const struct place *place)
{
	struct mount *found = NULL;

	for (uint32_t i = 0; i < mount_count; i++) {
		if (is_under(place->path, place->path_bytes, mounts[i].at, mounts[i].at_bytes) &&
			(found == NULL || mounts[i].at_bytes > found->at_bytes)) {
			found = &mounts[i];
		}
	}
	return found;
}

static bool
leads_to_mount(const struct place *place)
{
	for (uint32_t i = 0; i < mount_count; i++) {
		if (is_under(mounts[i].at, mounts[i].at_bytes, place->path, place->path_bytes)) {
			return true;
		}
	}
	return place->path_bytes == 0;
}

int
glue_place_find(const char *path, struct place *place)
{
	int error = 0;

	prepare();
	*place = (struct place){0};
	if (*path == '\0') {
		return ENOENT;
	}
	if (*path != '/') {
		glue_lock_acquire(&mounts_lock);
		error = add_parts(place, here);
		glue_lock_release(&mounts_lock);
	}
	error = error != 0 ? error : add_parts(place, path);
	if (error != 0) {
		return error;
	}
	struct mount *mount = mount_of(place);
	if (mount != NULL) {
		place->mount = use_mount(mount);
		place->name = place->path + mount->at_bytes;
		place->name_bytes = (uint32_t)(place->path_bytes - mount->at_bytes);
	} else if (!leads_to_mount(place)) {
		return ENOENT;
	}
	if (place->name_bytes == 0) {
		place->name = "/";
		place->name_bytes = 1;
	}
	if (place->path_bytes == 0) {
		place->path[place->path_bytes++] = '/';
	}
	place->path[place->path_bytes] = '\0';
	return 0;
}

void
glue_place_enter(const struct place *place)
{
	glue_lock_acquire(&mounts_lock);
	memcpy(here, place->path, place->path_bytes + 1);
	glue_lock_release(&mounts_lock);
}

void
glue_place_here(char path[PATH_BYTES])
{
	glue_lock_acquire(&mounts_lock);
	memcpy(path, here, sizeof(here));
	glue_lock_release(&mounts_lock);
}
