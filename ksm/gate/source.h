/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* source.h: the files of one compilation and positions in them. */
#ifndef GATE_SOURCE_H
#define GATE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct compile;

/* The largest input file that is read. */
#define SOURCE_SIZE_MAX ((size_t)16 * 1024 * 1024)

/*
 * A piece of one file. line and col count from 1, col in bytes. A span with line 0 is no place
 * in particular (a whole file, if file is valid).
 */
struct span {
	uint32_t file;   /* id of a struct source */
	uint32_t offset; /* of the first byte */
	uint32_t length; /* in bytes; may reach over lines */
	uint32_t line;
	uint32_t col;
};

struct source {
	uint32_t id;      /* its number in the compilation, from 0 */
	const char *path; /* as the user wrote it; "<stdin>" for the standard input */
	const char *text; /* size bytes and a NUL; the bytes may hold NULs */
	size_t size;
	struct source *next;
};

/* Texts that stand for files of the same path: what an editor holds. */
struct source_overlay {
	/* Returns the text and its size, or NULL: the file counts. */
	const char *(*text)(void *data, const char *path, size_t *size);
	void *data;
};

/*
 * Reads the file at path into the compilation; "-" is the standard input. Errors: NULL after a
 * diagnostic [G1] when it cannot be read or has more than SOURCE_SIZE_MAX bytes.
 */
struct source *source_read(struct compile *c, const char *path);

/* Returns whether there is such a file that can be read, or a text that stands for it. */
bool source_exists(const struct compile *c, const char *path);

/* Adds size bytes of text under the name path; both are copied. Requires: size is at most the max.
 */
struct source *source_add(struct compile *c, const char *path, const char *text, size_t size);

/* Returns the source with that id. Requires: it exists. */
struct source *source_find(const struct compile *c, uint32_t id);

/* Returns the span from the first byte of a to the last byte of b. Requires: one file, a before b.
 */
struct span span_join(struct span a, struct span b);

/* Returns the empty span behind the last byte of a; exact as long as a lies on one line. */
struct span span_after(struct span a);

/* Returns the span that stands for the whole file. */
struct span span_of_file(const struct source *s);

#endif
