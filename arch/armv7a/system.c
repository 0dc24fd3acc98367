/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Start of the machine: every register that user code could see or use (decisions.md E3),
 * devices. */
#include "system.h"

#include "arch/common/gicv2.h"
#include "arch/common/pl011.h"
#include "boards/board.h"
#include "fp.h"
#include "layout.h"
#include "mmu.h"
#include "registers.h"
#include "timer.h"

#define JOSCR_CD        UINT32_C(0x2)    /* DDI 0406C B4.1 */
#define TEECR_XED       UINT32_C(0x1)    /* DDI 0406C B4.1 */
#define DBGDSCR_UDCCDIS UINT32_C(0x1000) /* DDI 0406C C11.11.20 */
#define DEBUG_V7        4u               /* DDI 0406C B4.1: ID_DFR0, CopDbg */
#define COUNTERS_NONE   15u              /* there, PerfMon: 15 is another unit, 0 is none */

static void execution_close(void);
static void debug_close(void);
static void counters_close(void);

struct cpu cpu_boot = {.stack_top = kernel_stack_top};

void
arch_init(void)
{
	/* Until the MMU is on, at its physical address. */
	pl011_init((uintptr_t)board.uart_base);
	mmu_init();
	pl011_init(MMU_UART);
	execution_close();
	debug_close();
	counters_close();
	fp_init();
	gicv2_init(MMU_GIC_DISTRIBUTOR, MMU_GIC_CPU);
	timer_init();
}

paddr_t
arch_kernel_start(void)
{
	return arch_address(kernel_start);
}

paddr_t
arch_kernel_resident(void)
{
	return arch_address(kernel_text);
}

paddr_t
arch_kernel_end(void)
{
	return arch_address(kernel_end);
}

/* No Jazelle (its registers undefined for user code), no ThumbEE handler base: user code could
 * leave words in both that the next thread reads. */
static void
execution_close(void)
{
	uint32_t features = id_pfr0_read(); /* DDI 0406C B4.1 */

	if ((features >> 8 & 15) != 0) {
		joscr_write(JOSCR_CD);
	}
	if ((features >> 12 & 15) != 0) {
		teecr_write(TEECR_XED);
	}
}

/* User code has no debug communication channel. */
static void
debug_close(void)
{
	if ((id_dfr0_read() & 15) >= DEBUG_V7) {
		dbgdscrext_write(dbgdscrext_read() | DBGDSCR_UDCCDIS);
	}
}

/* User code has no performance counters, and none of them runs or interrupts. */
static void
counters_close(void)
{
	uint32_t unit = id_dfr0_read() >> 24 & 15;

	if (unit == 0 || unit == COUNTERS_NONE) {
		return;
	}
	pmuserenr_write(0);
	pmintenclr_write(UINT32_MAX);
	pmcr_write(0);
}
