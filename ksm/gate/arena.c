/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* arena.c: blocks that double in size; the newest one is filled, older ones are only kept. */
#include "arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE_MIN ((size_t)64 * 1024)
#define ALIGNMENT      (sizeof(union arena_unit))

/* What every type on a host can be aligned to. */
union arena_unit {
	long double real;
	long long whole;
	void *pointer;
};

struct arena_block {
	struct arena_block *older;
	size_t size; /* of data, in bytes */
	union arena_unit data[];
};

static _Noreturn void
arena_exhausted(const struct arena *a)
{
	(void)fprintf(stderr, "gate: no memory left after %zu bytes\n", a->total_bytes);
	exit(2);
}

static struct arena_block *
block_add(struct arena *a, size_t size_min)
{
	size_t size = a->blocks == NULL ? BLOCK_SIZE_MIN : a->blocks->size * 2;
	struct arena_block *block;

	if (size < size_min) {
		size = size_min;
	}
	block = malloc(sizeof(*block) + size);
	if (block == NULL) {
		arena_exhausted(a);
	}
	block->older = a->blocks;
	block->size = size;
	a->blocks = block;
	a->used = 0;
	return block;
}

void
arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

void
arena_release(struct arena *a)
{
	while (a->blocks != NULL) {
		struct arena_block *older = a->blocks->older;

		free(a->blocks);
		a->blocks = older;
	}
	arena_init(a);
}

/* Of nothing, too, each piece is another. */
static size_t
rounded_up(size_t size)
{
	return size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void
arena_reset(struct arena *a)
{
	if (a->blocks == NULL || a->blocks->older != NULL) {
		arena_release(a);
	}
	a->used = 0;
	a->total_bytes = 0;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	size_t rounded;
	char *bytes;

	if (size > SIZE_MAX / 4) {
		(void)fprintf(stderr, "gate: no memory for %zu bytes at once\n", size);
		exit(2);
	}
	rounded = rounded_up(size);
	if (a->blocks == NULL || a->blocks->size - a->used < rounded) {
		(void)block_add(a, rounded);
	}
	bytes = (char *)a->blocks->data + a->used;
	a->used += rounded;
	a->total_bytes += rounded;
	return memset(bytes, 0, size);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total)) {
		total = SIZE_MAX;
	}
	return arena_alloc(a, total);
}

/* The newest block, if these bytes are all of it. */
static bool
is_alone(const struct arena *a, const void *bytes, size_t size)
{
	return a->blocks != NULL && bytes == a->blocks->data && a->used == rounded_up(size);
}

void *
arena_resize(struct arena *a, void *bytes, size_t size, size_t wanted)
{
	struct arena_block *block = a->blocks;
	size_t rounded = rounded_up(wanted);
	char *moved;

	if (is_alone(a, bytes, size) && wanted <= SIZE_MAX / 4) {
		if (block->size < rounded) {
			block = realloc(block, sizeof(*block) + rounded);
			if (block == NULL) {
				arena_exhausted(a);
			}
			block->size = rounded;
			a->blocks = block;
		}
		a->total_bytes += rounded - a->used;
		a->used = rounded;
		memset((char *)block->data + size, 0, wanted - size);
		return block->data;
	}
	moved = arena_alloc(a, wanted);
	if (size != 0) {
		memcpy(moved, bytes, size);
	}
	return moved;
}

char *
arena_copy(struct arena *a, const char *bytes, size_t length)
{
	char *copy = arena_alloc(a, length + 1);

	if (length > 0) {
		(void)memcpy(copy, bytes, length);
	}
	return copy;
}

char *
arena_format(struct arena *a, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = arena_vformat(a, format, arguments);
	va_end(arguments);
	return text;
}

char *
arena_vformat(struct arena *a, const char *format, va_list arguments)
{
	va_list again;
	int length;
	char *text;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length < 0) {
		return arena_copy(a, "", 0);
	}
	text = arena_alloc(a, (size_t)length + 1);
	(void)vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}
