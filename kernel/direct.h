/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the short way found but cannot end without a stack: messages whose bytes are judged, and
 * those that wait for their turn. */
#ifndef KERNEL_DIRECT_H
#define KERNEL_DIRECT_H

#include <stdint.h>

struct arch_context;
struct slot;

/*
 * Each does what the system call does, for the thread that entered, whose registers are all saved,
 * and returns whose registers are loaded. Only for kernel/fast.c, which found the slot of a call or
 * an answer (of a yield: any), and that the thread is not slow (thread->slow).
 */
typedef struct arch_context *direct_function(
	struct arch_context *context, const struct slot *slot, uint32_t info);

/* A call of a method that the edge has, and somebody waits at the endpoint: a program decides. */
direct_function direct_call;

/* A call of a method that the edge has, and nobody waits. */
direct_function direct_wait;

/* An answer that is plain and a receive: somebody else's turn has come, at the endpoint or among
 * the ready. */
direct_function direct_turn;

/* Equals are ready, or the thread is slow. */
direct_function direct_yield;

#endif
