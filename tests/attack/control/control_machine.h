/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* 15 and 16: processes may read the physical counter, and the cycle counter. */
#ifndef CONTROL_CONTROL_MACHINE_H
#define CONTROL_CONTROL_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

static inline void
control_machine(bool has_counter, bool has_cycles)
{
	static bool is_open;

	if (!is_open && !has_counter && !has_cycles) {
		return; /* the kernel's own settings stand */
	}
	is_open = true;
#ifdef __aarch64__
	/* DDI 0487J D19: CNTKCTL_EL1.EL0PCTEN is bit 0, EL0VCTEN bit 1; CNTHCTL_EL2.EL1PCTEN
	 * bit 0 (QEMU 7.2 looks at EL1PCEN, bit 1); MDCR_EL2.TPM bit 6. */
	uint64_t mdcr;
	__asm__ volatile("msr cnthctl_el2, %0" : : "r"(has_counter ? UINT64_C(3) : UINT64_C(0)));
	__asm__ volatile("msr cntkctl_el1, %0" : : "r"(has_counter ? UINT64_C(3) : UINT64_C(2)));
	__asm__ volatile("mrs %0, mdcr_el2" : "=r"(mdcr));
	mdcr = has_cycles ? mdcr & ~(UINT64_C(1) << 6) : mdcr | UINT64_C(1) << 6;
	__asm__ volatile("msr mdcr_el2, %0" : : "r"(mdcr));
	__asm__ volatile("msr pmuserenr_el0, %0" : : "r"(has_cycles ? UINT64_C(1) : UINT64_C(0)));
	__asm__ volatile("isb");
#else
	/* DDI 0406C B4: CNTKCTL.PL0PCTEN is bit 0, PL0VCTEN bit 1; PMUSERENR.EN bit 0. */
	__asm__ volatile("mcr p15, 0, %0, c14, c1, 0" : : "r"(has_counter ? 3 : 2));
	__asm__ volatile("mcr p15, 0, %0, c9, c14, 0" : : "r"(has_cycles ? 1 : 0));
	__asm__ volatile("isb");
#endif
}

#endif
