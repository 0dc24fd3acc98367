/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own translation: implements arch_kernel_start, _end and arch_boot_end. */
#ifndef ARCH_AARCH64_MMU_H
#define ARCH_AARCH64_MMU_H

#include <stdint.h>

#define MMU_PAGE_BYTES    UINT64_C(4096)
#define MMU_TABLE_ENTRIES 512u

/* In a page's entry, DDI 0487J D8.3. */
#define MMU_READ_ONLY  (UINT64_C(1) << 7)
#define MMU_NO_EXECUTE (UINT64_C(1) << 54)

/* Where the parts of the kernel begin and end (kernel.ld, start.S). */
extern uint8_t boot_start[], text_start[], text_end[], rodata_end[], tables_start[], tables_end[];
extern uint8_t panic_guard[], kernel_guard[], kernel_end[];

/* The table that maps the kernel by pages. */
extern uint64_t *mmu_pages;

/* Makes the tables of all RAM and the kernel's devices, then turns MMU and caches on. Once. */
void mmu_init(void);

#endif
