/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What vectors.S calls when user code, or the kernel itself, took an exception. */
#ifndef ARCH_ARMV7A_EXCEPTION_H
#define ARCH_ARMV7A_EXCEPTION_H

#include "arch/arch.h"

enum exception {
	EXCEPTION_UNDEFINED = 0,
	EXCEPTION_PREFETCH_ABORT = 1,
	EXCEPTION_DATA_ABORT = 2,
	EXCEPTION_INTERRUPT = 3,
	EXCEPTION_OTHER = 4 /* FIQ, or a vector that nothing leads to */
};

/* User code. Requires: context holds all registers, pc the instruction that did not complete.
 * Each returns the context to resume. */
struct arch_context *exception_undefined(struct arch_context *context);
struct arch_context *exception_prefetch_abort(struct arch_context *context);
struct arch_context *exception_data_abort(struct arch_context *context);

/* The kernel took an exception at pc: a bug. */
_Noreturn void exception_in_kernel(uint32_t exception, uint32_t pc);

#endif
