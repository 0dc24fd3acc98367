/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Descriptors: small numbers for streams, which are whatever bytes come from or go to. */
#ifndef GLUE_DESCRIPTOR_H
#define GLUE_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stat;
struct stream;

#define DESCRIPTORS_MAX 64

/* What a kind of stream can do. Each returns 0 or an errno value. NULL: it cannot. The stream's
 * lock is held, but for `close`, which comes once, when nobody refers to the stream any more. */
struct stream_kind {
	int (*read)(struct stream *stream, void *data, size_t capacity, size_t *done);
	int (*write)(struct stream *stream, const void *data, size_t bytes, size_t *done);
	/* wanted: where to be, counted from whence. */
	int (*seek)(struct stream *stream, int64_t wanted, int whence, int64_t *at);
	int (*status)(struct stream *stream, struct stat *status);
	int (*resize)(struct stream *stream, uint64_t bytes);
	/* The POLL* bits of what could be done without waiting. */
	short (*ready)(struct stream *stream);
	void (*close)(struct stream *stream);
	bool is_terminal;
	bool has_own_lock; /* a read must not keep a write from happening */
};

/* What one `open` made; several descriptors may stand for it. Kinds put it at the start of theirs.
 */
struct stream {
	const struct stream_kind *kind;
	uint32_t references;
	uint32_t lock;
	int flags; /* O_: how it was opened, and what F_SETFL changed */
};

/* Gives a stream, with one reference, the lowest free number from `least` on. Returns it, or minus
 * an errno value: EMFILE. */
int glue_descriptor_add(struct stream *stream, int least, bool is_closed_on_exec);

/* The stream behind a descriptor with a reference to be given back, or NULL. */
struct stream *glue_descriptor_take(int fd);
void glue_stream_give(struct stream *stream);

/* Takes a descriptor away. Returns false: it is none. */
bool glue_descriptor_remove(int fd);

/* Makes `fd` stand for the stream, whatever it stood for; takes over the reference. Requires: fd is
 * below glue_descriptor_limit(). */
void glue_descriptor_replace(int fd, struct stream *stream);

/* Whether it closes when a program takes this one's place; of a descriptor that is one. */
bool *glue_descriptor_flag(int fd);

/* How many this process may have: attribute `descriptors`, at most DESCRIPTORS_MAX. */
int glue_descriptor_limit(void);

/* errno, and -1. */
int glue_failed(int error);

#endif
