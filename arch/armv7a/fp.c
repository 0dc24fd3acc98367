/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lazy floating point: implements arch_context_destroy of arch/arch.h; a context says whether the
 * unit is its own. */
#include "fp.h"

#include "cpu.h"
#include "registers.h"

#define CPACR_FP UINT32_C(0x00f00000) /* DDI 0406C B4.1: coprocessors 10 and 11, for all */
#define FPEXC_EN UINT32_C(0x40000000) /* DDI 0406C B4.1 */

/* NEON and VFP share the unit. CPACR lets user code in for good; FPEXC.EN, which user code cannot
 * reach, decides for the running thread. All else in CPACR, tracing included, stays closed. */
void __attribute__((section(".boot.text"))) fp_init(void)
{
	cpacr_write(CPACR_FP);
	barrier_isb();
	if (cpacr_read() != CPACR_FP) {
		kernel_panic("fp: this core has no floating point with NEON", cpacr_read());
	}
	fpexc_write(0);
}

void
arch_context_destroy(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	if (cpu->fp_owner == context) {
		cpu->fp_owner = NULL;
		context->fpexc = 0;
	}
}

enum fp_result
fp_take(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	if ((fpexc_read() & FPEXC_EN) != 0) {
		return FP_HAS;
	}
	if (context->fp == NULL) {
		context->fp = kernel_fp_take(context);
		if (context->fp == NULL) {
			return FP_NO_MEMORY;
		}
	}
	fpexc_write(FPEXC_EN);
	if (cpu->fp_owner != context) {
		if (cpu->fp_owner != NULL) {
			fp_save(cpu->fp_owner->fp);
			cpu->fp_owner->fpexc = 0;
		}
		fp_load(context->fp);
		cpu->fp_owner = context;
		context->fpexc = FPEXC_EN;
	}
	return FP_TAKEN;
}
