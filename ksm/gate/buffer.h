/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* buffer.h: a text that grows at its end. */
#ifndef GATE_BUFFER_H
#define GATE_BUFFER_H

#include <stddef.h>

#include "arena.h"

struct buffer {
	struct arena *arena;
	char *bytes; /* size bytes and a NUL, or NULL while empty */
	size_t size;
	size_t capacity;
};

/* Makes b empty; its bytes will live in a. */
void buffer_init(struct buffer *b, struct arena *a);

/* Makes room for length bytes more. */
void buffer_reserve(struct buffer *b, size_t length);

/* Makes it empty and gives its bytes back, if they are many. */
void buffer_drop(struct buffer *b);

/* Appends length bytes. */
void buffer_add(struct buffer *b, const char *bytes, size_t length);

/* Appends a text that ends with NUL. */
void buffer_text(struct buffer *b, const char *text);

/* Appends count times the same character. */
void buffer_repeat(struct buffer *b, char c, size_t count);

/* Takes blanks and tabs away from the end. */
void buffer_trim(struct buffer *b);

#endif
