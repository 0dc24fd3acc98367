/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Standard input and output as messages to a console server. */
#include "console.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "gatehouse/uses.h"
#include "lock.h"

/* Interface Console (servers/console/console.gate):
 *     write(data: text<960>)
 *     read() -> (line: text<255>) errors {busy, interrupted, end}
 * The glue is built before any deployment's stubs are, so it speaks the two methods itself. */
#define CONSOLE_WRITE           1
#define CONSOLE_READ            2
#define CONSOLE_WRITE_BYTES_MAX 960
#define CONSOLE_LINE_BYTES_MAX  255
#define CONSOLE_INTERRUPTED     2
#define CONSOLE_END             3

#define AT_END (-1) /* no error, and no line */

#define TRIES 3 /* E_RESTARTED comes once for each restart of the server */

/* Of the process; 0: none. A program without a handle of its own has what the system wired. */
static uint32_t
console_handle(void)
{
	static uint32_t found;
	static bool is_known;
	struct use use;

	if (gatehouse_console_handle != 0 || is_known) {
		return gatehouse_console_handle != 0 ? gatehouse_console_handle : found;
	}
	/* Every thread that comes here at once finds the same. */
	found = uses_of("servers.console.Console", &use) ? use.handle : 0;
	__atomic_store_n(&is_known, true, __ATOMIC_RELEASE);
	return found;
}

bool
glue_console_is_there(void)
{
	return console_handle() != 0;
}

/* A line of which the program has read only a part so far. */
static struct {
	uint32_t lock;
	size_t start;
	size_t end;
	char bytes[CONSOLE_LINE_BYTES_MAX + 1];
} line;

/* The errors of the interface, which are read's. */
static int
error_of(uint32_t answer)
{
	switch (answer) {
	case 0:
		return 0;
	case CONSOLE_INTERRUPTED:
		return EINTR;
	case CONSOLE_END:
		return AT_END;
	default:
		return EIO;
	}
}

/* A call without an answer leaves nothing of its message, so each try has it written anew. */
static int
console_call(uint32_t method, const void *data, size_t bytes, struct message *message)
{
	for (int i = 0; i < TRIES; i++) {
		memcpy(message->bytes, data, bytes);
		message->info = info_make(0, (uint32_t)bytes);
		uint32_t status = ipc_call(console_handle(), method, message);
		if (status == E_OK) {
			return error_of(info_method(message->info));
		}
		if (status != E_RESTARTED) {
			return status == E_DENIED ? EACCES : EIO;
		}
	}
	return EIO;
}

static int
console_write(struct stream *stream, const void *data, size_t bytes, size_t *done)
{
	const uint8_t *at = data;
	struct message message;

	(void)stream;
	while (*done < bytes && console_handle() != 0) {
		size_t left = bytes - *done;
		size_t part = left < CONSOLE_WRITE_BYTES_MAX ? left : CONSOLE_WRITE_BYTES_MAX;
		int error = console_call(CONSOLE_WRITE, at + *done, part, &message);
		if (error != 0) {
			return error;
		}
		*done += part;
	}
	*done = bytes;
	return 0;
}

static int
line_fetch(void)
{
	struct message message;

	int error = console_call(CONSOLE_READ, "", 0, &message);
	if (error != 0) {
		return error == AT_END ? 0 : error;
	}
	size_t bytes = info_length(message.info);
	if (bytes > CONSOLE_LINE_BYTES_MAX) {
		return EIO;
	}
	memcpy(line.bytes, message.bytes, bytes);
	line.bytes[bytes] = '\n';
	line.start = 0;
	line.end = bytes + 1;
	return 0;
}

static int
console_read(struct stream *stream, void *data, size_t capacity, size_t *done)
{
	int error = 0;

	(void)stream;
	if (console_handle() == 0 || capacity == 0) {
		return 0;
	}
	glue_lock_acquire(&line.lock);
	if (line.start == line.end) {
		error = line_fetch();
	}
	size_t part = line.end - line.start;
	if (part > capacity) {
		part = capacity;
	}
	memcpy(data, line.bytes + line.start, part);
	line.start += part;
	glue_lock_release(&line.lock);
	*done = part;
	return error;
}

static int
console_status(struct stream *stream, struct stat *status)
{
	(void)stream;
	status->st_mode = S_IFCHR | S_IRUSR | S_IWUSR;
	return 0;
}

/* Output does not wait for input: both have locks of their own, the server and `line`. */
const struct stream_kind glue_console_kind = {
	.read = console_read,
	.write = console_write,
	.status = console_status,
	.is_terminal = true,
	.has_own_lock = true,
};
