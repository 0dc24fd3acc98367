/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The first instructions: from whatever state the loader left to C, with caches and MMU off. */
#include "psr.h"

	.syntax unified
	.arm
	.arch_extension virt
	.section .head, "ax"

	/* Entered in SVC or HYP mode, ARM state. Nothing that the loader passes is used. */
	.global	_start
_start:
	cpsid	if
	mrs	r0, cpsr
	and	r1, r0, #PSR_MODE_MASK
	cmp	r1, #PSR_MODE_HYP
	bne	.Lsupervisor

	/* HYP (DDI 0406C B4.1): no trap, no second stage, no counter offset, and a vector table
	 * that only parks, since nothing here ever calls HYP. */
	mov	r2, #0
	mcr	p15, 4, r2, c1, c1, 0		/* HCR */
	mcr	p15, 4, r2, c1, c1, 3		/* HSTR */
	mcr	p15, 4, r2, c1, c1, 2		/* HCPTR */
	mrc	p15, 0, r3, c9, c12, 0		/* PMCR.N, bits 15:11 */
	ubfx	r3, r3, #11, #5
	mcr	p15, 4, r3, c1, c1, 1		/* HDCR: HPMN = N, so that PL1 has all counters */
	mov	r3, #3
	mcr	p15, 4, r3, c14, c1, 0		/* CNTHCTL: PL1 may use the physical timer */
	mcrr	p15, 4, r2, r2, c14		/* CNTVOFF */
	mrc	p15, 0, r3, c0, c0, 0		/* PL1 reads MIDR and MPIDR as they are */
	mcr	p15, 4, r3, c0, c0, 0		/* VPIDR */
	mrc	p15, 0, r3, c0, c0, 5
	mcr	p15, 4, r3, c0, c0, 5		/* VMPIDR */
	ldr	r3, =vectors_parked
	mcr	p15, 4, r3, c12, c0, 0		/* HVBAR */
	mov	r3, #(PSR_ABORT_OFF | PSR_IRQ_OFF | PSR_FIQ_OFF | PSR_MODE_SUPERVISOR)
	msr	spsr_cxsf, r3
	adr	r3, .Lsupervisor
	msr	elr_hyp, r3
	eret

.Lsupervisor:
	cpsid	aif, #PSR_MODE_SUPERVISOR
	/* Only core 0 of cluster 0 goes on (MPIDR, DDI 0406C B4.1). No lock could decide it:
	 * with the MMU off exclusive accesses need not work. */
	mrc	p15, 0, r0, c0, c0, 5
	lsls	r0, r0, #8
	bne	cpu_park

	/* MMU, caches, branch prediction, alignment check, big-endian and high vectors off (SCTLR,
	 * DDI 0406C B4.1), exceptions in ARM state. mmu.c sets the rest. */
	mrc	p15, 0, r0, c1, c0, 0
	ldr	r1, =0x42003807			/* TE, EE, V, I, Z, C, A, M */
	bic	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0
	isb
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	ldr	r0, =cpu_boot
	mcr	p15, 0, r0, c13, c0, 4		/* TPIDRPRW */
	bl	caches_invalidate

	ldr	r0, =kernel_bss
	ldr	r1, =kernel_end
	mov	r2, #0
	mov	r3, #0
.Lzero:
	strd	r2, r3, [r0], #8
	cmp	r0, r1
	blo	.Lzero

	ldr	sp, =kernel_stack_top
	bl	arch_init
	bl	kernel_main
	ldr	lr, =resume
	ldr	pc, =kernel_first		/* returns to what stays: this code goes */

	/* After a reset the first-level data cache may hold anything (Cortex-A9); loaders leave it
	 * off and clean. So its lines are invalidated, not cleaned, by set and way (DDI 0406C
	 * B2.2), and the instruction side as a whole. */
caches_invalidate:
	mov	r0, #0
	mcr	p15, 2, r0, c0, c0, 0		/* CSSELR: level 1, data */
	isb
	mrc	p15, 1, r0, c0, c0, 0		/* CCSIDR */
	and	r1, r0, #7
	add	r1, r1, #4			/* log2 of the line's bytes: shift of the set */
	ubfx	r2, r0, #3, #10			/* last way */
	ubfx	r3, r0, #13, #15		/* last set */
	clz	r4, r2				/* shift of the way, which is 0 if it is 32 */
.Lset:
	mov	r5, r2
.Lway:
	lsl	r6, r5, r4
	orr	r6, r6, r3, lsl r1
	mcr	p15, 0, r6, c7, c6, 2		/* DCISW */
	subs	r5, r5, #1
	bpl	.Lway
	subs	r3, r3, #1
	bpl	.Lset
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL */
	dsb
	isb
	bx	lr
