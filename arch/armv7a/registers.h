/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* All inline assembly of ARMv7-A: coprocessor registers, barriers, calls out of the kernel. */
#ifndef ARCH_ARMV7A_REGISTERS_H
#define ARCH_ARMV7A_REGISTERS_H

#include <stdint.h>

#include "arch_types.h"

/* NAME_read and NAME_write of every register in registers.def. A write is a barrier for the
 * compiler only ("memory"): what it changes may decide what memory accesses mean. */
#define X(name, coprocessor, opc1, crn, crm, opc2)                                                 \
	static inline uint32_t name##_read(void)                                                   \
	{                                                                                          \
		uint32_t value;                                                                    \
		__asm__ volatile("mrc " #coprocessor ", " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
				 : "=r"(value)                                                     \
				 :                                                                 \
				 : "memory");                                                      \
		return value;                                                                      \
	}                                                                                          \
	static inline void name##_write(uint32_t value)                                            \
	{                                                                                          \
		__asm__ volatile("mcr " #coprocessor ", " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
				 :                                                                 \
				 : "r"(value)                                                      \
				 : "memory");                                                      \
	}
#include "registers.def"
#undef X

/* DDI 0406C B8.1: ISB first, else the counter may be read too early. */
static inline uint64_t
cntvct_read(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks) : : "memory");
	return ticks;
}

static inline void
cntv_cval_write(uint64_t ticks)
{
	__asm__ volatile("mcrr p15, 3, %Q0, %R0, c14" : : "r"(ticks) : "memory");
}

/* Barriers (DDI 0406C A3.8.3), in the forms for all cores of the inner shareable domain. "memory":
 * the compiler moves no access across them. */
static inline void
barrier_dsb(void)
{
	__asm__ volatile("dsb ish" : : : "memory");
}

static inline void
barrier_dsb_store(void)
{
	__asm__ volatile("dsb ishst" : : : "memory");
}

static inline void
barrier_isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

/* Sleeps until an interrupt is pending, masked or not (DDI 0406C B1.8.14). The full-system DSB ends
 * all accesses before. */
static inline void
cpu_wait(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}

/* Nothing more happens on this core. */
_Noreturn static inline void
cpu_stop(void)
{
	for (;;) {
		__asm__ volatile("cpsid aif\n\tdsb sy\n\twfi" : : : "memory");
	}
}

/* Floating point. The assembler must be told that the unit exists; the compiler, which uses general
 * registers only, must not know. */
static inline void
fpexc_write(uint32_t value)
{
	__asm__ volatile(".fpu neon\n\tvmsr fpexc, %0" : : "r"(value) : "memory");
}

static inline uint32_t
fpexc_read(void)
{
	uint32_t value;

	__asm__ volatile(".fpu neon\n\tvmrs %0, fpexc" : "=r"(value) : : "memory");
	return value;
}

/* Require: the unit is on. "memory": registers go to and come from the context. */
static inline void
fp_save(struct arch_fp *fp)
{
	uint64_t *at = fp->d;
	uint32_t fpscr;

	__asm__ volatile(".fpu neon\n\t"
			 "vstmia %0!, {d0-d15}\n\t"
			 "vstmia %0, {d16-d31}\n\t"
			 "vmrs %1, fpscr"
			 : "+r"(at), "=r"(fpscr)
			 :
			 : "memory");
	fp->fpscr = fpscr;
}

static inline void
fp_load(const struct arch_fp *fp)
{
	const uint64_t *at = fp->d;

	__asm__ volatile(".fpu neon\n\t"
			 "vldmia %0!, {d0-d15}\n\t"
			 "vldmia %0, {d16-d31}\n\t"
			 "vmsr fpscr, %1"
			 : "+r"(at)
			 : "r"(fp->fpscr)
			 : "memory");
}

/* Arm semihosting 2.0, A32: HLT 0xf000, number in r0, block in r1. ARMv7 has no HLT
 * (the encoding is undefined), so that without an emulator it ends in the exception vector. */
static inline void
semihosting_call(uint32_t number, const void *block)
{
	register uint32_t r0 __asm__("r0") = number;
	register const void *r1 __asm__("r1") = block;

	__asm__ volatile(".inst.n 0xbabc" : "+r"(r0) : "r"(r1) : "memory");
}

/* Firmware calls, SMCCC 1.0 (DEN 0028B 2.1): number in r0, which changes as r1..r3 and r12
 * may. */
static inline void
firmware_smc(uint32_t function)
{
	register uint32_t r0 __asm__("r0") = function;

	__asm__ volatile(".arch_extension sec\n\tsmc #0"
			 : "+r"(r0)
			 :
			 : "r1", "r2", "r3", "r12", "memory");
}

static inline void
firmware_hvc(uint32_t function)
{
	register uint32_t r0 __asm__("r0") = function;

	__asm__ volatile(".arch_extension virt\n\thvc #0"
			 : "+r"(r0)
			 :
			 : "r1", "r2", "r3", "r12", "memory");
}

#endif
