/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the library keeps for each thread, and how a thread finds its own. */
#ifndef GLUE_THREAD_SELF_H
#define GLUE_THREAD_SELF_H

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/reent.h>

#define THREADS_MAX 32 /* of a process, the first one included */
#define KEYS_MAX    16 /* of pthread_key_create */

/* A value belongs to the key that had this generation when it was set. */
struct thread_value {
	const void *value;
	uint32_t generation;
};

/*
 * Stands directly below the thread pointer; the two words at the thread pointer are the ABI's, and
 * behind them, aligned, begin the thread's variables:
 *
 *     struct thread | tp: two words, padding | .tdata, .tbss
 */
struct thread {
	alignas(16) uint8_t *buffer; /* its message buffer */
	struct _reent *reent;
	uint32_t number; /* 0: the first thread */
	void *(*routine)(void *);
	void *argument;
	uint32_t blocked; /* signals that it does not take: bit n is signal n */
	struct thread_value values[KEYS_MAX];
	struct _reent own_reent;
};

static inline struct thread *
thread_self(void)
{
	return (struct thread *)__builtin_thread_pointer() - 1;
}

/* Bytes of a struct thread with its variables, and the alignment of the thread pointer. */
size_t glue_thread_block_bytes(void);
size_t glue_thread_block_align(void);

/* Bytes from the thread pointer to the end of the block. */
size_t glue_thread_block_above(void);

/* Fills the block around a thread pointer. Returns the struct thread below it. */
struct thread *glue_thread_block_init(uintptr_t tp, uint32_t number, uint8_t *buffer);

/* The calling thread serves the library: it does not keep the process alive. */
void glue_thread_serves(void);

#endif
