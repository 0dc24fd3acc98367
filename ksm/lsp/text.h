/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* text.h: positions in a text as editors count them, and texts as JSON. */
#ifndef LSP_TEXT_H
#define LSP_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct buffer;

/* From 0; character counts units of UTF-16. */
struct text_position {
	uint32_t line;
	uint32_t character;
};

/* Returns the position of a byte; one inside a character counts as behind it. */
struct text_position text_position(const char *text, size_t size, size_t offset);

/*
 * Returns the offset of a position: behind the end of a line is its end, behind the last line is
 * the end of the text, inside a pair of surrogates is before it.
 */
size_t text_offset(const char *text, size_t size, struct text_position at);

/* Appends `"key":`, with a comma before it unless it is the first of its object. */
void text_key(struct buffer *b, const char *key);

/* Appends length bytes as a text of JSON; what is no UTF-8 becomes U+FFFD. */
void text_json(struct buffer *b, const char *bytes, size_t length);

/* Appends a number. */
void text_number(struct buffer *b, uint64_t number);

/* Appends the range of length bytes from offset on. */
void text_range(struct buffer *b, const char *text, size_t size, size_t offset, size_t length);

#endif
