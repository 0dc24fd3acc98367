/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The short way of the common messages: call and reply_recv between two threads that wait. */
#ifndef KERNEL_FAST_H
#define KERNEL_FAST_H

#include "kernel/thread.h"

/*
 * Each does what the system call of its name does (message.h), or changes nothing at all and
 * returns NULL: then the long way is taken. It decides nothing of its own: the monitor grants every
 * message.
 */
struct arch_context *fast_call(struct thread *caller, uint32_t handle, uint32_t info);
struct arch_context *fast_reply_recv(struct thread *server, uint32_t handle, uint32_t info);

#endif
