/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Descriptors: small numbers for streams. The first three stand for the console at the start. */
#include "descriptor.h"

#include <errno.h>
#include <fcntl.h>

#include "console.h"
#include "gatehouse/process.h"
#include "lock.h"

#define DESCRIPTORS_DEFAULT 32

static struct stream terminal = {
	.kind = &glue_console_kind, .references = 3, .lock = LOCK_NORMAL, .flags = O_RDWR};

static uint32_t table_lock;
static struct {
	struct stream *stream;
	bool is_closed_on_exec;
} table[DESCRIPTORS_MAX] = {{.stream = &terminal}, {.stream = &terminal}, {.stream = &terminal}};

int
glue_failed(int error)
{
	errno = error;
	return -1;
}

int
glue_descriptor_limit(void)
{
	static int limit;

	if (limit == 0) {
		uint64_t wanted = process_number("descriptors", DESCRIPTORS_DEFAULT);
		limit = wanted > DESCRIPTORS_MAX ? DESCRIPTORS_MAX : (int)wanted;
	}
	return limit;
}

int
glue_descriptor_add(struct stream *stream, int least, bool is_closed_on_exec)
{
	int limit = glue_descriptor_limit();
	int found = -EMFILE;

	glue_lock_acquire(&table_lock);
	for (int fd = least; fd < limit && found < 0; fd++) {
		if (table[fd].stream == NULL) {
			table[fd].stream = stream;
			table[fd].is_closed_on_exec = is_closed_on_exec;
			found = fd;
		}
	}
	glue_lock_release(&table_lock);
	return found;
}

struct stream *
glue_descriptor_take(int fd)
{
	struct stream *stream = NULL;

	if (fd < 0 || fd >= DESCRIPTORS_MAX) {
		return NULL;
	}
	glue_lock_acquire(&table_lock);
	stream = table[fd].stream;
	if (stream != NULL) {
		stream->references++;
	}
	glue_lock_release(&table_lock);
	return stream;
}

void
glue_stream_give(struct stream *stream)
{
	glue_lock_acquire(&table_lock);
	uint32_t left = --stream->references;
	glue_lock_release(&table_lock);
	/* Nobody can find it any more. */
	if (left == 0 && stream->kind->close != NULL) {
		stream->kind->close(stream);
	}
}

bool
glue_descriptor_remove(int fd)
{
	struct stream *stream;

	if (fd < 0 || fd >= DESCRIPTORS_MAX) {
		return false;
	}
	glue_lock_acquire(&table_lock);
	stream = table[fd].stream;
	table[fd].stream = NULL;
	glue_lock_release(&table_lock);
	if (stream != NULL) {
		glue_stream_give(stream);
	}
	return stream != NULL;
}

void
glue_descriptor_replace(int fd, struct stream *stream)
{
	struct stream *old;

	glue_lock_acquire(&table_lock);
	old = table[fd].stream;
	table[fd].stream = stream;
	table[fd].is_closed_on_exec = false;
	glue_lock_release(&table_lock);
	if (old != NULL) {
		glue_stream_give(old);
	}
}

bool *
glue_descriptor_flag(int fd)
{
	return &table[fd].is_closed_on_exec;
}

struct stream *
glue_console_open(void)
{
	glue_lock_acquire(&table_lock);
	terminal.references++;
	glue_lock_release(&table_lock);
	return &terminal;
}
