/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* arena.h: memory that is taken piece by piece and given back all at once. */
#ifndef GATE_ARENA_H
#define GATE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
	struct arena_block *blocks;
	struct arena_block *large; /* those of one large piece each */
	size_t used;               /* bytes taken from the newest of blocks */
	size_t total_bytes;
};

/* Requires: a is all zero or released. Does: makes it empty. */
void arena_init(struct arena *a);

/* Gives every byte back; all pointers into the arena are dead afterwards. */
void arena_release(struct arena *a);

/* The same, but what is taken next comes out of the same memory, as far as it was little. */
void arena_reset(struct arena *a);

/*
 * Returns size zeroed bytes, aligned for every type but long double; size 0 is as good as 1.
 * Memory that the machine does not have ends the program with a sentence and exit code 2,
 * so no caller tests the result.
 */
void *arena_alloc(struct arena *a, size_t size);

/* As arena_alloc for count elements of size bytes; an overflow of the product ends the program. */
void *arena_array(struct arena *a, size_t count, size_t size);

/*
 * Returns wanted bytes that begin with the size bytes at `bytes`, the rest zeroed; these are dead.
 * What is large grows without a copy, if the machine can. Requires: wanted >= size, which is what
 * was asked for when the bytes were taken or resized; bytes are of the arena, or NULL and 0.
 */
void *arena_resize(struct arena *a, void *bytes, size_t size, size_t wanted);

/* Gives the bytes back if they are large, else with all others. Requires: as arena_resize. */
void arena_drop(struct arena *a, void *bytes, size_t size);

/* Returns a copy of length bytes with a NUL behind them. */
char *arena_copy(struct arena *a, const char *bytes, size_t length);

/* Returns a formatted text; format as in printf. */
char *arena_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with the arguments of a function that takes `...` itself. */
char *arena_vformat(struct arena *a, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

#endif
