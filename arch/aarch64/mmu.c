/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The kernel's own translation, EL2 stage 1 (DDI 0487J D8): address equals physical address. Text
 * is the only executable memory and read-only, read-only data are, and once boot is over these
 * tables too; the rest of RAM is never executable, and below each stack a page is missing.
 */
#include "mmu.h"

#include "arch/arch.h"
#include "boards/board.h"
#include "registers.h"

#define BLOCK_BYTES UINT64_C(0x200000)
#define TABLES_MAX  8u /* root, RAM, kernel, devices, two of registers, two to spare */

/* Descriptors, D8.3. */
#define DESC_TABLE  UINT64_C(3)
#define DESC_PAGE   UINT64_C(3)
#define DESC_BLOCK  UINT64_C(1)
#define DESC_VALID  UINT64_C(1)
#define DESC_NORMAL (UINT64_C(0) << 2) /* MAIR attribute 0 */
#define DESC_DEVICE (UINT64_C(1) << 2) /* MAIR attribute 1 */
#define DESC_RES1   (UINT64_C(1) << 6) /* AP[1] of a regime with one level */
#define DESC_SHARED (UINT64_C(3) << 8) /* inner */
#define DESC_AF     (UINT64_C(1) << 10)
#define DESC_BASE   (DESC_RES1 | DESC_SHARED | DESC_AF)
#define DESC_MASK   UINT64_C(0x0000fffffffff000)

#define MEMORY_TEXT (DESC_BASE | DESC_NORMAL | MMU_READ_ONLY)
#define MEMORY_RO   (DESC_BASE | DESC_NORMAL | MMU_READ_ONLY | MMU_NO_EXECUTE)
#define MEMORY_RW   (DESC_BASE | DESC_NORMAL | MMU_NO_EXECUTE)
#define MEMORY_IO   (DESC_BASE | DESC_DEVICE | MMU_NO_EXECUTE)

/* D19.2 MAIR_EL2: write-back normal memory; device nGnRE. */
#define MAIR_VALUE UINT64_C(0x04ff)
/* D19.2 TCR_EL2: RES1; 39-bit addresses; walks cached write-back, inner shareable; 4 KiB. */
#define TCR_VALUE      (UINT64_C(0x80800000) | UINT64_C(3) << 12 | UINT64_C(5) << 8 | 25)
#define TCR_PS_SHIFT   16
#define PARANGE_MASK   UINT64_C(0xf)
#define PARANGE_48_BIT UINT64_C(5) /* the most that 4 KiB pages reach */
/* D19.2 SCTLR_EL2: RES1, WXN, I, SA, C, M. */
#define SCTLR_VALUE UINT64_C(0x30cd183d)

uint64_t *mmu_pages;

static uint64_t tables[TABLES_MAX][MMU_TABLE_ENTRIES]
	__attribute__((aligned(4096), section(".tables")));
static uint32_t table_count;

static void region_map(uint64_t start, uint64_t end, uint64_t memory);
static void page_map(uint64_t address, uint64_t memory);
static void block_map(uint64_t address, uint64_t memory);
static uint64_t *table_for(uint64_t address);
static uint64_t *table_below(uint64_t *entry);
static uint64_t *table_take(void);
static void written_drop(void);

void
mmu_init(void)
{
	uint64_t range = read_id_aa64mmfr0_el1() & PARANGE_MASK;
	uint64_t ram_end = board.ram_base + board.ram_bytes;

	if (range > PARANGE_48_BIT) {
		range = PARANGE_48_BIT;
	}
	(void)table_take();
	region_map(board.ram_base, arch_address(boot_start), MEMORY_RW);
	region_map(arch_address(boot_start), arch_address(text_end), MEMORY_TEXT);
	region_map(arch_address(text_end), arch_address(rodata_end), MEMORY_RO);
	region_map(arch_address(rodata_end), arch_address(panic_guard), MEMORY_RW);
	region_map(
		arch_address(panic_guard) + MMU_PAGE_BYTES, arch_address(kernel_guard), MEMORY_RW);
	region_map(arch_address(kernel_guard) + MMU_PAGE_BYTES, ram_end, MEMORY_RW);
	page_map(board.uart_base, MEMORY_IO);
	page_map(board.gic_distributor, MEMORY_IO);
	page_map(board.gic_cpu, MEMORY_IO);
	mmu_pages = table_for(arch_address(boot_start));
	written_drop();
	write_mair_el2(MAIR_VALUE);
	write_tcr_el2(TCR_VALUE | range << TCR_PS_SHIFT);
	write_ttbr0_el2(arch_address(tables[0]));
	barrier_isb();
	tlb_drop_kernel();
	cache_drop_instructions();
	barrier_system();
	barrier_isb();
	write_sctlr_el2(SCTLR_VALUE);
	barrier_isb();
}

paddr_t
arch_kernel_start(void)
{
	return arch_address(boot_start);
}

paddr_t
arch_kernel_resident(void)
{
	return arch_address(text_start);
}

paddr_t
arch_kernel_end(void)
{
	return arch_address(kernel_end);
}

/* Blocks of 2 MiB where they fit, pages elsewhere. */
static void
region_map(uint64_t start, uint64_t end, uint64_t memory)
{
	uint64_t address = start;

	while (address < end) {
		if (address % BLOCK_BYTES == 0 && end - address >= BLOCK_BYTES) {
			block_map(address, memory);
			address += BLOCK_BYTES;
		} else {
			page_map(address, memory);
			address += MMU_PAGE_BYTES;
		}
	}
}

/* The table of pages that maps an address. */
static uint64_t *
table_for(uint64_t address)
{
	uint64_t *middle = table_below(&tables[0][address >> 30]);

	return table_below(&middle[address >> 21 & 511]);
}

static void
page_map(uint64_t address, uint64_t memory)
{
	table_for(address)[address >> 12 & 511] = address | memory | DESC_PAGE;
}

static void
block_map(uint64_t address, uint64_t memory)
{
	uint64_t *middle = table_below(&tables[0][address >> 30]);

	middle[address >> 21 & 511] = address | memory | DESC_BLOCK;
}

static uint64_t *
table_below(uint64_t *entry)
{
	uint64_t *table;

	if ((*entry & DESC_VALID) != 0) {
		return arch_pointer(*entry & DESC_MASK);
	}
	table = table_take();
	*entry = arch_address(table) | DESC_TABLE;
	return table;
}

/* start.S has zeroed them. */
static uint64_t *
table_take(void)
{
	if (table_count == TABLES_MAX) {
		kernel_panic("mmu: this board needs more tables", TABLES_MAX);
	}
	return tables[table_count++];
}

/* All that was written with the caches off is in memory only: lines that the loader, or speculation
 * since, has left would hide it (D7.5). */
static void
written_drop(void)
{
	uintptr_t line_bytes = UINT64_C(4) << (read_ctr_el0() >> 16 & 15); /* DminLine, in words */
	uintptr_t line;

	barrier_system();
	for (line = (uintptr_t)rodata_end; line < (uintptr_t)kernel_end; line += line_bytes) {
		cache_drop(line);
	}
	barrier_system();
}
