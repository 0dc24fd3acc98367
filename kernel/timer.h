/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Deadlines of blocking calls, and the one hardware timer. */
#ifndef KERNEL_TIMER_H
#define KERNEL_TIMER_H

#include <stdint.h>

struct thread;

/* Sets the deadline of the thread's next blocking call; 0: none. */
void timer_set(struct thread *thread, uint64_t deadline_ns);

/* A thread that just blocked: if it has a deadline, it will be woken with E_TIMEOUT. A thread that
 * did not block after all is left alone. Either way the deadline is used up. */
void timer_start(struct thread *thread);

/* The thread waits no more. Harmless if it has no deadline. */
void timer_cancel(struct thread *thread);

/* The timer's interrupt: wakes whose deadline has passed, ends turns and runs. */
void timer_expire(void);

/* Sets the hardware to the next deadline, end of turn or of a run, or refill. */
void timer_program(void);

/* Something new is due then. If the hardware is set to an earlier time it stays so, and is set
 * again when that has come. */
void timer_arm(uint64_t due_ns);

#endif
