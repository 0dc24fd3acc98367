/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The core as a whole: implements arch_init, arch_pointer, arch_address, arch_kernel_end and
 * arch_wait_for_interrupt of arch/arch.h. */
#ifndef ARCH_ARMV7A_SYSTEM_H
#define ARCH_ARMV7A_SYSTEM_H

#include "cpu.h"

/* The boot core's own data. start.S points TPIDRPRW here, before it clears the other variables. */
extern struct cpu cpu_boot;

#endif
