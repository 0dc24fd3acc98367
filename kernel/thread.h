/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads: registers, state, and the record of the one call that a thread has under way. */
#ifndef KERNEL_THREAD_H
#define KERNEL_THREAD_H

#include "abi/abi.h"
#include "arch/arch.h"
#include "kernel/object.h"
#include "kernel/queue.h"

struct endpoint;
struct ksm_edge;
struct ksm_entry;
struct notification;
struct process;
struct reply;
struct slot;
struct untyped;

enum thread_state {
	THREAD_READY,     /* runs, or stands in its priority's ready queue */
	THREAD_INACTIVE,  /* never started, or stopped for ever */
	THREAD_QUEUED,    /* its request waits at an endpoint */
	THREAD_CALLING,   /* its request was received, the answer is owed */
	THREAD_RECEIVING, /* waits at an endpoint for a request */
	THREAD_WAITING    /* waits for a notification, or asleep */
};

/* Reasons why a message to or from a thread takes the long way (message.c), in thread->slow. The
 * short way asks for the whole word at once; who adds a reason sets and clears its own bit. */
enum thread_slow {
	SLOW_DEADLINE = 1, /* its next or present blocking call has one */
	SLOW_SIGNAL = 2,   /* the notification bound to it has bits */
	SLOW_FAULT = 4,    /* its present call was made by the kernel: its fault */
	SLOW_ORPHAN = 8, /* the caller that it served left: its answer is for nobody, no offence */
	SLOW_RESUMED = 16, /* a kernel method was interrupted: judged already, it goes on */
	SLOW_CREDIT = 32,  /* it runs although its caller's budget is used up */
	SLOW_STAGED = 64,  /* its present call stands in the stage, however short: it has handles */
	SLOW_LANDED = 128, /* capabilities came with the request: they go when it receives again */
	SLOW_TRACE = 256   /* a trace goes on, or the policy is new: the short way knows neither */
};

/*
 * The call record (decisions A6, F1): what the kernel keeps of a request from send to answer. It
 * lives in the caller, because a thread has at most one call under way.
 */
struct call {
	struct thread *server; /* who owes the answer, or NULL */
	struct ksm_entry *row; /* the monitor's, for the request's method: the answer's verdict */
	uint32_t edge;
	uint32_t info; /* of the request */
	uint32_t badge;
	/* Of a request that waits at an endpoint, and of its denial: */
	uint32_t handle;
	uint32_t epoch;            /* of the policy that granted it */
	struct endpoint *endpoint; /* where it waits; NULL once received */
	struct reply *kept;        /* the reply object that owes the answer instead, or NULL */
	uint32_t rule;             /* that granted it, if its row runs a program; else any */
};

/* The leases of the last request that had some; those of the call whose row this is (lease.c). */
struct lent {
	vaddr_t address[LEASES_MAX];
	uint32_t length[LEASES_MAX];
	const struct ksm_entry *row;
	uint8_t count;
	uint8_t writes; /* a bit for each, the last one lowest: the server writes there */
};

/* What every thread can stage: more than the report of a fault needs, or a short message. */
#define STAGE_BRIEF_BYTES 128u

/*
 * A thread that uses little is small: what floating point and long messages need it takes from the
 * memory that it is made of when it first uses them. Its buffer is a part of a page, which others
 * of the same process and memory may share. What messages need stands in front, beside each other.
 */
struct thread {
	struct object object;
	uint8_t state; /* enum thread_state */
	uint8_t priority;
	uint16_t slow;          /* enum thread_slow */
	uint32_t identity;      /* of its process, for receivers: label | instance << 16 */
	struct queue_link link; /* ready, endpoint's, notification's queue: one at a time */
	struct slot *slots;     /* its process's table ... */
	struct ksm_edge *edges; /* ... and the monitor's: what its handles mean */
	uint32_t slot_mask;     /* table's size less one, a mask because it is a power of two */
	struct thread *caller;  /* whose request it serves and has not answered */
	struct endpoint *receiving_at; /* if it is RECEIVING */
	uint8_t *buffer; /* its message buffer, mapped in the process at buffer_address */
	struct call call;
	struct process *process;
	struct thread *sibling; /* next of the process */
	struct thread *sibling_before;
	struct notification *waiting_for;
	struct notification *bound; /* its bits end a recv */
	uint64_t deadline_ns;       /* of the next or present blocking call; 0 none. timer_set */
	struct arch_context context;
	struct queue_link timer_link;
	struct untyped *untyped; /* it is made of, and takes from when it needs more */
	uint8_t *stage; /* bytes of a long request, no user can change them: `brief` or longer */
	vaddr_t buffer_address;
	vaddr_t stack_top;  /* sp at its start */
	uint64_t credit_ns; /* how long SLOW_CREDIT held for the present call */
	struct lent lent;
	uint32_t sent[HANDLES_MAX]; /* of the message under way: the sender's, placed the receiver's
				     */
	uint32_t landed[HANDLES_MAX]; /* placed with the request that it serves, and not moved */
	uint32_t sent_numbers[HANDLES_MAX]; /* of those sent, if their labels have numbers */
	uint8_t sent_first; /* where they stand in the payload, in units of their size */
	uint8_t sent_count;
	uint8_t landed_count;
	uint8_t number; /* of the process, from 1, in the order of configuration */
	bool is_timed;  /* stands in the timer queue */
	bool is_parked; /* READY, but its budget is used up: waits there for a refill */
	uint8_t brief[STAGE_BRIEF_BYTES] __attribute__((aligned(8)));
};

/* A zeroed thread that is made of this memory. */
void thread_init(struct thread *thread, struct untyped *untyped);

/* Methods of kernel/core.gate; `from` is the caller's process. */
enum status thread_configure(struct thread *thread, struct process *from, uint32_t process_handle,
	vaddr_t buffer, uint8_t priority);
enum status thread_start(
	struct thread *thread, vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument);
enum status thread_bind(struct thread *thread, struct process *from, uint32_t notification_handle);

enum status thread_cancel(struct thread *thread);

/* Leaves every queue and ends every call that it makes or serves; it never runs again. */
void thread_stop(struct thread *thread);
/* It belongs to no process any more, and its buffer is not mapped. Requires that it is stopped. */
void thread_unbind(struct thread *thread);
void thread_destroy(struct thread *thread);

/* Leaves whatever it waits for, without a result. Requires a blocked thread. */
void thread_unblock(struct thread *thread);
/* Ends a wait or call with a status: the thread runs again. */
void thread_wake(struct thread *thread, enum status status);

/* As whom a thread calls: its process, or the kernel that reports its fault. */
uint16_t thread_call_label(const struct thread *thread);

/* Leaves the endpoint's queue and makes its call again, with the same deadline, when it next runs.
 * Requires QUEUED. */
void thread_call_again(struct thread *thread);

/*
 * How many bytes of a page, from its lower end on, are its stack, and how many of them were never
 * written since it started: those at the lower end that are still zero. page 0 is the first that a
 * stack uses. 0: there is no such page.
 */
uint32_t thread_stack_page(const struct thread *thread, uint32_t page, uint32_t *clean_bytes);

/* Its stage has room for a message of this length. False: there is no memory for that. */
bool thread_stage_fits(struct thread *thread, uint32_t length);

/* The request of a thread that is calling: bytes that no user can change. */
const uint8_t *thread_message(struct thread *thread);

#endif
