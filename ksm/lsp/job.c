/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* job.c: work in a process of its own. */
#include "job.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ksm/gate/buffer.h"

#define PIECE_BYTES ((size_t)64 * 1024)

static bool
bytes_write(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t done = write(fd, bytes, size);

		if (done < 0 && errno != EINTR) {
			return false;
		}
		bytes += done < 0 ? 0 : done;
		size -= done < 0 ? 0 : (size_t)done;
	}
	return true;
}

static _Noreturn void
child_run(void (*work)(void *data, struct buffer *out), void *data, int fd)
{
	const struct rlimit seconds = {JOB_SECONDS_MAX, JOB_SECONDS_MAX};
	struct arena arena = {0};
	struct buffer out;

	(void)setrlimit(RLIMIT_CPU, &seconds);
	buffer_init(&out, &arena);
	work(data, &out);
	_exit(bytes_write(fd, out.bytes, out.size) ? 0 : 1);
}

/* Returns false if there is too much of it. */
static bool
all_read(int fd, struct buffer *result)
{
	size_t first = result->size;
	ssize_t got = 1;

	while (got != 0 && result->size - first <= JOB_BYTES_MAX) {
		buffer_reserve(result, PIECE_BYTES);
		got = read(fd, result->bytes + result->size, PIECE_BYTES);
		if (got < 0 && errno != EINTR) {
			return false;
		}
		result->size += got > 0 ? (size_t)got : 0;
		got = got < 0 ? 1 : got;
	}
	result->bytes[result->size] = '\0';
	return got == 0;
}

bool
job_run(void (*work)(void *data, struct buffer *out), void *data, struct buffer *result)
{
	size_t before = result->size;
	int status = -1;
	bool is_whole;
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0) {
		return false;
	}
	child = fork();
	if (child == 0) {
		(void)close(ends[0]);
		child_run(work, data, ends[1]);
	}
	(void)close(ends[1]);
	is_whole = child > 0 && all_read(ends[0], result);
	(void)close(ends[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	if (!is_whole || status != 0) {
		result->size = before;
		return false;
	}
	return true;
}
