/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * All inline assembly of AArch64.
 *
 * Every statement is volatile, so that none is dropped or moved across another. "memory" stands
 * where memory accesses of the compiler must not cross it: barriers, TLB and cache maintenance,
 * writes to registers that change what memory is, and calls out of the kernel.
 */
#ifndef ARCH_AARCH64_REGISTERS_H
#define ARCH_AARCH64_REGISTERS_H

#include <stdint.h>

/* read_NAME and write_NAME for each register; a write takes effect at the next barrier_isb. */
#define X(name)                                                                                    \
	static inline uint64_t read_##name(void)                                                   \
	{                                                                                          \
		uint64_t value;                                                                    \
		__asm__ volatile("mrs %0, " #name : "=r"(value));                                  \
		return value;                                                                      \
	}                                                                                          \
	static inline void write_##name(uint64_t value)                                            \
	{                                                                                          \
		__asm__ volatile("msr " #name ", %0" : : "r"(value) : "memory");                   \
	}
#include "registers.def"
#undef X

/* Later instructions are fetched anew, with the registers written before (DDI 0487J B2.3). */
static inline void
barrier_isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

/* Earlier stores to tables are seen by every table walk (D8.2). */
static inline void
barrier_table(void)
{
	__asm__ volatile("dsb ishst" : : : "memory");
}

/* Earlier accesses and maintenance are complete on every core. */
static inline void
barrier_dsb(void)
{
	__asm__ volatile("dsb ish" : : : "memory");
}

/* The same, devices included. */
static inline void
barrier_system(void)
{
	__asm__ volatile("dsb sy" : : : "memory");
}

/* TLB maintenance (C5.5, D8.13). The argument of the first is the address >> 12. */
static inline void
tlb_drop_page(uint64_t page)
{
	__asm__ volatile("tlbi ipas2e1is, %0" : : "r"(page) : "memory");
}

static inline void
tlb_drop_stage1(void)
{
	__asm__ volatile("tlbi vmalle1is" : : : "memory");
}

static inline void
tlb_drop_space(void)
{
	__asm__ volatile("tlbi vmalls12e1is" : : : "memory");
}

static inline void
tlb_drop_users(void)
{
	__asm__ volatile("tlbi alle1is" : : : "memory");
}

static inline void
tlb_drop_kernel(void)
{
	__asm__ volatile("tlbi alle2is" : : : "memory");
}

/* Cache maintenance of the line at an address (C5.3). */
static inline void
cache_clean_and_drop(uintptr_t address)
{
	__asm__ volatile("dc civac, %0" : : "r"(address) : "memory");
}

static inline void
cache_drop(uintptr_t address)
{
	__asm__ volatile("dc ivac, %0" : : "r"(address) : "memory");
}

static inline void
cache_drop_instructions(void)
{
	__asm__ volatile("ic ialluis" : : : "memory");
}

/* Wakes on a pending interrupt although it is masked (D1.6). The barrier lets every earlier store
 * out first. */
static inline void
cpu_wait(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

_Noreturn static inline void
cpu_stop(void)
{
	__asm__ volatile("msr daifset, #15" : : : "memory");
	for (;;) {
		cpu_wait();
	}
}

/* SMCCC (DEN 0028): x0..x17 are the firmware's to change; a 32-bit function id, no arguments. */
static inline void
firmware_smc(uint32_t function)
{
	register uint64_t x0 __asm__("x0") = function;

	__asm__ volatile("smc #0"
			 : "+r"(x0)
			 :
			 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
			 "x12", "x13", "x14", "x15", "x16", "x17", "memory");
}

static inline void
firmware_hvc(uint32_t function)
{
	register uint64_t x0 __asm__("x0") = function;

	__asm__ volatile("hvc #0"
			 : "+r"(x0)
			 :
			 : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11",
			 "x12", "x13", "x14", "x15", "x16", "x17", "memory");
}

/* Arm semihosting 2.0: the host reads the block, so it must be in memory; the result is in x0. */
static inline void
semihosting_call(uint32_t operation, const void *block)
{
	register uint64_t x0 __asm__("x0") = operation;
	register const void *x1 __asm__("x1") = block;

	__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

#endif
