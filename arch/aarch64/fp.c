/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point, lazily (DDI 0487J D1.3): a thread that never uses it costs nothing. */
#include "fp.h"

#include "cpu.h"

/* vectors.S. Require: FP_OPEN. */
void fp_state_save(struct arch_fp *fp);
void fp_state_load(const struct arch_fp *fp);

void __attribute__((section(".boot.text"))) fp_init(void)
{
	cpu_this()->fp_owner = NULL;
	write_cptr_el2(FP_CLOSED);
	barrier_isb();
}

void
fp_take(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	write_cptr_el2(FP_OPEN);
	barrier_isb();
	if (cpu->fp_owner != NULL) {
		fp_state_save(&cpu->fp_owner->fp);
		cpu->fp_owner->cptr = FP_CLOSED;
	}
	context->cptr = FP_OPEN;
	fp_state_load(&context->fp);
	cpu->fp_owner = context;
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
