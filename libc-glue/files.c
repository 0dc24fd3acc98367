/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files of services as streams: bulk data goes by leases, in pieces. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "deadline.h"
#include "gen/files/file.h"
#include "gen/files/fileservice.h"
#include "lock.h"

#define PIECE_BYTES 65536u /* that one message lends */
#define NS_PER_S    UINT64_C(1000000000)

struct file {
	struct stream stream;
	const struct mount *mount;
	uint32_t handle;
	uint64_t at;
	bool is_lost; /* its server is another one by now, which does not know it */
};

/* --- errors --------------------------------------------------------------------------------- */

static int
kernel_errno(uint32_t status)
{
	switch (status) {
	case E_OK:
		return 0;
	case E_DENIED:
		return EACCES;
	case E_MEMORY:
	case E_LIMIT:
		return ENFILE;
	case E_LEASE:
		return EFAULT;
	case E_ARGUMENT:
		return EINVAL;
	default:
		return EIO; /* there is no server, or it died */
	}
}

int
glue_service_errno(uint32_t status)
{
	switch (status) {
	case FILESERVICE_ERROR_ABSENT:
		return ENOENT;
	case FILESERVICE_ERROR_NAME:
		return EINVAL;
	case FILESERVICE_ERROR_PLAIN:
		return ENOTDIR;
	case FILESERVICE_ERROR_FOLDER:
		return EISDIR;
	case FILESERVICE_ERROR_FIXED:
		return EROFS;
	case FILESERVICE_ERROR_BUSY:
		return EBUSY;
	case FILESERVICE_ERROR_FILLED:
		return ENOTEMPTY;
	case FILESERVICE_ERROR_EXISTS:
		return EEXIST;
	case FILESERVICE_ERROR_FULL:
		return ENOSPC;
	case FILESERVICE_ERROR_MANY:
		return ENFILE;
	default:
		return kernel_errno(status);
	}
}

int
glue_file_errno(uint32_t status)
{
	switch (status) {
	case FILE_ERROR_CLOSED:
		return EIO;
	case FILE_ERROR_ACCESS:
		return EBADF;
	case FILE_ERROR_LEASE:
		return EFAULT;
	case FILE_ERROR_FIXED:
		return EROFS;
	case FILE_ERROR_FULL:
		return ENOSPC;
	case FILE_ERROR_RANGE:
		return EFBIG;
	case FILE_ERROR_ABSENT:
		return ENOENT;
	case FILE_ERROR_NAME:
		return EINVAL;
	case FILE_ERROR_PLAIN:
		return ENOTDIR;
	case FILE_ERROR_FOLDER:
		return EISDIR;
	case FILE_ERROR_BUSY:
		return EINVAL;
	case FILE_ERROR_FILLED:
		return ENOTEMPTY;
	case FILE_ERROR_EXISTS:
		return EEXIST;
	default:
		return kernel_errno(status);
	}
}

/* What a file's capability says once: it belonged to a server that is no more. Whatever has its
 * number now is another file. */
static int
check_lost(struct file *file, uint32_t status)
{
	if (status == E_RESTARTED || status == E_DIED || status == E_HANDLE) {
		file->is_lost = true;
	}
	return glue_file_errno(status);
}

/* --- a file as a stream --------------------------------------------------------------------- */

static int
file_read(struct stream *stream, void *data, size_t capacity, size_t *done)
{
	struct file *file = (struct file *)stream;
	uint32_t count = 1;

	if (file->is_lost) {
		return EIO;
	}
	while (*done < capacity && count > 0) {
		size_t left = capacity - *done;
		uint32_t piece = left < PIECE_BYTES ? (uint32_t)left : PIECE_BYTES;
		uint32_t status =
			file_get(file->handle, file->at, (uint8_t *)data + *done, piece, &count);

		if (status != E_OK) {
			return *done > 0 ? 0 : check_lost(file, status);
		}
		if (count > piece) {
			return EIO;
		}
		file->at += count;
		*done += count;
		if (count < piece) {
			break;
		}
	}
	return 0;
}

static int
file_write(struct stream *stream, const void *data, size_t bytes, size_t *done)
{
	struct file *file = (struct file *)stream;

	if (file->is_lost) {
		return EIO;
	}
	while (*done < bytes) {
		size_t left = bytes - *done;
		uint32_t piece = left < PIECE_BYTES ? (uint32_t)left : PIECE_BYTES;
		uint64_t end = 0;
		uint32_t count = 0;
		uint32_t status = file_put(
			file->handle, file->at, (const uint8_t *)data + *done, piece, &count, &end);

		if (status != E_OK) {
			return *done > 0 ? 0 : check_lost(file, status);
		}
		if (count > piece) {
			return EIO;
		}
		file->at = end;
		*done += count;
		if (count < piece) {
			break;
		}
	}
	return 0;
}

static int
file_size(struct file *file, uint64_t *size)
{
	if (file->is_lost) {
		return EIO;
	}
	return check_lost(file, file_info(file->handle, size, NULL, NULL, NULL));
}

static int
file_seek(struct stream *stream, int64_t wanted, int whence, int64_t *at)
{
	struct file *file = (struct file *)stream;
	uint64_t from = 0;
	int error = 0;

	if (whence == SEEK_CUR) {
		from = file->at;
	} else if (whence == SEEK_END) {
		error = file_size(file, &from);
	} else if (whence != SEEK_SET) {
		error = EINVAL;
	}
	if (error == 0 && __builtin_add_overflow((int64_t)from, wanted, at)) {
		error = EOVERFLOW;
	}
	if (error == 0 && *at < 0) {
		error = EINVAL;
	}
	if (error == 0) {
		file->at = (uint64_t)*at;
	}
	return error;
}

void
glue_status_fill(struct stat *status, const struct place *place, uint32_t kind, uint32_t number,
	uint64_t size, uint64_t changed_ns)
{
	static const mode_t modes[] = {
		[FILESERVICE_KIND_PLAIN] = S_IFREG | 0666,
		[FILESERVICE_KIND_FOLDER] = S_IFDIR | 0777,
		[FILESERVICE_KIND_SPECIAL] = S_IFCHR | 0666,
	};
	uint64_t time_ns = glue_clock_ahead_ns(CLOCK_REALTIME) + changed_ns;
	struct timespec time = {
		.tv_sec = (time_t)(time_ns / NS_PER_S), .tv_nsec = (long)(time_ns % NS_PER_S)};

	status->st_mode = kind < sizeof(modes) / sizeof(modes[0]) ? modes[kind] : S_IFREG;
	status->st_dev = place->mount == NULL ? 0 : (dev_t)place->mount->handle;
	status->st_ino = (ino_t)number;
	status->st_size = (off_t)size;
	status->st_blocks = (blkcnt_t)((size + 511) / 512);
	status->st_nlink = 1;
	status->st_mtim = time;
	status->st_ctim = time;
	status->st_atim = time;
}

static int
file_status(struct stream *stream, struct stat *status)
{
	struct file *file = (struct file *)stream;
	struct place place = {.mount = file->mount};
	enum file_kind kind = FILE_KIND_PLAIN;
	uint64_t changed_ns = 0;
	uint32_t number = 0;
	uint64_t size = 0;

	if (file->is_lost) {
		return EIO;
	}
	int error = check_lost(file, file_info(file->handle, &size, &changed_ns, &number, &kind));
	if (error == 0) {
		glue_status_fill(status, &place, kind, number, size, changed_ns);
	}
	return error;
}

static int
file_set_size(struct stream *stream, uint64_t bytes)
{
	struct file *file = (struct file *)stream;

	return file->is_lost ? EIO : check_lost(file, file_resize(file->handle, bytes));
}

static void
file_end(struct stream *stream)
{
	struct file *file = (struct file *)stream;

	/* The server takes the capability back. */
	if (!file->is_lost) {
		(void)file_close(file->handle);
	}
	free(file);
}

static const struct stream_kind file_kind_plain = {
	.read = file_read,
	.write = file_write,
	.seek = file_seek,
	.status = file_status,
	.resize = file_set_size,
	.close = file_end,
};

/* --- open ----------------------------------------------------------------------------------- */

static uint32_t
call_open(const struct place *place, int flags, uint32_t *handle)
{
	static const enum fileservice_access accesses[] = {
		[O_RDONLY] = FILESERVICE_ACCESS_READ,
		[O_WRONLY] = FILESERVICE_ACCESS_WRITE,
		[O_RDWR] = FILESERVICE_ACCESS_BOTH,
	};
	enum fileservice_how how = FILESERVICE_HOW_PRESENT;
	uint32_t status = E_OK;

	if (flags & O_CREAT) {
		how = flags & O_EXCL ? FILESERVICE_HOW_FRESH : FILESERVICE_HOW_CREATE;
	}
	glue_retry(status, fileservice_open(place->mount->handle, accesses[flags & O_ACCMODE], how,
				   (flags & O_TRUNC) != 0, (flags & O_APPEND) != 0, place->name,
				   place->name_bytes, handle, NULL, NULL, NULL));
	return status;
}

int
glue_file_open(const struct place *place, int flags, struct stream **stream)
{
	if ((flags & O_ACCMODE) == O_ACCMODE) {
		return EINVAL;
	}
	if (place->mount == NULL || (flags & O_DIRECTORY) != 0 || place->must_be_folder) {
		return glue_folder_open(place, flags, stream);
	}
	struct file *file = calloc(1, sizeof(*file));
	if (file == NULL) {
		return ENOMEM;
	}
	int error = glue_service_errno(call_open(place, flags, &file->handle));
	if (error != 0) {
		free(file);
		return error == EISDIR ? glue_folder_open(place, flags, stream) : error;
	}
	file->stream = (struct stream){
		.kind = &file_kind_plain, .references = 1, .lock = LOCK_NORMAL, .flags = flags};
	file->mount = place->mount;
	*stream = &file->stream;
	return 0;
}

const struct mount *
glue_stream_mount(const struct stream *stream)
{
	return stream->kind == &file_kind_plain ? ((const struct file *)stream)->mount
						: glue_folder_mount(stream);
}
