/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point, lazily: v0..v31 stay with their owner until another thread needs them. */
#ifndef ARCH_AARCH64_FP_H
#define ARCH_AARCH64_FP_H

#include "arch/arch.h"

/* Every use of the registers traps, at EL0 and in the kernel. */
void fp_init(void);
/* The running thread used them and was trapped: they are its own when this returns. */
void fp_take(struct arch_context *context);

#endif
