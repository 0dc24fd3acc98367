/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Texts for tests of gate's front end: read, parse, set in form, dump. */
#ifndef SUPPORT_GATE_TEXT_H
#define SUPPORT_GATE_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct gate_text {
	char *bytes; /* size bytes and a NUL; the caller frees them */
	size_t size;
};

/* Reads a file whole; its absence fails the test. */
struct gate_text gate_text_read(const char *path);

/* Parses a text. Returns the number of errors; keeps the first one's sentence and clause. */
struct gate_outcome {
	uint32_t error_count;
	char clause[8];
	char sentence[160];
};
struct gate_outcome gate_text_parse(const char *bytes, size_t size);

/* Returns the text in canonical form, or bytes = NULL if it does not parse. */
struct gate_text gate_text_format(const char *bytes, size_t size);

/* Returns the dump of the tree. */
struct gate_text gate_text_dump(const char *bytes, size_t size);

#endif
