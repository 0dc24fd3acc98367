/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The machine's half of kernel/fast.c, which alone includes this and is compiled for it (arch.mk).
 * vectors.S has saved every register, so all are free but r10, the entered thread's context, and
 * the payload waits there. Each function but the first is a way out, into vectors.S.
 */
#ifndef ARCH_ARMV7A_ARCH_FAST_H
#define ARCH_ARMV7A_ARCH_FAST_H

#include "arch/arch.h"
#include "kernel/direct.h"
#include "kernel/fast.h"
#include "timer.h"

#define R_NUMBER 12 /* on return label and instance, or zero */

register struct arch_context *fast_entered __asm__("r10");

/* vectors.S */
struct arch_context *fast_refuse(void);
struct arch_context *fast_result(uint32_t r0, uint32_t r1);
struct arch_context *fast_status(uint32_t r0);
struct arch_context *fast_continue(void);

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
	(void)handle;
	(void)info;
	return fast_refuse();
}

/* kernel/fast.h: the same call, whose row is not plain or that cannot be delivered at once. */
static inline struct arch_context *
arch_fast_deny(uint32_t handle, uint32_t info)
{
	return fast_deny(handle, info);
}

/* A jump, not a call: the rest of the way needs no stack. "memory": all stores come before it. */
_Noreturn static inline void
fast_give(struct arch_context *to, uint32_t r0_value, uint32_t info)
{
	register uint32_t r0 __asm__("r0") = r0_value;
	register uint32_t r1 __asm__("r1") = info;
	register struct arch_context *r6 __asm__("r6") = to;

	__asm__ volatile("b fast_resume" : : "r"(r0), "r"(r1), "r"(r6) : "memory");
	__builtin_unreachable();
}

/* kernel/direct.h: goes on there, with a stack and what the thread gave. */
_Noreturn static inline struct arch_context *
arch_fast_direct(direct_function *way, const struct slot *slot, uint32_t handle, uint32_t info)
{
	register direct_function *r6 __asm__("r6") = way;
	register const struct slot *r7 __asm__("r7") = slot;

	(void)handle;
	(void)info;
	__asm__ volatile("b fast_direct" : : "r"(r6), "r"(r7) : "memory");
	__builtin_unreachable();
}

/* The entered thread's payload is what `to` receives, and `to` runs. */
static inline struct arch_context *
arch_fast_receive(struct arch_context *to, uint32_t badge, uint32_t identity, uint32_t info)
{
	to->r[R_NUMBER] = identity;
	fast_give(to, badge, info);
}

/* The entered thread's payload answers the call of `to`, and `to` runs. */
static inline struct arch_context *
arch_fast_answer(struct arch_context *to, uint32_t info)
{
	to->r[R_NUMBER] = 0;
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
	return fast_status(status);
}

/* The same with status 0. */
static inline struct arch_context *
arch_fast_continue(void)
{
	return fast_continue();
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

/* arch_result, of a thread that waits, without payload. Its flags are its own. */
static inline void
arch_fast_wake(struct arch_context *context, uint32_t status, uint32_t info)
{
	context->r[0] = status;
	context->r[1] = info;
	context->r[2] = 0;
	context->r[3] = 0;
	context->r[4] = 0;
	context->r[5] = 0;
	context->r[R_NUMBER] = 0;
}

/* `to` runs, with what stands in its context. */
_Noreturn static inline struct arch_context *
arch_fast_resume(struct arch_context *to)
{
	register struct arch_context *r6 __asm__("r6") = to;

	__asm__ volatile("b fast_switch" : : "r"(r6) : "memory");
	__builtin_unreachable();
}

#endif
