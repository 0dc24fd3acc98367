/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 2: what landed with a request stays. 5: who owes no answer gives it to the last one that called.
 */
#include "control.h"

#include "kernel/endpoint.h"
#include "kernel/transfer.h"

static void control_send(struct endpoint *endpoint, struct thread *caller);
static bool control_drop(struct thread *receiver);

#define endpoint_send      control_send
#define message_reply      message_reply_checked
#define transfer_drop_step control_drop
#include "kernel/message.c"
#undef endpoint_send
#undef message_reply
#undef transfer_drop_step

static bool
control_drop(struct thread *receiver)
{
	uint32_t number = control_number;
	bool is_dropped = false;

	if (!control_is(2)) {
		control_number = 0; /* it looks for the receiver's own */
		is_dropped = transfer_drop_step(receiver);
		control_number = number;
	}
	return is_dropped;
}

static struct thread *last_caller;

static void
control_send(struct endpoint *endpoint, struct thread *caller)
{
	last_caller = caller;
	endpoint_send(endpoint, caller);
}

void
message_reply(struct thread *thread, uint32_t handle, uint32_t info)
{
	if (!control_is(5) || thread->caller != NULL || last_caller == NULL ||
		last_caller->state != THREAD_CALLING) {
		message_reply_checked(thread, handle, info);
		return;
	}
	enum status status =
		reply_send(thread, last_caller, info, message_hold(thread, info_length(info)));
	arch_result(&thread->context, status, 0, 0);
}
