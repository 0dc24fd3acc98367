/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* newlib's calls on descriptors: whatever is behind one, its kind does the work. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "lock.h"

#define BLOCK_BYTES 1024 /* what stdio has as a buffer */

static void
stream_lock(struct stream *stream)
{
	if (!stream->kind->has_own_lock) {
		glue_lock_acquire(&stream->lock);
	}
}

/* Unlocks it, gives it back, and says how it went: `value`, or errno. */
static ssize_t
finish(struct stream *stream, int error, ssize_t value)
{
	if (!stream->kind->has_own_lock) {
		glue_lock_release(&stream->lock);
	}
	glue_stream_give(stream);
	return error == 0 ? value : glue_failed(error);
}

static bool
can(const struct stream *stream, int unwanted)
{
	return (stream->flags & O_ACCMODE) != unwanted;
}

int
_write(int fd, const void *data, size_t bytes)
{
	struct stream *stream = glue_descriptor_take(fd);
	size_t done = 0;
	int error = EBADF;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	if (bytes > INT_MAX) {
		error = EINVAL;
	} else if (stream->kind->write != NULL && can(stream, O_RDONLY)) {
		error = stream->kind->write(stream, data, bytes, &done);
	}
	return (int)finish(stream, error, (ssize_t)done);
}

int
_read(int fd, void *data, size_t capacity)
{
	struct stream *stream = glue_descriptor_take(fd);
	size_t done = 0;
	int error = EBADF;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	if (capacity > INT_MAX) {
		error = EINVAL;
	} else if (stream->kind->read != NULL && can(stream, O_WRONLY)) {
		error = stream->kind->read(stream, data, capacity, &done);
	}
	return (int)finish(stream, error, (ssize_t)done);
}

int
_fstat(int fd, struct stat *status)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	memset(status, 0, sizeof(*status));
	status->st_blksize = BLOCK_BYTES;
	status->st_nlink = 1;
	return (int)finish(stream, stream->kind->status(stream, status), 0);
}

int
_isatty(int fd)
{
	struct stream *stream = glue_descriptor_take(fd);
	bool is_terminal = stream != NULL && stream->kind->is_terminal;

	errno = stream == NULL ? EBADF : is_terminal ? errno : ENOTTY;
	if (stream != NULL) {
		glue_stream_give(stream);
	}
	return is_terminal;
}

off_t
_lseek(int fd, off_t offset, int whence)
{
	struct stream *stream = glue_descriptor_take(fd);
	int64_t at = 0;
	int error = ESPIPE;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	if (stream->kind->seek != NULL) {
		error = stream->kind->seek(stream, offset, whence, &at);
	}
	if (error == 0 && (off_t)at != at) {
		error = EOVERFLOW;
	}
	return (off_t)finish(stream, error, (ssize_t)at);
}

int
_close(int fd)
{
	return glue_descriptor_remove(fd) ? 0 : glue_failed(EBADF);
}

int
ftruncate(int fd, off_t bytes)
{
	struct stream *stream = glue_descriptor_take(fd);
	int error = EINVAL;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	if (bytes >= 0 && stream->kind->resize != NULL && can(stream, O_RDONLY)) {
		error = stream->kind->resize(stream, (uint64_t)bytes);
	}
	return (int)finish(stream, error, 0);
}

/* Nothing is written later than it was said to be. */
int
fsync(int fd)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	bool is_file = stream->kind->seek != NULL;
	glue_stream_give(stream);
	return is_file ? 0 : glue_failed(EINVAL);
}

int
fdatasync(int fd)
{
	return fsync(fd);
}

/* --- at an offset, which stays where it was ------------------------------------------------- */

static int
move_to(struct stream *stream, int64_t wanted, int whence, int64_t *at)
{
	return stream->kind->seek == NULL ? ESPIPE : stream->kind->seek(stream, wanted, whence, at);
}

/* Takes a stream for an access elsewhere than at its place, which *before becomes. forbidden: the
 * mode that does not allow it. Returns the error. */
static int
place_begin(struct stream *stream, off_t offset, int forbidden, int64_t *before)
{
	int64_t at;
	int error = offset < 0 ? EINVAL : move_to(stream, 0, SEEK_CUR, before);

	if (error == 0 && !can(stream, forbidden)) {
		error = EBADF;
	}
	return error != 0 ? error : move_to(stream, offset, SEEK_SET, &at);
}

ssize_t
pread(int fd, void *data, size_t capacity, off_t offset)
{
	struct stream *stream = glue_descriptor_take(fd);
	int64_t before;
	size_t done = 0;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	int error = place_begin(stream, offset, O_WRONLY, &before);
	if (error == 0) {
		error = stream->kind->read(stream, data, capacity, &done);
		(void)move_to(stream, before, SEEK_SET, &before);
	}
	return finish(stream, error, (ssize_t)done);
}

ssize_t
pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
	struct stream *stream = glue_descriptor_take(fd);
	int64_t before;
	size_t done = 0;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	stream_lock(stream);
	int error = place_begin(stream, offset, O_RDONLY, &before);
	if (error == 0) {
		error = stream->kind->write(stream, data, bytes, &done);
		(void)move_to(stream, before, SEEK_SET, &before);
	}
	return finish(stream, error, (ssize_t)done);
}
