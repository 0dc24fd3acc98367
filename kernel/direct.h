/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the short way found but cannot end without a stack: messages whose bytes are judged. */
#ifndef KERNEL_DIRECT_H
#define KERNEL_DIRECT_H

#include <stdint.h>

struct arch_context;

/*
 * A call of the thread that entered, whose registers are all saved: a program decides,
 * a receiver waits, and nothing is slow about either (thread->slow, the ready queues). Does
 * what the system call does. Returns whose registers are loaded.
 */
struct arch_context *direct_call(struct arch_context *context, uint32_t handle, uint32_t info);

#endif
