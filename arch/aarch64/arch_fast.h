/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The machine's half of kernel/fast.c, which alone includes this and is compiled for it (arch.mk):
 * the payload stays in x2..x17 from the sender's SVC to the receiver's next instruction. So that
 * file may use x0, x1 and x19..x28 only, which vectors.S has saved, and no stack at all, since SP
 * is the entered thread's context; the compiler proves it (-Werror=stack-usage=0). Each function
 * but the first is a way out, into vectors.S.
 */
#ifndef ARCH_AARCH64_ARCH_FAST_H
#define ARCH_AARCH64_ARCH_FAST_H

#include "arch/arch.h"
#include "kernel/direct.h"
#include "kernel/fast.h"
#include "timer.h"

register struct arch_context *fast_entered __asm__("sp");

/* vectors.S */
struct arch_context *fast_refuse(uint64_t x0, uint64_t x1);
struct arch_context *fast_result(uint64_t x0, uint64_t x1);
struct arch_context *fast_continue(uint64_t x0, uint64_t x1);
struct arch_context *context_resume(struct arch_context *context);

/* The registers of the thread that entered. */
static inline struct arch_context *
arch_fast_context(void)
{
	return fast_entered;
}

/* All registers as they were; kernel_syscall decides. */
static inline struct arch_context *
arch_fast_refuse(uint32_t handle, uint32_t info)
{
	return fast_refuse(handle, info);
}

/* kernel/fast.h: the same call, whose row is not plain or that cannot be delivered at once. */
static inline struct arch_context *
arch_fast_deny(uint32_t handle, uint32_t info)
{
	return fast_deny(handle, info);
}

/* A jump, not a call: more arguments than x0 and x1 would be in payload registers. "memory": all
 * stores come before it. */
_Noreturn static inline void
fast_give(struct arch_context *to, uint64_t x0_value, uint32_t info)
{
	register uint64_t x0 __asm__("x0") = x0_value;
	register uint64_t x1 __asm__("x1") = info;
	register struct arch_context *x19 __asm__("x19") = to;

	__asm__ volatile("b fast_resume" : : "r"(x0), "r"(x1), "r"(x19) : "memory");
	__builtin_unreachable();
}

/* kernel/direct.h: goes on there, with a stack. */
_Noreturn static inline struct arch_context *
arch_fast_direct(direct_function *way, const struct slot *slot, uint32_t handle, uint32_t info)
{
	register uint64_t x0 __asm__("x0") = handle;
	register uint64_t x1 __asm__("x1") = info;
	register direct_function *x19 __asm__("x19") = way;
	register const struct slot *x20 __asm__("x20") = slot;

	__asm__ volatile("b fast_direct" : : "r"(x0), "r"(x1), "r"(x19), "r"(x20) : "memory");
	__builtin_unreachable();
}

/* The entered thread's payload is what `to` receives, and `to` runs. */
static inline struct arch_context *
arch_fast_receive(struct arch_context *to, uint32_t badge, uint32_t identity, uint32_t info)
{
	fast_give(to, badge | (uint64_t)identity << 32, info);
}

/* The entered thread's payload answers the call of `to`, and `to` runs. */
static inline struct arch_context *
arch_fast_answer(struct arch_context *to, uint32_t info)
{
	fast_give(to, 0, info);
}

/* The entered thread goes on with a status and what stands in place of an info word. */
static inline struct arch_context *
arch_fast_result(uint32_t status, uint32_t info)
{
	return fast_result(status, info);
}

/* The entered thread goes on as it is, with a status and info 0. */
static inline struct arch_context *
arch_fast_status(uint32_t status)
{
	return fast_continue(status, 0);
}

/* The same with status 0. */
static inline struct arch_context *
arch_fast_continue(void)
{
	return fast_continue(0, 0);
}

/* arch_ticks */
static inline uint64_t
arch_fast_ticks(void)
{
	return timer_ticks();
}

/* arch_clock_ns */
static inline uint64_t
arch_fast_clock_ns(void)
{
	return timer_clock_ns();
}

/* arch_result, of a thread that waits, without payload. */
static inline void
arch_fast_wake(struct arch_context *context, uint32_t status, uint32_t info)
{
	context->scratch[0] = status;
	context->scratch[1] = info;
#pragma GCC unroll 17
	for (uint32_t i = 2; i < 19; i++) {
		context->scratch[i] = 0;
	}
	context->flags = 0;
}

/* `to` runs, with what stands in its context. */
static inline struct arch_context *
arch_fast_resume(struct arch_context *to)
{
	return context_resume(to);
}

#endif
