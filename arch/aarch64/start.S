/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * From the boot loader to C: the image header, one core only, EL2, a stack, zeroed memory.
 * MMU and data caches are off until arch_init (Linux Documentation/arm64/booting.rst).
 */
#include "offsets.h"

#define SPSR_EL2H_MASKED 0x3c9 /* C5.2 SPSR_EL2: D, A, I, F masked; EL2 with its own stack */
#define SCR_EL3_VALUE    0x531 /* D19.2 SCR_EL3: RW, HCE, RES1 bits 5 and 4, NS */
#define HCR_EL2_START    0x80000000 /* RW: no E2H before the first EL2 register is written */
#define SCTLR_EL2_OFF    0x30c50830 /* D19.2 SCTLR_EL2: the RES1 bits alone: MMU and caches off */

	.section .head, "ax"
	.global kernel_start
kernel_start:
	b	core_select
	.long	0
	.quad	image_offset		/* kernel.ld: where from 2 MiB on the image must lie */
	.quad	image_bytes		/* kernel.ld: how much room the loader must leave */
	.quad	2			/* little-endian, 4 KiB pages, anywhere is not allowed */
	.quad	0
	.quad	0
	.quad	0
	.ascii	"ARM\x64"
	.long	0

/* The core with affinity 0.0.0 boots. A lock would need exclusives, which MMU-off memory does not
 * promise (B2.9). */
core_select:
	msr	daifset, #15
	mrs	x1, mpidr_el1
	and	x1, x1, #0xffffff
	cbnz	x1, core_park

level_select:
	adrp	x1, kernel_stack_top
	add	x1, x1, :lo12:kernel_stack_top
	mov	sp, x1
	adrp	x2, bss_start
	add	x2, x2, :lo12:bss_start
	adrp	x3, kernel_end
	add	x3, x3, :lo12:kernel_end
1:	stp	xzr, xzr, [x2], #16
	cmp	x2, x3
	b.lo	1b
	mrs	x2, currentel
	lsr	x2, x2, #2
	cmp	x2, #2
	b.eq	enter_el2
	b.hi	enter_el3
	mov	x2, #3 << 20		/* EL1: C may be compiled with anything, let it run */
	msr	cpacr_el1, x2
	isb
	bl	start_refuse

/* No firmware is below us: release what only EL3 can, then go down. */
enter_el3:
	bl	start_release
	mov	x2, #SCR_EL3_VALUE
	msr	scr_el3, x2
	msr	cptr_el3, xzr		/* FP and CPACR are EL2's to trap */
	msr	mdcr_el3, xzr
	mov	x2, #SPSR_EL2H_MASKED
	msr	spsr_el3, x2
	adr	x2, enter_el2
	msr	elr_el3, x2
	mov	x2, sp
	ldr	x3, =SCTLR_EL2_OFF
	msr	sctlr_el2, x3
	msr	sp_el2, x2
	eret

enter_el2:
	ldr	x2, =HCR_EL2_START
	msr	hcr_el2, x2
	ldr	x2, =SCTLR_EL2_OFF
	msr	sctlr_el2, x2
	isb
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el2, x1
	adrp	x1, cpu_boot
	add	x1, x1, :lo12:cpu_boot
	msr	tpidr_el2, x1
	mov	x2, sp
	str	x2, [x1, #CPU_STACK_TOP]
	isb
	bl	arch_init
	bl	kernel_main
	adrp	x30, context_resume
	add	x30, x30, :lo12:context_resume
	b	kernel_first		/* returns to what stays: this code goes */
	.ltorg

	.section .stacks, "aw", %nobits
	.balign	4096
	.global	panic_guard, panic_stack_top, kernel_guard, kernel_stack_top
panic_guard:
	.space	4096			/* never mapped (mmu.c) */
	.space	4096
panic_stack_top:
kernel_guard:
	.space	4096			/* never mapped */
	.space	8192
kernel_stack_top:
