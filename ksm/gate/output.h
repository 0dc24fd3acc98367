/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* output.h: files that gate writes: whole, or not at all. */
#ifndef GATE_OUTPUT_H
#define GATE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* One file to write; a list of them is written together. */
struct output {
	const char *path;
	const void *bytes;
	size_t size;
};

/*
 * Writes every file beside its place, then renames all of them. On an error says why on stderr,
 * takes away what it began, and returns false: no file has changed.
 */
bool output_write(const struct output *outputs, size_t count);

/* Text on its way to a file, or to stdout. */
struct output_text {
	const char *path; /* NULL: stdout */
	FILE *stream;     /* to write to */
	char *bytes;
	size_t size;
};

/* Returns false, after saying why on stderr, if there is no memory. */
bool output_text_begin(struct output_text *text, const char *path);

/* Ends what began. The file is written only if is_right; else it is as it was. Returns whether
 * all is right. */
bool output_text_end(struct output_text *text, bool is_right);

#endif
