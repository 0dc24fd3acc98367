/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One lock for newlib and for pthread mutexes: a 32-bit word that a waiter sleeps for. */
#ifndef GLUE_LOCK_H
#define GLUE_LOCK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Word of a lock:
 *    7:0  number of the owning thread + 1; 0: free
 *    9:8  kind
 *   29:10 how often its owner has locked it again
 *   31:30 zero; all ones: PTHREAD_MUTEX_INITIALIZER, a free normal lock
 */
#define LOCK_NORMAL      UINT32_C(0x000) /* locking it again waits for ever */
#define LOCK_RECURSIVE   UINT32_C(0x100)
#define LOCK_CHECKED     UINT32_C(0x200) /* locking it again is an error */
#define LOCK_INITIALIZER UINT32_C(0xffffffff)

enum lock_result {
	LOCK_DONE,
	LOCK_BUSY,     /* another thread has it */
	LOCK_MINE,     /* a checked lock: the calling thread has it */
	LOCK_TOO_OFTEN /* a recursive lock: its count is full */
};

enum lock_result glue_lock_try(uint32_t *word);
/* Waits at most until deadline_ns (PARK_FOREVER: as long as it takes), then LOCK_BUSY. */
enum lock_result glue_lock_until(uint32_t *word, uint64_t deadline_ns);
/* Returns false, and does nothing, when the calling thread does not have it. */
bool glue_lock_give(uint32_t *word);

/* For the library's own locks, which are never misused. */
void glue_lock_acquire(uint32_t *word);
void glue_lock_release(uint32_t *word);

#endif
