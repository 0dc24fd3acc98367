/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* One number for all that happened: two runs with the same one went through the same states. */
#ifndef SUPPORT_KERNEL_HISTORY_H
#define SUPPORT_KERNEL_HISTORY_H

#include <stdint.h>

struct thread;

extern uint64_t history;

void history_mix(uint64_t value);

/* The state after a system call of this thread: who runs, every object, and the buffers of both.
 * Handles have other generations in each world, so what carries them is left out. */
void history_remember(const struct thread *thread);

/* When each edge first denied, and all records that nobody has taken, but for their handles. */
void history_records(void);

#endif
