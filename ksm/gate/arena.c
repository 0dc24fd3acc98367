/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* arena.c: blocks that double in size; the newest one is filled, older ones are only kept. Large
 * pieces have blocks of their own, which grow where they are. */
#include "arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE_MIN ((size_t)64 * 1024)
#define ALIGNMENT      (sizeof(union arena_unit))
#define LARGE_MIN      ((size_t)64 * 1024)

/* What every type of gate can be aligned to; it has no long double. */
union arena_unit {
	double real;
	long long whole;
	void *pointer;
};

struct arena_block {
	struct arena_block *older;
	struct arena_block *newer; /* of large ones only */
	size_t size;               /* of data, in bytes */
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

/* A block that was or is to be moved is where its neighbours look for it. */
static void
large_link(struct arena *a, struct arena_block *block)
{
	if (block->newer == NULL) {
		a->large = block;
	} else {
		block->newer->older = block;
	}
	if (block->older != NULL) {
		block->older->newer = block;
	}
}

static void *
large_add(struct arena *a, size_t size)
{
	struct arena_block *block = calloc(1, sizeof(*block) + size);

	if (block == NULL) {
		arena_exhausted(a);
	}
	block->older = a->large;
	block->size = size;
	large_link(a, block);
	return block->data;
}

static void *
large_resize(struct arena *a, void *bytes, size_t size, size_t wanted)
{
	struct arena_block *block =
		(struct arena_block *)((char *)bytes - offsetof(struct arena_block, data));

	block = realloc(block, sizeof(*block) + wanted);
	if (block == NULL) {
		arena_exhausted(a);
	}
	block->size = wanted;
	large_link(a, block);
	memset((char *)block->data + size, 0, wanted - size);
	return block->data;
}

void
arena_init(struct arena *a)
{
	*a = (struct arena){0};
}

static void
blocks_free(struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *older = block->older;

		free(block);
		block = older;
	}
}

void
arena_release(struct arena *a)
{
	blocks_free(a->blocks);
	blocks_free(a->large);
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
	blocks_free(a->large);
	a->large = NULL;
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
	if (rounded >= LARGE_MIN) {
		a->total_bytes += rounded;
		return large_add(a, rounded);
	}
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

/* Returns whether the piece was the newest, and had room behind it. */
static bool
newest_grow(struct arena *a, char *bytes, size_t size, size_t wanted)
{
	struct arena_block *block = a->blocks;

	if (bytes == NULL || block == NULL || bytes + size != (char *)block->data + a->used ||
		block->size - a->used < wanted - size) {
		return false;
	}
	memset(bytes + size, 0, wanted - size);
	a->used += wanted - size;
	a->total_bytes += wanted - size;
	return true;
}

void *
arena_resize(struct arena *a, void *bytes, size_t size, size_t wanted)
{
	char *moved;

	if (rounded_up(size) >= LARGE_MIN && wanted <= SIZE_MAX / 4) {
		a->total_bytes += rounded_up(wanted) - rounded_up(size);
		return large_resize(a, bytes, size, rounded_up(wanted));
	}
	if (rounded_up(wanted) < LARGE_MIN &&
		newest_grow(a, bytes, rounded_up(size), rounded_up(wanted))) {
		return bytes;
	}
	moved = arena_alloc(a, wanted);
	if (size != 0) {
		memcpy(moved, bytes, size);
	}
	return moved;
}

void
arena_drop(struct arena *a, void *bytes, size_t size)
{
	struct arena_block *block;

	if (rounded_up(size) < LARGE_MIN) {
		return;
	}
	block = (struct arena_block *)((char *)bytes - offsetof(struct arena_block, data));
	if (block->newer == NULL) {
		a->large = block->older;
	} else {
		block->newer->older = block->older;
	}
	if (block->older != NULL) {
		block->older->newer = block->newer;
	}
	a->total_bytes -= rounded_up(size);
	free(block);
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
