/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What kernel/ beside this file shows of the kernel's files of the same names. */
#ifndef CHECK_PARTS_H
#define CHECK_PARTS_H

#include <stdint.h>

struct process;
struct queue;
struct slot;

struct process *check_processes(void); /* all, by process->next */
struct queue *check_ready(uint32_t priority);
struct queue *check_awaited(void); /* budgets, by link */
struct queue *check_timers(void);  /* threads, by timer_link */
struct slot *check_slot_at(uint32_t reference);
const struct slot *check_leaving(void);

#endif
