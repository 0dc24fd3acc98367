/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point, lazily (DDI 0487J D1.3): a thread that never uses it costs nothing. */
#include "fp.h"

#include "cpu.h"

/* D19.2 CPTR_EL2 with E2H = 0: the RES1 bits (TZ and TSM among them, so SVE and SME trap), TTA (20,
 * trace registers), TCPAC (31, EL1's CPACR). */
#define CPTR_OPEN UINT64_C(0x801033ff)
#define CPTR_TFP  (UINT64_C(1) << 10)

/* fp_state.S. Require: CPTR_OPEN. */
void fp_state_save(struct arch_fp *fp);
void fp_state_load(const struct arch_fp *fp);

void
fp_init(void)
{
	cpu_this()->fp_owner = NULL;
	write_cptr_el2(CPTR_OPEN | CPTR_TFP);
	barrier_isb();
}

void
fp_take(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	write_cptr_el2(CPTR_OPEN);
	barrier_isb();
	if (cpu->fp_owner != NULL) {
		fp_state_save(&cpu->fp_owner->fp);
	}
	fp_state_load(&context->fp);
	cpu->fp_owner = context;
}

/* The next exception return synchronises the write. */
void
arch_thread_switch(struct arch_context *from, struct arch_context *to)
{
	bool is_owner = to != NULL && cpu_this()->fp_owner == to;

	(void)from;
	write_cptr_el2(is_owner ? CPTR_OPEN : CPTR_OPEN | CPTR_TFP);
}

/* The values of a dead thread stay in the registers, but nobody reads them: whoever takes them next
 * loads all of them. */
void
arch_context_destroy(struct arch_context *context)
{
	struct cpu *cpu = cpu_this();

	if (cpu->fp_owner == context) {
		cpu->fp_owner = NULL;
		write_cptr_el2(CPTR_OPEN | CPTR_TFP);
	}
}
