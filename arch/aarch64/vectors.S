/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Exceptions and the way back to a thread (DDI 0487J D1.3, D1.4).
 *
 * While a thread runs, SP_EL2 points to its struct arch_context; the stores below need no free
 * register. In the kernel SP_EL2 is the core's stack.
 */
#include "offsets.h"

#define ESR_EC_SHIFT 26
#define EC_SVC       0x15 /* D19.2 ESR_EL2: SVC from AArch64 */
#define FLAGS_MASK   0xf0000000

	.macro	thread_save
	stp	x19, x20, [sp, #CONTEXT_X19]
	stp	x21, x22, [sp, #CONTEXT_X19 + 16]
	stp	x23, x24, [sp, #CONTEXT_X19 + 32]
	stp	x25, x26, [sp, #CONTEXT_X19 + 48]
	stp	x27, x28, [sp, #CONTEXT_X19 + 64]
	stp	x29, x30, [sp, #CONTEXT_X19 + 80]
	stp	x0, x1, [sp, #CONTEXT_X0]
	stp	x2, x3, [sp, #CONTEXT_X0 + 16]
	stp	x4, x5, [sp, #CONTEXT_X0 + 32]
	stp	x6, x7, [sp, #CONTEXT_X0 + 48]
	stp	x8, x9, [sp, #CONTEXT_X0 + 64]
	stp	x10, x11, [sp, #CONTEXT_X0 + 80]
	stp	x12, x13, [sp, #CONTEXT_X0 + 96]
	stp	x14, x15, [sp, #CONTEXT_X0 + 112]
	stp	x16, x17, [sp, #CONTEXT_X0 + 128]
	str	x18, [sp, #CONTEXT_X0 + 144]
	mov	x0, sp
	mrs	x3, tpidr_el2
	mrs	x4, elr_el2
	mrs	x5, sp_el0
	mrs	x6, spsr_el2
	ldr	x7, [x3, #CPU_STACK_TOP]
	and	x6, x6, #FLAGS_MASK
	stp	x4, x5, [x0, #CONTEXT_PC]
	str	x6, [x0, #CONTEXT_FLAGS]
	mov	sp, x7
	.endm

	/* Only a bug of the kernel leads here: its own stack may be the cause. */
	.macro	kernel_vector
	.balign	128
	adrp	x0, panic_stack_top
	add	x0, x0, :lo12:panic_stack_top
	mov	sp, x0
	mrs	x0, esr_el2
	mrs	x1, elr_el2
	mrs	x2, far_el2
	b	exception_in_kernel
	.endm

	.text
	.balign	2048
	.global	vectors
vectors:
	.rept	8			/* from EL2 itself, with SP_EL0 or SP_EL2 */
	kernel_vector
	.endr

	.balign	128			/* from EL0: synchronous */
	thread_save
	mrs	x1, esr_el2
	b	synchronous
	.balign	128			/* IRQ */
	thread_save
	bl	kernel_interrupt
	b	context_resume
	kernel_vector			/* FIQ: the controller is told to send none */
	.balign	128			/* SError */
	thread_save
	mrs	x1, esr_el2
	bl	exception_from_thread
	b	context_resume

	.rept	4			/* from AArch32: no thread is ever resumed in it */
	kernel_vector
	.endr

synchronous:
	lsr	x2, x1, #ESR_EC_SHIFT
	cmp	x2, #EC_SVC
	b.ne	1f
	and	w1, w1, #0xffff		/* the number in the instruction */
	bl	kernel_syscall
	b	context_resume
1:	bl	exception_from_thread

/* x0: the context to resume. SPSR is made here: EL0, AArch64, nothing masked, only its flags. */
	.global	context_resume
context_resume:
	mov	sp, x0
	ldp	x1, x2, [sp, #CONTEXT_PC]
	ldp	x3, x4, [sp, #CONTEXT_TP]
	msr	elr_el2, x1
	msr	sp_el0, x2
	msr	tpidr_el0, x3
	and	x4, x4, #FLAGS_MASK
	msr	spsr_el2, x4
	ldp	x19, x20, [sp, #CONTEXT_X19]
	ldp	x21, x22, [sp, #CONTEXT_X19 + 16]
	ldp	x23, x24, [sp, #CONTEXT_X19 + 32]
	ldp	x25, x26, [sp, #CONTEXT_X19 + 48]
	ldp	x27, x28, [sp, #CONTEXT_X19 + 64]
	ldp	x29, x30, [sp, #CONTEXT_X19 + 80]
	ldp	x0, x1, [sp, #CONTEXT_X0]
	ldp	x2, x3, [sp, #CONTEXT_X0 + 16]
	ldp	x4, x5, [sp, #CONTEXT_X0 + 32]
	ldp	x6, x7, [sp, #CONTEXT_X0 + 48]
	ldp	x8, x9, [sp, #CONTEXT_X0 + 64]
	ldp	x10, x11, [sp, #CONTEXT_X0 + 80]
	ldp	x12, x13, [sp, #CONTEXT_X0 + 96]
	ldp	x14, x15, [sp, #CONTEXT_X0 + 112]
	ldp	x16, x17, [sp, #CONTEXT_X0 + 128]
	ldr	x18, [sp, #CONTEXT_X0 + 144]
	eret
	dsb	nsh			/* nothing behind ERET is executed speculatively */
	isb
