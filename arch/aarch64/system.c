/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The core as a whole: how it is set up before the first thread runs. A process runs at EL0 with
 * HCR_EL2.TGE: all its exceptions come to EL2, but several registers of EL1 still rule what EL0 may
 * do, so they are set here too (decisions E3). A test reads each back from EL0.
 */
#include "system.h"

#include "arch/common/gicv2.h"
#include "arch/common/pl011.h"
#include "boards/board.h"
#include "fp.h"
#include "mmu.h"
#include "space.h"
#include "timer.h"

/* DDI 0487J D19.2 HCR_EL2. */
#define HCR_VM    (UINT64_C(1) << 0) /* stage 2 on */
#define HCR_SWIO  (UINT64_C(1) << 1) /* set/way invalidation also cleans */
#define HCR_FMO   (UINT64_C(1) << 3) /* FIQ, IRQ and SError come to EL2 */
#define HCR_IMO   (UINT64_C(1) << 4)
#define HCR_AMO   (UINT64_C(1) << 5)
#define HCR_DC    (UINT64_C(1) << 12) /* stage 1 off, memory cacheable */
#define HCR_TWI   (UINT64_C(1) << 13) /* WFI, WFE trap */
#define HCR_TWE   (UINT64_C(1) << 14)
#define HCR_TSC   (UINT64_C(1) << 19) /* SMC traps */
#define HCR_TIDCP (UINT64_C(1) << 20) /* implementation-defined registers trap */
#define HCR_TGE   (UINT64_C(1) << 27) /* exceptions of EL0 come to EL2 */
#define HCR_RW    (UINT64_C(1) << 31) /* EL1 is AArch64 */
#define HCR_VALUE                                                                                  \
	(HCR_VM | HCR_SWIO | HCR_FMO | HCR_IMO | HCR_AMO | HCR_DC | HCR_TWI | HCR_TWE | HCR_TSC |  \
		HCR_TIDCP | HCR_TGE | HCR_RW)

/* D19.2 SCTLR_EL1: RES1; I and C; SA0: EL0's stack pointer is aligned; DZE: `dc zva` is a store
 * like any other. Zero, so trapped or refused: UCI (cache maintenance), UCT (CTR_EL0), UMA
 * (interrupt masks), nTWI, nTWE. M is zero: stage 1 off. */
#define SCTLR_EL1_VALUE UINT64_C(0x30d05814)

/* D19.3 MDCR_EL2: debug and PMU of EL0 come to EL2: TDE, TDA, TDOSA, TDRA, TPM, TPMCR; HPMN keeps
 * all counters. */
#define MDCR_VALUE     UINT64_C(0xf60)
#define PMCR_N_SHIFT   11
#define PMCR_N_MASK    UINT64_C(31)
#define DFR0_PMU_SHIFT 8
#define DFR0_PMU_MASK  UINT64_C(15)
#define DFR0_PMU_OTHER UINT64_C(15) /* not the architected one */

#define HSTR_ALL        UINT64_C(0xbfef)     /* HSTR_EL2: every CP15 access of AArch32 traps */
#define CPACR_FPEN      (UINT64_C(3) << 20)  /* it still applies with TGE; CPTR_EL2 traps */
#define TCR_EL1_NO_WALK UINT64_C(0x00800080) /* EPD0, EPD1 (Cortex-A57, A72: 1319537, 1319367) */

struct cpu cpu_boot;

static void debug_init(void);
static void el1_init(void);
static void text_print(const char *text);

void
arch_init(void)
{
	pl011_init((uintptr_t)board.uart_base);
	mmu_init();
	debug_init();
	el1_init();
	fp_init();
	space_init();
	write_hstr_el2(HSTR_ALL);
	write_hcr_el2(HCR_VALUE);
	barrier_isb();
	gicv2_init((uintptr_t)board.gic_distributor, (uintptr_t)board.gic_cpu);
	timer_init();
}

void
start_release(void)
{
	gicv2_release((uintptr_t)board.gic_distributor, (uintptr_t)board.gic_cpu);
}

void
start_refuse(void)
{
	pl011_init((uintptr_t)board.uart_base);
	text_print("gatehouse: started at EL1, needs EL2: use a loader that enters EL2 "
		   "(QEMU: -M virt,virtualization=on)\n");
	arch_power_off(1);
}

static void
debug_init(void)
{
	uint64_t mdcr = MDCR_VALUE;
	uint64_t pmu = read_id_aa64dfr0_el1() >> DFR0_PMU_SHIFT & DFR0_PMU_MASK;

	if (pmu != 0 && pmu != DFR0_PMU_OTHER) {
		mdcr |= read_pmcr_el0() >> PMCR_N_SHIFT & PMCR_N_MASK;
		write_pmcr_el0(0);
		write_pmcntenclr_el0(UINT32_MAX);
		write_pmuserenr_el0(0);
	}
	write_mdcr_el2(mdcr);
	write_mdscr_el1(0);
}

/* Nothing ever runs at EL1; what EL0 can see or use of it is fixed. */
static void
el1_init(void)
{
	write_sctlr_el1(SCTLR_EL1_VALUE);
	write_cpacr_el1(CPACR_FPEN);
	write_tcr_el1(TCR_EL1_NO_WALK);
	write_ttbr0_el1(0);
	write_ttbr1_el1(0);
	write_contextidr_el1(0);
	write_tpidr_el1(0);
	write_tpidrro_el0(0);
}

static void
text_print(const char *text)
{
	for (; *text != '\0'; text++) {
		arch_console_put(*text);
	}
}
