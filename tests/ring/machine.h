/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A machine with weak memory that tries everything: two threads, shared words, and every order in
 * which C11 lets one see what the other wrote. Each word keeps all that was ever stored in it; a
 * load takes any of these that its thread has not seen superseded.
 */
#ifndef RING_MACHINE_H
#define RING_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#define MACHINE_THREADS 2u
#define MACHINE_WORDS   8u

/* The shared memory: atomic words first, then records of one word each. */
extern uint8_t machine_memory[];

/* Atomic accesses; is_ordered: release, acquire, else relaxed. */
void machine_store(void *word, uint32_t value, bool is_ordered);
uint32_t machine_load(const void *word, bool is_ordered);
void machine_fence(void); /* sequentially consistent */

/* A plain copy between a shared record and a word of the thread's own. Two of them that nothing
 * orders are a fault. */
void machine_copy(void *to, const void *from);

/* The notification of a thread: no order of memory comes with it. */
void machine_signal(uint32_t thread);
void machine_wait(void);

/* Ends the search: this path shows a fault. */
_Noreturn void machine_fault(const char *what);

/* Runs both threads in every possible way. A thread that waits for ever is a fault. start: puts
 * the threads' own variables back. Returns how many states there are; 0 and *fault: one is bad. */
uint64_t machine_explore(
	void (*start)(void), void (*const threads[MACHINE_THREADS])(void), const char **fault);

#endif
