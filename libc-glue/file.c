/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* newlib's file calls: the three standard streams, and the honest absence of any other file. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "console.h"

static int
failed(int error)
{
	errno = error;
	return -1;
}

static int
is_stream(int fd)
{
	return fd >= STDIN_FILENO && fd <= STDERR_FILENO;
}

int
_write(int fd, const void *data, size_t bytes)
{
	if (fd != STDOUT_FILENO && fd != STDERR_FILENO) {
		return failed(EBADF);
	}
	int error = glue_console_write(data, bytes);
	return error == 0 ? (int)bytes : failed(error);
}

int
_read(int fd, void *data, size_t capacity)
{
	if (fd != STDIN_FILENO) {
		return failed(EBADF);
	}
	int error;
	size_t bytes = glue_console_read(data, capacity, &error);
	return error == 0 ? (int)bytes : failed(error);
}

int
_fstat(int fd, struct stat *status)
{
	if (!is_stream(fd)) {
		return failed(EBADF);
	}
	memset(status, 0, sizeof(*status));
	status->st_mode = S_IFCHR | S_IRUSR | S_IWUSR;
	return 0;
}

int
_isatty(int fd)
{
	if (is_stream(fd)) {
		return 1;
	}
	errno = EBADF;
	return 0;
}

off_t
_lseek(int fd, off_t offset, int whence)
{
	(void)offset;
	(void)whence;
	return failed(is_stream(fd) ? ESPIPE : EBADF);
}

int
_close(int fd)
{
	return is_stream(fd) ? 0 : failed(EBADF);
}

/* There is no file service in this version. */
int
_open(const char *path, int flags, ...)
{
	(void)path;
	(void)flags;
	return failed(ENOSYS);
}
