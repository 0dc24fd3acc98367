/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads: their states, and the queues that they stand in. */
#ifndef CHECK_CHECK_THREAD_H
#define CHECK_CHECK_THREAD_H

struct endpoint;
struct notification;
struct thread;

void check_thread(const struct thread *thread, const struct thread *current);
void check_endpoint(const struct endpoint *endpoint);
void check_notification(const struct notification *notification);

/* Those of the scheduler and of the timer. */
void check_queues(void);

#endif
