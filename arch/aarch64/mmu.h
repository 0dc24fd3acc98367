/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own translation: implements arch_pointer, arch_address and arch_kernel_end. */
#ifndef ARCH_AARCH64_MMU_H
#define ARCH_AARCH64_MMU_H

/* Makes the tables of all RAM and the kernel's devices, then turns MMU and caches on. Once. */
void mmu_init(void);

#endif
