/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of kernel objects: from a judged request to the object, and back with its result. */
#ifndef KERNEL_INVOKE_H
#define KERNEL_INVOKE_H

#include <stdbool.h>

#include "abi/abi.h"

struct notification;
struct slot;
struct thread;

/* What a method gets. `in` has the shape that kernel/core.gate declares: the monitor has checked
 * it. */
struct invocation {
	struct thread *thread; /* the caller */
	struct slot *slot;     /* through which it calls; names an object of the method's kind */
	const uint8_t *in;
	uint8_t *out; /* zeroed, for the declared result */
	bool goes_on; /* steps of it are done */
};

/* Status of a method whose thread has its result already, blocks, or is gone. */
#define INVOKE_NO_RESULT ((enum status)0xffff)

struct method {
	/* STATUS_AGAIN: a step is done, to be called again; others are served in between. */
	enum status (*function)(const struct invocation *call);
	uint32_t reply_bytes;
};

/* By method number; entry 0 is empty. */
struct method_table {
	const struct method *methods;
	uint32_t count;
};

extern const struct method_table invoke_untyped, invoke_frame, invoke_process, invoke_thread,
	invoke_endpoint, invoke_notification, invoke_irq, invoke_reply, invoke_power, invoke_audit,
	invoke_trace, invoke_policy;

/* Whether the capability has the right to its object's methods at all. */
bool invoke_is_allowed(const struct slot *slot);

/* Runs a method that the monitor has granted. Requires invoke_is_allowed. goes_on: it was
 * interrupted between two steps. */
void invoke(struct thread *thread, struct slot *slot, uint32_t method, const uint8_t *bytes,
	bool goes_on);

/* A notification that the thread receives from, so that it may hand it to a source of bits; or
 * NULL. */
struct notification *invoke_own_notification(struct thread *thread, uint32_t handle);

#endif
