/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The calls that count a name from an open folder on. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "files.h"

/* The name with that of the folder in front, or NULL with errno. */
static const char *
join(int fd, const char *path, char joined[2 * PATH_BYTES])
{
	if (fd == AT_FDCWD || *path == '/') {
		return path;
	}
	struct stream *stream = glue_descriptor_take(fd);
	const char *folder = stream == NULL ? NULL : glue_folder_name(stream);
	int error = stream == NULL ? EBADF : folder == NULL ? ENOTDIR : 0;

	if (error == 0 && *path == '\0') {
		error = ENOENT;
	}
	if (error == 0 && strlen(path) >= PATH_BYTES) {
		error = ENAMETOOLONG;
	}
	if (error == 0) {
		strcpy(joined, folder);
		strcat(joined, "/");
		strcat(joined, path);
	}
	if (stream != NULL) {
		glue_stream_give(stream);
	}
	errno = error == 0 ? errno : error;
	return error == 0 ? joined : NULL;
}

int
openat(int fd, const char *path, int flags, ...)
{
	char joined[2 * PATH_BYTES];
	const char *name = join(fd, path, joined);

	return name == NULL ? -1 : open(name, flags, 0666);
}

int
fstatat(int fd, const char *path, struct stat *status, int flags)
{
	char joined[2 * PATH_BYTES];
	const char *name = join(fd, path, joined);

	(void)flags; /* there are no links */
	return name == NULL ? -1 : stat(name, status);
}

int
faccessat(int fd, const char *path, int wanted, int flags)
{
	char joined[2 * PATH_BYTES];
	const char *name = join(fd, path, joined);

	(void)flags;
	return name == NULL ? -1 : access(name, wanted);
}

int
mkdirat(int fd, const char *path, mode_t mode)
{
	char joined[2 * PATH_BYTES];
	const char *name = join(fd, path, joined);

	return name == NULL ? -1 : mkdir(name, mode);
}

int
unlinkat(int fd, const char *path, int flags)
{
	char joined[2 * PATH_BYTES];
	const char *name = join(fd, path, joined);

	if (name == NULL) {
		return -1;
	}
	return (flags & AT_REMOVEDIR) != 0 ? rmdir(name) : unlink(name);
}

int
renameat(int old_fd, const char *old_path, int new_fd, const char *new_path)
{
	char old_joined[2 * PATH_BYTES];
	char new_joined[2 * PATH_BYTES];
	const char *old_name = join(old_fd, old_path, old_joined);
	const char *new_name = old_name == NULL ? NULL : join(new_fd, new_path, new_joined);

	return new_name == NULL ? -1 : rename(old_name, new_name);
}
