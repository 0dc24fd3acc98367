/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm GICv2: implements arch_irq_claim, _complete, _mask, _unmask and _pending of arch/arch.h. */
#ifndef ARCH_COMMON_GICV2_H
#define ARCH_COMMON_GICV2_H

#include <stdint.h>

/* Requires: both blocks are mapped as devices at these virtual addresses. Masks every line, forgets
 * what is pending or active, routes all lines to the calling core and opens its interface. */
void gicv2_init(uintptr_t distributor, uintptr_t cpu_interface);
/* For a kernel entered in secure state, before it leaves that: gives every line to the non-secure
 * side and lets it set its own priority mask. */
void gicv2_release(uintptr_t distributor, uintptr_t cpu_interface);

#endif
