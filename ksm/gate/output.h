/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* output.h: files that gate writes: whole, or not at all. */
#ifndef GATE_OUTPUT_H
#define GATE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
