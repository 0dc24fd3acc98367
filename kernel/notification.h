/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Notifications: a word of bits that interrupts and signals set, and that one taker clears. */
#ifndef KERNEL_NOTIFICATION_H
#define KERNEL_NOTIFICATION_H

#include "abi/abi.h"
#include "kernel/object.h"
#include "kernel/queue.h"

struct thread;

struct notification {
	struct object object;
	uint32_t bits;
	struct queue waiters;
	struct thread *bound; /* its recv returns the bits too */
	bool is_retired;      /* its last capability is on its way out: nobody waits for it again */
};

/* Sets bits; a waiting thread, else the bound one if it receives, takes them at once. */
void notification_signal(struct notification *notification, uint32_t bits);

/* All bits, and clears them. */
uint32_t notification_take(struct notification *notification);

/* Takes the bits if there are any, else waits (until the thread's deadline, if it has one). */
void notification_wait(struct notification *notification, struct thread *thread);

/* Sleeps until the thread's deadline. Requires one. */
void notification_sleep(struct thread *thread);

/* A WAITING thread leaves, without a result. */
void notification_leave(struct thread *thread);

/* E_STATE: one of both is bound already. */
enum status notification_bind(struct notification *notification, struct thread *thread);
void notification_unbind(struct notification *notification);

/* One waiting thread leaves it; true: there are more. */
bool notification_retire_step(struct notification *notification);
/* Requires that it is retired. */
void notification_destroy(struct notification *notification);

#endif
