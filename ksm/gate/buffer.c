/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* buffer.c: doubling in the arena; what is small and outgrown stays there until the end. */
#include "buffer.h"

#include <string.h>

#define CAPACITY_MIN ((size_t)256)

/* From here on they grow by a half: what is large grows where it is. */
#define CAPACITY_LARGE ((size_t)256 * 1024)

static void
reserve(struct buffer *b, size_t length)
{
	size_t capacity = b->capacity == 0 ? CAPACITY_MIN : b->capacity;

	while (capacity - b->size <= length) {
		capacity = capacity < CAPACITY_LARGE ? capacity * 2 : capacity / 2 * 3;
	}
	if (capacity == b->capacity) {
		return;
	}
	b->bytes = arena_resize(b->arena, b->bytes, b->capacity, capacity);
	b->capacity = capacity;
}

void
buffer_init(struct buffer *b, struct arena *a)
{
	*b = (struct buffer){.arena = a};
}

void
buffer_reserve(struct buffer *b, size_t length)
{
	if (b->capacity - b->size <= length) {
		b->bytes = arena_resize(b->arena, b->bytes, b->capacity, b->size + length + 1);
		b->capacity = b->size + length + 1;
	}
}

void
buffer_add(struct buffer *b, const char *bytes, size_t length)
{
	if (b->capacity - b->size <= length) {
		reserve(b, length);
	}
	if (length > 0) {
		(void)memcpy(b->bytes + b->size, bytes, length);
	}
	b->size += length;
	b->bytes[b->size] = '\0';
}

void
buffer_drop(struct buffer *b)
{
	arena_drop(b->arena, b->bytes, b->capacity);
	buffer_init(b, b->arena);
}

void
buffer_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void
buffer_repeat(struct buffer *b, char c, size_t count)
{
	reserve(b, count);
	(void)memset(b->bytes + b->size, c, count);
	b->size += count;
	b->bytes[b->size] = '\0';
}

void
buffer_trim(struct buffer *b)
{
	while (b->size > 0 && (b->bytes[b->size - 1] == ' ' || b->bytes[b->size - 1] == '\t')) {
		b->size--;
		b->bytes[b->size] = '\0';
	}
}
