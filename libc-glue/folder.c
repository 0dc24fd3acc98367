/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Folders: as streams that have a name, and read entry by entry. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "gen/files/fileservice.h"
#include "lock.h"

struct folder {
	struct stream stream;
	struct place place;
};

/* `opendir` gives this; only one thread uses it at a time, as POSIX says. */
struct glue_dir {
	int fd;
	struct folder *folder;
	uint32_t after;  /* the last entry of the service */
	uint32_t mounts; /* mounts that were listed behind them */
	long position;
	struct dirent entry;
};

/* --- as a stream ---------------------------------------------------------------------------- */

static int
folder_status(struct stream *stream, struct stat *status)
{
	return glue_place_status(&((struct folder *)stream)->place, status);
}

static int
folder_read(struct stream *stream, void *data, size_t capacity, size_t *done)
{
	(void)stream;
	(void)data;
	(void)capacity;
	(void)done;
	return EISDIR;
}

static void
folder_close(struct stream *stream)
{
	free(stream);
}

static const struct stream_kind folder_kind = {
	.read = folder_read,
	.status = folder_status,
	.close = folder_close,
};

int
glue_folder_open(const struct place *place, int flags, struct stream **stream)
{
	struct stat status;
	int error = glue_place_status(place, &status);

	if (error == 0 && !S_ISDIR(status.st_mode)) {
		error = ENOTDIR;
	}
	if (error == 0 && ((flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0)) {
		error = flags & O_EXCL ? EEXIST : EISDIR;
	}
	if (error != 0) {
		return error == ENOENT && (flags & O_CREAT) != 0 ? EISDIR : error;
	}
	struct folder *folder = malloc(sizeof(*folder));
	if (folder == NULL) {
		return ENOMEM;
	}
	folder->stream = (struct stream){
		.kind = &folder_kind, .references = 1, .lock = LOCK_NORMAL, .flags = flags};
	(void)glue_place_find(place->path, &folder->place);
	*stream = &folder->stream;
	return 0;
}

const char *
glue_folder_name(const struct stream *stream)
{
	return stream->kind == &folder_kind ? ((const struct folder *)stream)->place.path : NULL;
}

const struct mount *
glue_folder_mount(const struct stream *stream)
{
	return stream->kind == &folder_kind ? ((const struct folder *)stream)->place.mount : NULL;
}

/* --- entry by entry ------------------------------------------------------------------------- */

/* Takes over the reference to the stream. */
static DIR *
make_dir(int fd, struct stream *stream)
{
	DIR *dir = NULL;

	if (glue_folder_name(stream) == NULL) {
		errno = ENOTDIR;
	} else {
		dir = calloc(1, sizeof(*dir));
	}
	if (dir != NULL) {
		dir->fd = fd;
		dir->folder = (struct folder *)stream;
	}
	/* The descriptor has its own. */
	glue_stream_give(stream);
	return dir;
}

DIR *
opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && dir == NULL) {
		int error = errno;
		(void)close(fd);
		errno = error;
	}
	return dir;
}

DIR *
fdopendir(int fd)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL) {
		errno = EBADF;
		return NULL;
	}
	return make_dir(fd, stream);
}

int
closedir(DIR *dir)
{
	int fd = dir->fd;

	free(dir);
	return close(fd);
}

int
dirfd(DIR *dir)
{
	return dir->fd;
}

void
rewinddir(DIR *dir)
{
	dir->after = 0;
	dir->mounts = 0;
	dir->position = 0;
}

long
telldir(DIR *dir)
{
	return dir->position;
}

void
seekdir(DIR *dir, long position)
{
	rewinddir(dir);
	while (dir->position < position && readdir(dir) != NULL) {
	}
}

static unsigned char
type_of(enum fileservice_kind kind)
{
	switch (kind) {
	case FILESERVICE_KIND_FOLDER:
		return DT_DIR;
	case FILESERVICE_KIND_SPECIAL:
		return DT_CHR;
	default:
		return DT_REG;
	}
}

/* The next entry of the service; false: no more, or *error. */
static bool
next_of_service(DIR *dir, int *error)
{
	const struct place *place = &dir->folder->place;
	struct dirent *entry = &dir->entry;
	enum fileservice_kind kind;
	uint32_t status = E_OK;
	uint32_t bytes = 0;
	uint32_t number;

	if (place->mount == NULL) {
		return false;
	}
	glue_retry(status,
		fileservice_list(place->mount->handle, dir->after, place->name, place->name_bytes,
			NULL, &number, &kind, entry->d_name, sizeof(entry->d_name) - 1, &bytes));
	if (status != E_OK) {
		*error = status == FILESERVICE_ERROR_ABSENT ? 0 : glue_service_errno(status);
		return false;
	}
	dir->after = number;
	entry->d_name[bytes] = '\0';
	entry->d_ino = (ino_t)number;
	entry->d_type = type_of(kind);
	return true;
}

/* What is mounted here stands behind what the service has, and hides what has the same name. */
static bool
next_mount(DIR *dir)
{
	size_t bytes;
	const char *name = glue_mount_below(&dir->folder->place, dir->mounts, &bytes);

	if (name == NULL || bytes >= sizeof(dir->entry.d_name)) {
		return false;
	}
	dir->mounts++;
	memcpy(dir->entry.d_name, name, bytes);
	dir->entry.d_name[bytes] = '\0';
	dir->entry.d_ino = 1;
	dir->entry.d_type = DT_DIR;
	return true;
}

static bool
is_hidden(const DIR *dir)
{
	const char *name;
	size_t bytes;

	for (uint32_t i = 0; (name = glue_mount_below(&dir->folder->place, i, &bytes)) != NULL;
		i++) {
		if (strlen(dir->entry.d_name) == bytes &&
			memcmp(name, dir->entry.d_name, bytes) == 0) {
			return true;
		}
	}
	return false;
}

struct dirent *
readdir(DIR *dir)
{
	int error = 0;

	while (dir->mounts == 0 && next_of_service(dir, &error)) {
		if (!is_hidden(dir)) {
			dir->position++;
			return &dir->entry;
		}
	}
	if (error != 0) {
		errno = error;
		return NULL;
	}
	if (!next_mount(dir)) {
		return NULL;
	}
	dir->position++;
	return &dir->entry;
}
