/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Endpoints: where requests wait for a receiver, and receivers for a request. */
#ifndef KERNEL_ENDPOINT_H
#define KERNEL_ENDPOINT_H

#include "abi/abi.h"
#include "kernel/queue.h"
#include "kernel/object.h"

struct slot;
struct thread;

struct endpoint {
	struct object object;
	struct queue senders;   /* by priority, first in first out among equals */
	struct queue receivers; /* one of both is empty */
	/* Among the senders while the endpoint is closed, a link without a thread: the short way
	 * (fast.c) gives an answer only where nothing stands there, and would else leave the server
	 * among the receivers. */
	struct queue_link nobody;
	bool is_closed;     /* there is no server and there will be none: nobody waits */
	bool is_retired;    /* its last capability is on its way out: nobody waits here again */
	uint16_t forgotten; /* instances that were looked at since for whom it supervises */
};

/* Sends the request that stands in the caller's call record, already judged: to a waiting receiver,
 * else it waits. The caller is CALLING, QUEUED, or runs on with E_DIED. */
void endpoint_send(struct endpoint *endpoint, struct thread *caller);

/* Takes the first request that the policy in force still grants, or a bound notification's bits, or
 * waits. Requires that the thread owes no answer. */
void endpoint_receive(struct endpoint *endpoint, struct thread *receiver);

/* A QUEUED or RECEIVING thread leaves the queue, without a result. */
void endpoint_leave(struct thread *thread);

/* Methods of kernel/core.gate. slot: the server's own capability; clients descend from it. */
/* Some clients learn that it is a new one; true: there are more, and it is not open yet. */
bool endpoint_restart_step(struct slot *slot);
/* One waiting call ends; true: there are more. */
bool endpoint_close_step(struct endpoint *endpoint);

/* One thread leaves it; true: there are more. */
bool endpoint_retire_step(struct endpoint *endpoint);

#endif
