/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own address space, and the descriptors that user tables share with it. */
#ifndef ARCH_ARMV7A_MMU_H
#define ARCH_ARMV7A_MMU_H

#include <stdbool.h>
#include <stdint.h>

#include "registers.h"

/*
 * Short descriptors (DDI 0406C B3.5.1), with SCTLR.AFE = 1 and TRE = 0. Bit 0 of AP is the access
 * flag and always set; no entry uses the access flag, domain 0 is client.
 *
 *   first level, table     31:10 table | 8:5 domain | 3 NS | 2 PXN | 1:0 = 01
 *   first level, section   31:20 frame | 17 nG | 16 S | 15 AP[2] | 14:12 TEX | 11:10 AP[1:0] |
 *                          8:5 domain | 4 XN | 3 C | 2 B | 1 = 1 | 0 PXN
 *   second level, page     31:12 frame | 11 nG | 10 S | 9 AP[2] | 8:6 TEX | 5:4 AP[1:0] | 3 C |
 *                          2 B | 1 = 1 | 0 XN
 */
#define PAGE_BYTES       4096u
#define TABLE_VALID      UINT32_C(0x00000001)
#define TABLE_PXN        UINT32_C(0x00000004)
#define TABLE_ADDRESS    UINT32_C(0xfffffc00)
#define TABLE_BYTES      1024u
#define TABLE_ENTRIES    256u
#define SECTION_BYTES    UINT32_C(0x00100000)
#define SECTION_VALID    UINT32_C(0x00000002)
#define SECTION_PXN      UINT32_C(0x00000001)
#define SECTION_XN       UINT32_C(0x00000010)
#define SECTION_ACCESSED UINT32_C(0x00000400)
#define SECTION_NORMAL   UINT32_C(0x0001100c) /* TEX 001, C, B, S: write-back, write-allocate */
#define PAGE_VALID       UINT32_C(0x00000002)
#define PAGE_XN          UINT32_C(0x00000001)
#define PAGE_ACCESSED    UINT32_C(0x00000010)
#define PAGE_USER        UINT32_C(0x00000020) /* AP[1]: user code may access it */
#define PAGE_READ_ONLY   UINT32_C(0x00000200) /* AP[2] */
#define PAGE_PROCESS     UINT32_C(0x00000800) /* nG: of the present ASID only */
#define PAGE_NORMAL      UINT32_C(0x0000044c) /* TEX 001, C, B, S */
#define PAGE_DEVICE      UINT32_C(0x00000404) /* TEX 000, B: shareable device */

/* TTBR0 and TTBR1: walks are inner and outer write-back, write-allocate, inner shareable (IRGN 01,
 * RGN 01, S, NOS; DDI 0406C B4.1). */
#define TTBR_WALK    UINT32_C(0x0000006a)
#define TTBR_ADDRESS UINT32_C(0xfffff000)

/* Where the kernel sees its devices: far above RAM, since their own addresses may be user space. */
#define MMU_DEVICES         UINT32_C(0xf0000000)
#define MMU_UART            (MMU_DEVICES + UINT32_C(0x0000))
#define MMU_GIC_DISTRIBUTOR (MMU_DEVICES + UINT32_C(0x1000))
#define MMU_GIC_CPU         (MMU_DEVICES + UINT32_C(0x2000)) /* two pages */

/* Requires: MMU and caches off, variables zeroed. Builds the kernel's tables and turns the MMU on;
 * RAM stays at its physical addresses, user space is empty. Panics on a board or core that it
 * cannot map. */
void mmu_init(void);

/* Whether this core can forbid the kernel to execute user memory (DDI 0406C B4.1: VMSA support). */
static inline bool
mmu_has_pxn(void)
{
	return (id_mmfr0_read() & 15) >= 4;
}

/* The root: its first part is the first-level table of a user space without any entry. */
extern uint32_t mmu_root[];

/* The tables that map the MiB of the kernel by pages. */
extern uint32_t mmu_pages[];

#endif
