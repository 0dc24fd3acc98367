/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers: who owes one to whom, and the one end of every call (decisions A6, F1). */
#ifndef KERNEL_REPLY_H
#define KERNEL_REPLY_H

#include <stdbool.h>

#include "abi/abi.h"
#include "kernel/object.h"

struct thread;

/* Holds a caller whose answer a server has put off. */
struct reply {
	struct object object;
	struct thread *caller;
	bool is_orphaned; /* the caller that it held left before it was answered */
};

/* The server owes the caller an answer. */
void reply_owe(struct thread *server, struct thread *caller);

/* Method hold: the answer that the thread owes is owed by the object instead. E_STATE: it owes
 * none, or the object holds one already. */
enum status reply_hold(struct reply *reply, struct thread *server);

/*
 * Answers a caller: judged, delivered, and the caller runs. Denied: both sides get E_DENIED and the
 * call is over all the same. Requires that somebody owes the caller an answer. `bytes` are the
 * answer's, held by the kernel.
 */
enum status reply_send(
	struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes);

/* Whom an answer with this handle is for: 0 the thread's present caller, else the one that the
 * reply object holds; NULL: there is none any more. Returns false if the handle names no reply
 * object. */
struct reply_target {
	struct reply *reply; /* NULL: the thread itself owes the answer */
	struct thread *caller;
};
bool reply_find(struct thread *thread, uint32_t handle, struct reply_target *target);

/* The server says that its caller broke the protocol: instead of an answer the caller's thread
 * faults. E_DENIED to both if it cannot: init, a thread that faulted already, one without a
 * supervisor. */
enum status reply_fault(struct thread *server, struct thread *caller);

/* Ends a call without an answer; the caller runs with `status`. */
void reply_end(struct thread *caller, enum status status);

/* Nobody owes this caller anything any more; it stays as it is. Whoever owed the answer may still
 * give it, once, to nobody. */
void reply_forget(struct thread *caller);

void reply_destroy(struct reply *reply);

#endif
