/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Fixed priorities, first in first out among equals, with a turn of SLICE_NS. */
#ifndef KERNEL_SCHEDULER_H
#define KERNEL_SCHEDULER_H

#include "kernel/thread.h"

/* The thread that entered the kernel; NULL while the machine was idle or before the first. */
struct thread *scheduler_current(void);

/* The thread may run: it becomes READY and stands at the end of its queue, unless it is current. */
void scheduler_ready(struct thread *thread);

/* The current thread goes behind its equals. */
void scheduler_yield(void);

/* A READY thread runs no more. */
void scheduler_remove(struct thread *thread);

/* A turn of the current thread is over, if one was being counted. */
void scheduler_slice(uint64_t now_ns);

/* When the present turn ends; UINT64_MAX: nobody waits for it. */
uint64_t scheduler_slice_end_ns(void);

/* Whether a thread that becomes ready now would run at once if the current one blocked: nobody of
 * its priority or above is ready. */
bool scheduler_can_hand_to(const struct thread *thread);

/* The current thread has blocked and `thread` runs, without a look at the queues. Requires
 * scheduler_can_hand_to; sets it READY. */
struct arch_context *scheduler_hand_to(struct thread *thread);

/* Chooses who runs, waits for an interrupt if nobody can, and switches to it. */
struct arch_context *scheduler_run(void);

#endif
