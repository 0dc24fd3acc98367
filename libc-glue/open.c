/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How descriptors come to be: open and its kin, dup, fcntl. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "descriptor.h"
#include "files.h"
#include "lock.h"
#include "words.h"

/* Who can open files can also be told to begin with some (spawned.c). */
extern void (*const glue_open_wants)(void);
void (*const glue_open_wants)(void) = glue_words_obey;

/* The flags that F_SETFL may change. */
#define FLAGS_CHANGING (O_NONBLOCK)

/* What newlib's reentrant calls come to. */
int _fcntl(int fd, int command, int argument);

/* The console is no file of any service; its names are POSIX's. */
static bool
is_terminal(const char *path)
{
	return strcmp(path, "/dev/tty") == 0 || strcmp(path, "/dev/console") == 0;
}

static int
add(struct stream *stream, int flags)
{
	int fd = glue_descriptor_add(stream, 0, (flags & O_CLOEXEC) != 0);

	if (fd < 0) {
		glue_stream_give(stream);
		return glue_failed(-fd);
	}
	return fd;
}

/* The mode says nothing here: who may do what is in the policy. */
int
_open(const char *path, int flags, ...)
{
	struct stream *stream;
	struct place place;

	if (is_terminal(path) && glue_console_is_there()) {
		return flags & O_EXCL ? glue_failed(EEXIST) : add(glue_console_open(), flags);
	}
	int error = glue_place_find(path, &place);
	if (error == 0) {
		error = glue_file_open(&place, flags, &stream);
	}
	return error == 0 ? add(stream, flags) : glue_failed(error);
}

int
creat(const char *path, mode_t mode)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int
dup(int fd)
{
	return fcntl(fd, F_DUPFD, 0);
}

int
dup2(int fd, int wanted)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL || wanted < 0 || wanted >= glue_descriptor_limit()) {
		if (stream != NULL) {
			glue_stream_give(stream);
		}
		return glue_failed(EBADF);
	}
	if (fd == wanted) {
		glue_stream_give(stream);
	} else {
		glue_descriptor_replace(wanted, stream);
	}
	return wanted;
}

static int
duplicate(struct stream *stream, int least, bool is_closed_on_exec)
{
	if (least < 0 || least >= glue_descriptor_limit()) {
		glue_stream_give(stream);
		return glue_failed(EINVAL);
	}
	int fd = glue_descriptor_add(stream, least, is_closed_on_exec);
	if (fd < 0) {
		glue_stream_give(stream);
		return glue_failed(-fd);
	}
	return fd;
}

static int
change_flags(struct stream *stream, int flags)
{
	glue_lock_acquire(&stream->lock);
	stream->flags = (stream->flags & ~FLAGS_CHANGING) | (flags & FLAGS_CHANGING);
	glue_lock_release(&stream->lock);
	return 0;
}

/* newlib's own says that there is none. */
int
fcntl(int fd, int command, ...)
{
	va_list arguments;

	va_start(arguments, command);
	int argument = va_arg(arguments, int);
	va_end(arguments);
	return _fcntl(fd, command, argument);
}

int
_fcntl(int fd, int command, int argument)
{
	struct stream *stream = glue_descriptor_take(fd);
	int value = -1;

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return duplicate(stream, argument, command == F_DUPFD_CLOEXEC);
	case F_GETFD:
		value = *glue_descriptor_flag(fd) ? FD_CLOEXEC : 0;
		break;
	case F_SETFD:
		*glue_descriptor_flag(fd) = (argument & FD_CLOEXEC) != 0;
		value = 0;
		break;
	case F_GETFL:
		value = stream->flags & ~(O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC | O_DIRECTORY);
		break;
	case F_SETFL:
		value = change_flags(stream, argument);
		break;
	default: /* locks of records: no server has them */
		errno = EINVAL;
		break;
	}
	glue_stream_give(stream);
	return value;
}
