/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What exists once per core. */
#ifndef ARCH_ARMV7A_CPU_H
#define ARCH_ARMV7A_CPU_H

#include "arch/arch.h"
#include "registers.h"

struct cpu {
	uint8_t *stack_top;            /* of the kernel's only stack; vectors.S loads it */
	struct arch_context *fp_owner; /* whose values d0..d31 hold; NULL: nobody's */
};

/* The core that runs this. TPIDRPRW is for the kernel's use alone (DDI 0406C B4.1). */
static inline struct cpu *
cpu_this(void)
{
	return (struct cpu *)tpidrprw_read(); /* NOLINT(performance-no-int-to-ptr) */
}

#endif
