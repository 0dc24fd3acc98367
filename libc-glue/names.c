/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The calls on names: what stands there, making, removing, renaming; the present folder. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "gen/files/fileservice.h"

static int
result(int error)
{
	return error == 0 ? 0 : glue_failed(error);
}

int
glue_place_status(const struct place *place, struct stat *status)
{
	enum fileservice_kind kind = FILESERVICE_KIND_FOLDER;
	uint64_t changed_ns = 0;
	uint32_t outcome = E_OK;
	uint32_t number = 1;
	uint64_t size = 0;

	if (place->mount != NULL) {
		glue_retry(outcome, fileservice_look(place->mount->handle, place->name,
					    place->name_bytes, &size, &changed_ns, &number, &kind));
	}
	if (outcome == E_OK && place->must_be_folder && kind != FILESERVICE_KIND_FOLDER) {
		return ENOTDIR;
	}
	memset(status, 0, sizeof(*status));
	glue_status_fill(status, place, kind, number, size, changed_ns);
	return glue_service_errno(outcome);
}

int
_stat(const char *path, struct stat *status)
{
	struct place place;
	int error = glue_place_find(path, &place);

	return result(error != 0 ? error : glue_place_status(&place, status));
}

/* There are no links to look at themselves. */
int
lstat(const char *path, struct stat *status)
{
	return stat(path, status);
}

/* Whether a name can be used so is the policy's to say, when it is; known is that it is there, and
 * that nothing is a program. */
int
access(const char *path, int wanted)
{
	struct stat status;

	if ((wanted & ~(R_OK | W_OK | X_OK)) != 0) {
		return glue_failed(EINVAL);
	}
	if (stat(path, &status) != 0) {
		return -1;
	}
	return (wanted & X_OK) != 0 && !S_ISDIR(status.st_mode) ? glue_failed(EACCES) : 0;
}

/* A name that something new can get, or that can go. */
int
glue_place_find_changing(const char *path, struct place *place)
{
	int error = glue_place_find(path, place);

	if (error != 0) {
		return error;
	}
	return place->mount == NULL || place->name_bytes == 1 ? EBUSY : 0;
}

int
_mkdir(const char *path, mode_t mode)
{
	struct place place;
	uint32_t status = E_OK;
	int error = glue_place_find_changing(path, &place);

	(void)mode;
	if (error != 0) {
		return glue_failed(error == EBUSY ? EEXIST : error);
	}
	glue_retry(
		status, fileservice_make_folder(place.mount->handle, place.name, place.name_bytes));
	return result(glue_service_errno(status));
}

int
mkdir(const char *path, mode_t mode)
{
	return _mkdir(path, mode);
}

int
rmdir(const char *path)
{
	struct place place;
	uint32_t status = E_OK;
	int error = glue_place_find_changing(path, &place);

	if (error != 0) {
		return glue_failed(error);
	}
	glue_retry(status,
		fileservice_remove_folder(place.mount->handle, place.name, place.name_bytes));
	return result(glue_service_errno(status));
}

int
glue_place_remove(const char *path)
{
	struct place place;
	uint32_t status = E_OK;
	int error = glue_place_find_changing(path, &place);

	if (error != 0) {
		return error == EBUSY ? EISDIR : error;
	}
	if (place.must_be_folder) {
		return ENOTDIR;
	}
	glue_retry(status, fileservice_remove(place.mount->handle, place.name, place.name_bytes));
	return glue_service_errno(status);
}

int
_unlink(const char *path)
{
	return result(glue_place_remove(path));
}

int
truncate(const char *path, off_t bytes)
{
	int fd = bytes < 0 ? glue_failed(EINVAL) : open(path, O_WRONLY);

	if (fd < 0) {
		return -1;
	}
	int error = ftruncate(fd, bytes) == 0 ? 0 : errno;
	(void)close(fd);
	return result(error);
}

/* --- the present folder --------------------------------------------------------------------- */

int
chdir(const char *path)
{
	struct stat status;
	struct place place;
	int error = glue_place_find(path, &place);

	error = error != 0 ? error : glue_place_status(&place, &status);
	if (error == 0 && !S_ISDIR(status.st_mode)) {
		error = ENOTDIR;
	}
	if (error == 0) {
		glue_place_enter(&place);
	}
	return result(error);
}

int
fchdir(int fd)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	const char *name = glue_folder_name(stream);
	int outcome = name == NULL ? glue_failed(ENOTDIR) : chdir(name);
	glue_stream_give(stream);
	return outcome;
}

char *
getcwd(char *buffer, size_t capacity)
{
	char here[PATH_BYTES];

	glue_place_here(here);
	if (buffer == NULL && capacity == 0) {
		return strdup(here); /* as most systems do it */
	}
	if (capacity == 0) {
		errno = EINVAL;
		return NULL;
	}
	if (strlen(here) >= capacity) {
		errno = ERANGE;
		return NULL;
	}
	return strcpy(buffer, here);
}
