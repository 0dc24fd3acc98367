/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Notifications: a word of bits that interrupts and signals set, and that one taker clears. */
#include "kernel/notification.h"

#include "kernel/audit.h"
#include "kernel/endpoint.h"
#include "kernel/irq.h"
#include "kernel/scheduler.h"
#include "kernel/timer.h"

/* The bound thread's messages take the long way while there are bits to take. */
static void
bound_mark(struct notification *notification)
{
	struct thread *bound = notification->bound;

	if (bound != NULL) {
		bound->slow &= (uint16_t)~SLOW_SIGNAL;
		bound->slow |= notification->bits != 0 ? SLOW_SIGNAL : 0;
	}
}

/* Whoever receives takes the bits at once; else they stay, and the thread is marked. */
static void
bound_tell(struct notification *notification)
{
	struct thread *bound = notification->bound;

	if (bound != NULL && bound->state == THREAD_RECEIVING && notification->bits != 0) {
		thread_unblock(bound);
		arch_received(&bound->context, notification_take(notification), 0, 0,
			INFO_NOTIFICATION, 0);
		scheduler_ready(bound);
	} else {
		bound_mark(notification);
	}
}

uint32_t
notification_take(struct notification *notification)
{
	uint32_t bits = notification->bits;

	notification->bits = 0;
	bound_mark(notification);
	return bits;
}

void
notification_signal(struct notification *notification, uint32_t bits)
{
	notification->bits |= bits;
	if (notification->bits == 0) {
		return;
	}
	if (!queue_is_empty(&notification->waiters)) {
		struct thread *waiter =
			container_of(notification->waiters.first, struct thread, link);
		thread_unblock(waiter);
		arch_result(&waiter->context, E_OK, notification_take(notification), 0);
		scheduler_ready(waiter);
	} else {
		bound_tell(notification);
	}
}

void
notification_wait(struct notification *notification, struct thread *thread)
{
	if (notification->bits != 0) {
		arch_result(&thread->context, E_OK, notification_take(notification), 0);
		return;
	}
	if (notification->is_retired) {
		arch_result(&thread->context, E_CANCELLED, 0, 0);
		return;
	}
	thread->state = THREAD_WAITING;
	thread->waiting_for = notification;
	queue_append(&notification->waiters, &thread->link);
	timer_start(thread);
}

void
notification_sleep(struct thread *thread)
{
	thread->state = THREAD_WAITING;
	thread->waiting_for = NULL;
	timer_start(thread);
}

void
notification_leave(struct thread *thread)
{
	if (thread->waiting_for != NULL) {
		queue_remove(&thread->waiting_for->waiters, &thread->link);
		thread->waiting_for = NULL;
	}
}

enum status
notification_bind(struct notification *notification, struct thread *thread)
{
	if (notification->bound != NULL || thread->bound != NULL) {
		return E_STATE;
	}
	notification->bound = thread;
	thread->bound = notification;
	bound_tell(notification);
	return E_OK;
}

void
notification_unbind(struct notification *notification)
{
	notification->bound->slow &= (uint16_t)~SLOW_SIGNAL;
	notification->bound->bound = NULL;
	notification->bound = NULL;
}

bool
notification_retire_step(struct notification *notification)
{
	notification->is_retired = true;
	if (!queue_is_empty(&notification->waiters)) {
		thread_wake(container_of(notification->waiters.first, struct thread, link),
			E_CANCELLED);
	}
	return !queue_is_empty(&notification->waiters);
}

void
notification_destroy(struct notification *notification)
{
	if (notification->bound != NULL) {
		notification_unbind(notification);
	}
	irq_forget(notification);
	audit_forget(notification);
}
