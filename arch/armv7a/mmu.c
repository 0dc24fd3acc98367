/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own tables: RAM and kernel at their physical addresses above 1 GiB, devices in
 * a window. */
#include "mmu.h"

#include <stddef.h>

#include "arch/arch.h"
#include "boards/board.h"
#include "layout.h"
#include "registers.h"

/* SCTLR (DDI 0406C B4.1). */
#define SCTLR_M    UINT32_C(0x00000001)
#define SCTLR_A    UINT32_C(0x00000002)
#define SCTLR_C    UINT32_C(0x00000004)
#define SCTLR_SW   UINT32_C(0x00000400) /* SWP, SWPB: they ignore LDREX reservations */
#define SCTLR_Z    UINT32_C(0x00000800)
#define SCTLR_I    UINT32_C(0x00001000)
#define SCTLR_HA   UINT32_C(0x00020000)
#define SCTLR_WXN  UINT32_C(0x00080000) /* writable is never executable */
#define SCTLR_UWXN UINT32_C(0x00100000) /* writable for user code: the same for the kernel */
#define SCTLR_TRE  UINT32_C(0x10000000)
#define SCTLR_AFE  UINT32_C(0x20000000)

#define ACTLR_SMP UINT32_C(0x00000040) /* Cortex-A5, A7, A9, A15, A17: take part in coherency */

#define TTBCR_N         UINT32_C(2) /* TTBR0 translates below 1 GiB (DDI 0406C B3.5.4) */
#define DACR_CLIENT     UINT32_C(1) /* domain 0: access is as the tables say */
#define RAM_START       UINT64_C(0x40000000)
#define KERNEL_SECTIONS 4u /* kernel.ld asserts it */

/* Read-only once boot is over: nothing here changes afterwards. The root's first KiB of entries,
 * which TTBR1 never reads, stays empty. */
uint32_t mmu_root[4096] __attribute__((section(".tables.root"), aligned(16384)));
uint32_t mmu_pages[KERNEL_SECTIONS * TABLE_ENTRIES]
	__attribute__((section(".tables"), aligned(TABLE_BYTES)));
static uint32_t device_pages[TABLE_ENTRIES]
	__attribute__((section(".tables"), aligned(TABLE_BYTES)));

static void core_check(void);
static void ram_map(void);
static void kernel_map(void);
static uint32_t kernel_page(uint32_t address);
static void devices_map(void);
static void device_page(uint32_t address, uint64_t physical);
static void table_link(uint32_t address, const uint32_t *table);
static void mmu_enable(void);

void
mmu_init(void)
{
	core_check();
	ram_map();
	kernel_map();
	devices_map();
	mmu_enable();
}

/* TLB maintenance for all cores, and table walks that see the data cache (DDI 0406C B4.1): later
 * code relies on both. Cortex-A8 has neither. */
static void
core_check(void)
{
	uint32_t features = id_mmfr3_read();

	if ((features >> 12 & 15) < 2) {
		kernel_panic("mmu: this core has no TLB maintenance for all cores", features);
	}
	if ((features >> 20 & 15) < 1) {
		kernel_panic("mmu: table walks of this core do not see the data cache", features);
	}
}

static void
ram_map(void)
{
	uint64_t end = board.ram_base + board.ram_bytes;
	uint32_t attributes = SECTION_VALID | SECTION_XN | SECTION_ACCESSED | SECTION_NORMAL;
	uint64_t at;

	if (board.ram_base < RAM_START || end < board.ram_base || end > MMU_DEVICES ||
		(board.ram_base | board.ram_bytes) % SECTION_BYTES != 0) {
		kernel_panic("mmu: RAM is not within 0x40000000 to 0xf0000000 in whole MiB", end);
	}
	if (mmu_has_pxn()) {
		attributes |= SECTION_PXN;
	}
	for (at = board.ram_base; at < end; at += SECTION_BYTES) {
		mmu_root[at / SECTION_BYTES] = (uint32_t)at | attributes;
	}
}

/* The MiB that the kernel touches, page by page. */
static void
kernel_map(void)
{
	uint32_t address = (uint32_t)kernel_start / SECTION_BYTES * SECTION_BYTES;
	uint32_t *page = mmu_pages;

	for (; address < (uint32_t)kernel_end; address += SECTION_BYTES) {
		table_link(address, page);
		for (uint32_t i = 0; i < TABLE_ENTRIES; i++) {
			*page++ = kernel_page(address + i * PAGE_BYTES);
		}
	}
}

static uint32_t
kernel_page(uint32_t address)
{
	uint32_t page = address | PAGE_VALID | PAGE_ACCESSED | PAGE_NORMAL;

	if (address >= (uint32_t)kernel_start && address < (uint32_t)kernel_text_end) {
		return page | PAGE_READ_ONLY;
	}
	if (address >= (uint32_t)kernel_text_end && address < (uint32_t)kernel_rodata_end) {
		return page | PAGE_READ_ONLY | PAGE_XN;
	}
	if (address >= (uint32_t)kernel_guard && address < (uint32_t)kernel_stack) {
		return 0;
	}
	return page | PAGE_XN;
}

static void
devices_map(void)
{
	device_page(MMU_UART, board.uart_base);
	device_page(MMU_GIC_DISTRIBUTOR, board.gic_distributor);
	device_page(MMU_GIC_CPU, board.gic_cpu);
	device_page(MMU_GIC_CPU + 4096, board.gic_cpu + 4096);
	table_link(MMU_DEVICES, device_pages);
}

static void
device_page(uint32_t address, uint64_t physical)
{
	device_pages[(address - MMU_DEVICES) / 4096] =
		(uint32_t)physical | PAGE_VALID | PAGE_ACCESSED | PAGE_DEVICE | PAGE_XN;
}

static void
table_link(uint32_t address, const uint32_t *table)
{
	mmu_root[address / SECTION_BYTES] = (uint32_t)table | TABLE_VALID;
}

/* The code runs at its physical address, so that nothing jumps when the MMU comes on. */
static void
mmu_enable(void)
{
	uint32_t sctlr = sctlr_read();

	/* Before the caches, else they are not coherent. Only where the bit is writable: elsewhere
	 * firmware has set it, or it does not exist. */
	if ((actlr_read() & ACTLR_SMP) == 0) {
		actlr_write(actlr_read() | ACTLR_SMP);
	}
	ttbcr_write(TTBCR_N);
	ttbr0_write((uint32_t)mmu_root | TTBR_WALK);
	ttbr1_write((uint32_t)mmu_root | TTBR_WALK);
	contextidr_write(0);
	dacr_write(DACR_CLIENT);
	barrier_dsb();
	barrier_isb();
	sctlr &= ~(SCTLR_A | SCTLR_SW | SCTLR_HA | SCTLR_TRE | SCTLR_WXN | SCTLR_UWXN);
	sctlr |= SCTLR_M | SCTLR_C | SCTLR_Z | SCTLR_I | SCTLR_AFE;
	/* Both exist with the virtualization extensions only; the tables alone say the same. */
	if ((id_pfr1_read() >> 12 & 15) != 0) {
		sctlr |= SCTLR_WXN | SCTLR_UWXN;
	}
	sctlr_write(sctlr);
	barrier_isb();
}
