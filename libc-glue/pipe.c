/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Pipes between the threads of a process. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "lock.h"
#include "park.h"
#include "ready.h"
#include "signals.h"

#define PIPE_BYTES PIPE_BUF

struct pipe;

struct end {
	struct stream stream;
	struct pipe *pipe;
};

struct pipe {
	struct end reader;
	struct end writer;
	uint32_t lock;
	uint32_t turn; /* changes with everything below */
	uint32_t ends; /* that are open: the pipe goes with the last */
	bool has_reader;
	bool has_writer;
	uint32_t start;
	uint32_t used;
	uint8_t bytes[PIPE_BYTES];
};

static struct pipe *
pipe_of(struct stream *stream)
{
	return ((struct end *)stream)->pipe;
}

static void
changed(struct pipe *pipe)
{
	__atomic_add_fetch(&pipe->turn, 1, __ATOMIC_ACQ_REL);
	glue_park_wake(&pipe->turn);
	glue_ready_changed();
}

/* Requires the lock; has it again when it returns. */
static void
wait_for_change(struct pipe *pipe)
{
	uint32_t turn = pipe->turn;

	glue_lock_release(&pipe->lock);
	glue_park_while(&pipe->turn, turn, PARK_FOREVER);
	glue_lock_acquire(&pipe->lock);
}

static void
copy_out(struct pipe *pipe, uint8_t *to, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		to[i] = pipe->bytes[(pipe->start + i) % PIPE_BYTES];
	}
	pipe->start = (pipe->start + count) % PIPE_BYTES;
	pipe->used -= count;
}

static void
copy_in(struct pipe *pipe, const uint8_t *from, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		pipe->bytes[(pipe->start + pipe->used + i) % PIPE_BYTES] = from[i];
	}
	pipe->used += count;
}

static int
pipe_read(struct stream *stream, void *data, size_t capacity, size_t *done)
{
	struct pipe *pipe = pipe_of(stream);
	int error = 0;

	glue_lock_acquire(&pipe->lock);
	while (pipe->used == 0 && pipe->has_writer && error == 0 && capacity > 0) {
		if ((stream->flags & O_NONBLOCK) != 0) {
			error = EAGAIN;
		} else {
			wait_for_change(pipe);
		}
	}
	if (error == 0 && pipe->used > 0 && capacity > 0) {
		*done = pipe->used < capacity ? pipe->used : capacity;
		copy_out(pipe, data, (uint32_t)*done);
		changed(pipe);
	}
	glue_lock_release(&pipe->lock);
	return error;
}

/* Whether as much fits as must go in at once: up to PIPE_BUF bytes are not torn. */
static bool
has_room(const struct pipe *pipe, size_t left)
{
	size_t room = PIPE_BYTES - pipe->used;

	return left <= PIPE_BUF ? room >= left : room > 0;
}

static int
pipe_write(struct stream *stream, const void *data, size_t bytes, size_t *done)
{
	struct pipe *pipe = pipe_of(stream);
	int error = 0;

	glue_lock_acquire(&pipe->lock);
	while (*done < bytes && error == 0) {
		size_t left = bytes - *done;

		if (!pipe->has_reader) {
			error = EPIPE;
		} else if (has_room(pipe, left)) {
			size_t room = PIPE_BYTES - pipe->used;
			uint32_t part = (uint32_t)(left < room ? left : room);

			copy_in(pipe, (const uint8_t *)data + *done, part);
			*done += part;
			changed(pipe);
		} else if ((stream->flags & O_NONBLOCK) != 0) {
			error = *done > 0 ? 0 : EAGAIN;
			break;
		} else {
			wait_for_change(pipe);
		}
	}
	glue_lock_release(&pipe->lock);
	if (error == EPIPE) {
		glue_signal_process(SIGPIPE);
	}
	return error;
}

static short
pipe_ready(struct stream *stream)
{
	struct pipe *pipe = pipe_of(stream);
	short ready = 0;

	glue_lock_acquire(&pipe->lock);
	if (stream == &pipe->reader.stream) {
		ready = (short)((pipe->used > 0 ? POLLIN : 0) | (pipe->has_writer ? 0 : POLLHUP));
	} else {
		ready = (short)((pipe->used < PIPE_BYTES ? POLLOUT : 0) |
				(pipe->has_reader ? 0 : POLLERR));
	}
	glue_lock_release(&pipe->lock);
	return ready;
}

static int
pipe_status(struct stream *stream, struct stat *status)
{
	status->st_mode = S_IFIFO | S_IRUSR | S_IWUSR;
	status->st_size = (off_t)pipe_of(stream)->used;
	return 0;
}

static void
pipe_close(struct stream *stream)
{
	struct pipe *pipe = pipe_of(stream);

	glue_lock_acquire(&pipe->lock);
	if (stream == &pipe->reader.stream) {
		pipe->has_reader = false;
	} else {
		pipe->has_writer = false;
	}
	uint32_t left = --pipe->ends;
	changed(pipe);
	glue_lock_release(&pipe->lock);
	if (left == 0) {
		free(pipe);
	}
}

static const struct stream_kind reader_kind = {
	.read = pipe_read,
	.status = pipe_status,
	.ready = pipe_ready,
	.close = pipe_close,
	.has_own_lock = true,
};
static const struct stream_kind writer_kind = {
	.write = pipe_write,
	.status = pipe_status,
	.ready = pipe_ready,
	.close = pipe_close,
	.has_own_lock = true,
};

static void
end_init(struct end *end, struct pipe *pipe, const struct stream_kind *kind, int flags)
{
	end->stream =
		(struct stream){.kind = kind, .references = 1, .lock = LOCK_NORMAL, .flags = flags};
	end->pipe = pipe;
}

int
pipe(int fds[2])
{
	struct pipe *pipe = calloc(1, sizeof(*pipe));

	if (pipe == NULL) {
		return glue_failed(ENOMEM);
	}
	pipe->ends = 2;
	pipe->has_reader = true;
	pipe->has_writer = true;
	end_init(&pipe->reader, pipe, &reader_kind, O_RDONLY);
	end_init(&pipe->writer, pipe, &writer_kind, O_WRONLY);
	int reader = glue_descriptor_add(&pipe->reader.stream, 0, false);
	int writer = reader < 0 ? reader : glue_descriptor_add(&pipe->writer.stream, 0, false);
	if (writer < 0) {
		glue_stream_give(&pipe->writer.stream);
		if (reader < 0) {
			glue_stream_give(&pipe->reader.stream);
		} else {
			glue_descriptor_remove(reader);
		}
		return glue_failed(-writer);
	}
	fds[0] = reader;
	fds[1] = writer;
	return 0;
}
