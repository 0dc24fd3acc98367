/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point, lazily (DDI 0487J D1.3): a thread that never uses it costs nothing. Who does is
 * trapped and gets the registers in vectors.S. */
#include "fp.h"

#include "cpu.h"

void __attribute__((section(".boot.text"))) fp_init(void)
{
	cpu_this()->fp_owner = NULL;
	write_cptr_el2(FP_CLOSED);
	barrier_isb();
}

/* The values of a dead thread stay in the registers, but nobody reads them: whoever takes them next
 * loads all of them. */
void
arch_context_destroy(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	if (cpu->fp_owner == context) {
		cpu->fp_owner = NULL;
		context->cptr = FP_CLOSED;
	}
}
