/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's syscall.c with a check at every way into it and out of it. What the short way did
 * is checked at the next entry. */
#include "tests/check/check.h"

#define kernel_syscall   syscall_unchecked
#define kernel_fault     fault_unchecked
#define kernel_interrupt interrupt_unchecked
struct arch_context *syscall_unchecked(struct arch_context *context, uint32_t number);
struct arch_context *interrupt_unchecked(struct arch_context *context);
#include "kernel/syscall.c"
#undef kernel_syscall
#undef kernel_fault
#undef kernel_interrupt

static struct arch_context *
leave(struct arch_context *context)
{
	kernel_check(container_of(context, struct thread, context));
	return context;
}

struct arch_context *
kernel_syscall(struct arch_context *context, uint32_t number)
{
	return leave(syscall_unchecked(leave(context), number));
}

struct arch_context *
kernel_fault(struct arch_context *context, const struct arch_fault *fault)
{
	return leave(fault_unchecked(leave(context), fault));
}

struct arch_context *
kernel_interrupt(struct arch_context *context)
{
	return leave(interrupt_unchecked(leave(context)));
}
