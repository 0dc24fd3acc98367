/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The fake machine's half of kernel/fast.c: contexts are written, and the one that runs returned.
 */
#ifndef FAKE_ARCH_ARCH_FAST_H
#define FAKE_ARCH_ARCH_FAST_H

#include "fake_arch.h"
#include "kernel/direct.h"

/* The registers of the thread that entered (fake_syscall). */
struct arch_context *arch_fast_context(void);

/* fake_syscall tries the long way. */
struct arch_context *arch_fast_refuse(uint32_t handle, uint32_t info);

struct arch_context *arch_fast_deny(uint32_t handle, uint32_t info);
struct arch_context *arch_fast_direct(
	direct_function *way, const struct slot *slot, uint32_t handle, uint32_t info);

struct arch_context *arch_fast_receive(
	struct arch_context *to, uint32_t badge, uint32_t identity, uint32_t info);
struct arch_context *arch_fast_answer(struct arch_context *to, uint32_t info);
struct arch_context *arch_fast_result(uint32_t status, uint32_t info);
struct arch_context *arch_fast_continue(void);
struct arch_context *arch_fast_status(uint32_t status);
uint64_t arch_fast_clock_ns(void);
uint64_t arch_fast_ticks(void);
void arch_fast_wake(struct arch_context *context, uint32_t status, uint32_t info);
struct arch_context *arch_fast_resume(struct arch_context *to);

#endif
