/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The short way: calls, answers, signals, waits, polls and yields that the machine's entry code
 * tries first. */
#ifndef KERNEL_FAST_H
#define KERNEL_FAST_H

#include <stdint.h>

/*
 * Each does what the system call of its name does, or changes nothing at all and ends in
 * arch_fast_refuse: then kernel_syscall does it. It decides nothing of its own: every message is
 * granted by the monitor's table, or refused here and judged there. What it returns is for the
 * machine's arch_fast.h to say.
 */
struct arch_context *fast_call(uint32_t handle, uint32_t info);
struct arch_context *fast_reply_recv(uint32_t handle, uint32_t info);
struct arch_context *fast_signal(uint32_t handle, uint32_t info);
struct arch_context *fast_wait(uint32_t handle, uint32_t info);
struct arch_context *fast_poll(uint32_t handle, uint32_t info);
struct arch_context *fast_yield(uint32_t handle, uint32_t info);

/* A call that fast_call has found a slot and a method for, but that it does not grant: it comes
 * from there by arch_fast_deny. */
struct arch_context *fast_deny(uint32_t handle, uint32_t info);

#endif
