/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The direct map as the running kernel sees it, where an address is a physical one. */
#include "arch/arch.h"
#include "layout.h"
#include "mmu.h"
#include "registers.h"

void *
arch_pointer(paddr_t address)
{
	return (void *)(uintptr_t)address; /* NOLINT(performance-no-int-to-ptr) */
}

paddr_t
arch_address(const void *pointer)
{
	return (uintptr_t)pointer;
}

/* Turns bits over in the entries of the kernel's pages. Neither address nor type of memory changes,
 * so an entry may stay valid meanwhile (DDI 0406C B3.10.1). */
static void __attribute__((noinline))
pages_turn(const uint8_t *start, const uint8_t *end, uint32_t bits)
{
	uint32_t first = (uint32_t)kernel_start / SECTION_BYTES * SECTION_BYTES;

	for (; start < end; start += PAGE_BYTES) {
		mmu_pages[((uint32_t)start - first) / PAGE_BYTES] ^= bits;
	}
}

/* The tables last: they are written here. */
void
arch_boot_end(void)
{
	pages_turn(kernel_start, kernel_text, PAGE_READ_ONLY | PAGE_XN);
	pages_turn(kernel_tables, kernel_tables_end, PAGE_READ_ONLY);
	barrier_dsb();
	tlbiallis_write(0);
	barrier_dsb();
	barrier_isb();
}
