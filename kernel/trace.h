/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Trace: what the kernel does, as it does it, in a ring that the reader pays for (abi/trace.h). */
#ifndef KERNEL_TRACE_H
#define KERNEL_TRACE_H

#include <stdbool.h>

#include "abi/abi.h"
#include "abi/trace.h"

struct audit_record;
struct frame;
struct object;
struct slot;
struct thread;

/* The kernel object whose capability lets a process start and stop it. */
struct object *trace_object(void);

/* Events of these kinds (bit n: kind n) go to this frame from now on. Requires a data frame.
 * E_ARGUMENT: no such kind, or none. E_STATE: a trace goes on. */
enum status trace_start(struct frame *frame, uint32_t kinds);
/* E_STATE: none goes on. */
enum status trace_stop(void);
bool trace_is_on(void);
/* This thread runs next: its messages take the long way while a trace goes on, or entries of the
 * monitor are stale. */
void trace_mark(struct thread *thread);
/* Whether the kernel writes to this frame. */
bool trace_uses(const struct frame *frame);
/* The frame is no more: a trace into it is over. */
void trace_forget(const struct frame *frame);

/* Events. Each does nothing unless a trace wants it. */

/* NULL: nobody runs. */
void trace_switch(const struct thread *before, const struct thread *next);
/* CALL, RECEIVE, REPLY, END: about the call that `caller` has under way; `who` sends, gets,
 * answers or loses it. peer: the other one, or NULL. length: bytes of the message. */
void trace_call(enum trace_kind kind, const struct thread *who, const struct thread *peer,
	const struct thread *caller, uint32_t code, uint32_t length);
/* `slot`: the capability that it signals through. */
void trace_signal(const struct thread *thread, const struct slot *slot);
/* IRQ, FAULT. NULL: nobody ran. */
void trace_event(
	enum trace_kind kind, const struct thread *thread, uint32_t code, uint64_t operand);
void trace_verdict(const struct audit_record *record);

#endif
