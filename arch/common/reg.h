/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Device registers: the only way that the kernel touches them. */
#ifndef ARCH_COMMON_REG_H
#define ARCH_COMMON_REG_H

#include <stdint.h>

/* The 32-bit register at an address that is mapped as a device; one access of exactly this size. */
static inline uint32_t
reg_read32(uintptr_t address)
{
	return *(const volatile uint32_t *)address;
}

static inline void
reg_write32(uintptr_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

#endif
