/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The direct map as the running kernel sees it, where an address is a physical one. */
#include "arch/arch.h"
#include "mmu.h"
#include "registers.h"

void *
arch_pointer(paddr_t address)
{
	return (void *)address;
}

paddr_t
arch_address(const void *pointer)
{
	return (paddr_t)pointer;
}

/* Turns bits over in the entries of the kernel's pages. Neither address nor type of memory changes,
 * so an entry may stay valid meanwhile (DDI 0487J D8.13.1). */
static void __attribute__((noinline))
pages_turn(const uint8_t *start, const uint8_t *end, uint64_t bits)
{
	for (; start < end; start += MMU_PAGE_BYTES) {
		mmu_pages[arch_address(start) / MMU_PAGE_BYTES % MMU_TABLE_ENTRIES] ^= bits;
	}
}

/* The tables last: they are written here. */
void
arch_boot_end(void)
{
	pages_turn(boot_start, text_start, MMU_READ_ONLY | MMU_NO_EXECUTE);
	pages_turn(tables_start, tables_end, MMU_READ_ONLY);
	barrier_system();
	tlb_drop_kernel();
	barrier_system();
	barrier_isb();
}
