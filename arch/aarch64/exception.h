/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What an exception means. Called by vectors.S only. */
#ifndef ARCH_AARCH64_EXCEPTION_H
#define ARCH_AARCH64_EXCEPTION_H

#include "arch/arch.h"

/* A synchronous exception of the running thread that is no system call, or an SError; esr is
 * ESR_EL2. Returns the context to resume. */
struct arch_context *exception_from_thread(struct arch_context *context, uint64_t esr);
/* An exception inside the kernel. Runs on the panic stack. */
_Noreturn void exception_in_kernel(uint64_t esr, uint64_t elr, uint64_t far);

#endif
