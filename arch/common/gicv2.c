/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm GICv2, the interrupt controller of most ARMv7 and ARMv8.0 boards (IHI 0048B). */
#include "arch/common/gicv2.h"

#include "arch/arch.h"
#include "arch/common/reg.h"
#include "registers.h"

/* Distributor, IHI 0048B table 4-1. */
#define GICD_CTLR       0x000u
#define GICD_TYPER      0x004u
#define GICD_IGROUPR    0x080u
#define GICD_ISENABLER  0x100u
#define GICD_ICENABLER  0x180u
#define GICD_ICPENDR    0x280u
#define GICD_ICACTIVER  0x380u
#define GICD_IPRIORITYR 0x400u
#define GICD_ITARGETSR  0x800u
#define GICD_ICFGR      0xc00u

/* CPU interface, IHI 0048B table 4-2. */
#define GICC_CTLR  0x000u
#define GICC_PMR   0x004u
#define GICC_BPR   0x008u
#define GICC_IAR   0x00cu
#define GICC_EOIR  0x010u
#define GICC_HPPIR 0x018u

#define LINES_PER_TYPER_UNIT 32u   /* 4.3.2: ITLinesNumber counts in 32 lines */
#define LINES_MAX            1020u /* 2.2.1: ids from here on are special */
#define SOFTWARE_LINES       16u   /* 2.2.1: 0..15 are software-generated */
#define PRIVATE_LINES        32u   /* 2.2.1: 0..31 are banked per core */
#define ID_MASK              0x3ffu
#define PRIORITY_ALL         0x80808080u /* one priority for all: the middle, also non-secure */

static uintptr_t distributor;
static uintptr_t cpu_interface;
static uint32_t line_count;

static void distributor_init(void);
static uint32_t own_targets(void);
static void line_check(uint32_t irq);

void __attribute__((section(".boot.text")))
gicv2_init(uintptr_t distributor_address, uintptr_t cpu_interface_address)
{
	distributor = distributor_address;
	cpu_interface = cpu_interface_address;
	distributor_init();
	/* 4.4.1, 4.4.2: the mask lets every priority through; EOImode (bit 9) stays 0: one write to
	 * EOIR ends an interrupt; FIQEn (bit 3) stays 0: group 0 arrives as IRQ. */
	reg_write32(cpu_interface + GICC_BPR, 0);
	reg_write32(cpu_interface + GICC_PMR, 0xff);
	reg_write32(cpu_interface + GICC_CTLR, 1);
}

/* 4.3.4: all lines in group 1. 4.4.2: the non-secure side changes only a mask in the lower half. */
void __attribute__((section(".boot.text")))
gicv2_release(uintptr_t distributor_address, uintptr_t cpu_interface_address)
{
	uint32_t word;

	for (word = 0; word <= LINES_MAX / 32; word++) {
		reg_write32(distributor_address + GICD_IGROUPR + (uintptr_t)word * 4, UINT32_MAX);
	}
	reg_write32(cpu_interface_address + GICC_PMR, 0xff);
}

uint32_t
arch_irq_claim(void)
{
	uint32_t acknowledged = reg_read32(cpu_interface + GICC_IAR);
	uint32_t irq = acknowledged & ID_MASK;

	if (irq >= LINES_MAX) {
		return ARCH_IRQ_NONE; /* 3.2.5: spurious, the line went away meanwhile */
	}
	if (irq < SOFTWARE_LINES) {
		/* No core of ours sends one. Its end must name the sender too (4.4.5). */
		reg_write32(cpu_interface + GICC_EOIR, acknowledged);
		return ARCH_IRQ_NONE;
	}
	return irq;
}

void
arch_irq_complete(uint32_t irq)
{
	line_check(irq);
	reg_write32(cpu_interface + GICC_EOIR, irq);
}

void
arch_irq_mask(uint32_t irq)
{
	line_check(irq);
	reg_write32(
		distributor + GICD_ICENABLER + (uintptr_t)irq / 32 * 4, UINT32_C(1) << irq % 32);
}

void
arch_irq_unmask(uint32_t irq)
{
	line_check(irq);
	reg_write32(
		distributor + GICD_ISENABLER + (uintptr_t)irq / 32 * 4, UINT32_C(1) << irq % 32);
}

bool
arch_irq_pending(void)
{
	return (reg_read32(cpu_interface + GICC_HPPIR) & ID_MASK) < LINES_MAX;
}

void
arch_wait_for_interrupt(void)
{
	cpu_wait();
}

static void __attribute__((section(".boot.text"))) distributor_init(void)
{
	uint32_t targets = own_targets();
	uint32_t line;

	reg_write32(distributor + GICD_CTLR, 0);
	line_count = ((reg_read32(distributor + GICD_TYPER) & 31) + 1) * LINES_PER_TYPER_UNIT;
	if (line_count > LINES_MAX) {
		line_count = LINES_MAX;
	}
	for (line = 0; line < line_count; line += 32) {
		reg_write32(distributor + GICD_ICENABLER + line / 8, UINT32_MAX);
		reg_write32(distributor + GICD_ICPENDR + line / 8, UINT32_MAX);
		reg_write32(distributor + GICD_ICACTIVER + line / 8, UINT32_MAX);
		/* Group 0 where we may choose. A non-secure kernel may not (4.3.4: RAZ/WI) and sees
		 * its group 1 under the same enable bit 0 of both CTLR registers (4.3.1, 4.4.1). */
		reg_write32(distributor + GICD_IGROUPR + line / 8, 0);
	}
	for (line = 0; line < line_count; line += 4) {
		reg_write32(distributor + GICD_IPRIORITYR + line, PRIORITY_ALL);
		if (line >= PRIVATE_LINES) {
			reg_write32(distributor + GICD_ITARGETSR + line, targets);
		}
	}
	/* 4.3.13: level-sensitive. Every line of our boards holds its level until served. */
	for (line = PRIVATE_LINES; line < line_count; line += 16) {
		reg_write32(distributor + GICD_ICFGR + line / 4, 0);
	}
	reg_write32(distributor + GICD_CTLR, 1);
}

/* 4.3.12: the banked target registers of lines 0..31 read as the reader's own bit (zero on a
 * uniprocessor, where targets do not exist). */
static uint32_t __attribute__((section(".boot.text"))) own_targets(void)
{
	uint32_t targets = 0;
	uint32_t line;

	for (line = 0; line < PRIVATE_LINES; line += 4) {
		targets |= reg_read32(distributor + GICD_ITARGETSR + line);
	}
	targets |= targets >> 16;
	targets |= targets >> 8;
	return (targets & 0xff) * UINT32_C(0x01010101);
}

/* The kernel takes line numbers from board data only. */
static void
line_check(uint32_t irq)
{
	if (irq >= line_count) {
		kernel_panic("gicv2: no such line", irq);
	}
}
