/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The message path: from a system call's registers to a judged, delivered request or answer. */
#ifndef KERNEL_MESSAGE_H
#define KERNEL_MESSAGE_H

#include "kernel/thread.h"

/* Payload into a thread's registers and, what does not fit, into its message buffer. */
void message_store(struct thread *thread, const uint8_t *bytes, uint32_t length);

/* Bytes of the running thread's message that no user can change: its saved registers, or its stage,
 * into which registers and buffer are copied once. Requires thread_stage_fits. */
const uint8_t *message_hold(struct thread *thread, uint32_t length);

/* The system calls that move messages. Each leaves the thread with a result, or blocked. */
void message_call(struct thread *thread, uint32_t handle, uint32_t info);
void message_reply(struct thread *thread, uint32_t handle, uint32_t info);
void message_receive(struct thread *thread, uint32_t handle);
void message_reply_receive(struct thread *thread, uint32_t handle, uint32_t info);

#endif
