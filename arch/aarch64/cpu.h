/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What belongs to a core and not to a thread. */
#ifndef ARCH_AARCH64_CPU_H
#define ARCH_AARCH64_CPU_H

#include <stdbool.h>

#include "arch/arch.h"
#include "registers.h"

struct cpu {
	uintptr_t stack_top;           /* vectors.S continues there after saving the thread */
	struct arch_context *fp_owner; /* whose values are in v0..v31; NULL: nobody's */
	bool is_failed;                /* an exception inside the kernel has been reported */
};

/* The calling core's own. Valid after start.S has set TPIDR_EL2. */
static inline struct cpu *
cpu_this(void)
{
	return (struct cpu *)read_tpidr_el2();
}

#endif
