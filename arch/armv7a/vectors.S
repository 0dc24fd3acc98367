/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Exception vectors: into the kernel and back to user code. */
#include "offsets.h"
#include "psr.h"

/*
 * While user code runs, SP_svc points at the field pc of the running thread's context. So one SRS
 * stores return address and status (pc, psr), and one STM the user registers below them, before any
 * register had to be given up. Inside the kernel SP_svc is the kernel stack; the other modes' stack
 * pointers are scratch.
 */

	.syntax unified
	.arm
	.text

	/* To the one kernel stack. Every register is free: all were saved. A is masked: an
	 * asynchronous abort belongs to user code and waits until some runs again. */
	.macro kernel_enter
	mrc	p15, 0, r3, c13, c0, 4		/* TPIDRPRW: struct cpu */
	sub	r0, sp, #CONTEXT_PC
	ldr	sp, [r3, #CPU_STACK_TOP]
	cpsid	aif
	.endm

	/* From the mode of an exception, LR already corrected. Not from user mode: a bug. */
	.macro exception_enter exception, handler
	mrs	sp, spsr
	tst	sp, #(PSR_MODE_MASK & ~PSR_MODE_USER)
	movne	r0, #\exception
	bne	kernel_exception
	srsia	sp, #PSR_MODE_SUPERVISOR
	cps	#PSR_MODE_SUPERVISOR
	stmdb	sp, {r0-r14}^
	ldr	r1, [sp, #(CONTEXT_PSR - CONTEXT_PC)]
	movw	r2, #(PSR_USER_BITS & 0xffff)
	movt	r2, #(PSR_USER_BITS >> 16)
	and	r1, r1, r2
	orr	r1, r1, #PSR_USER
	str	r1, [sp, #(CONTEXT_PSR - CONTEXT_PC)]
	kernel_enter
	bl	\handler
	b	resume
	.endm

	.balign	32				/* DDI 0406C B4.1: VBAR 4:0 are zero */
	.global	vectors
vectors:					/* DDI 0406C B1.8.1, table B1-3 */
	b	vector_other
	b	vector_undefined
	b	vector_svc
	b	vector_prefetch_abort
	b	vector_data_abort
	b	vector_other
	b	vector_interrupt
	b	vector_other

	.balign	64
vector_svc:
	srsia	sp, #PSR_MODE_SUPERVISOR
	stmdb	sp, {r0-r14}^
	mov	r1, r12				/* the number of the call */
	kernel_enter
	bl	kernel_syscall

	/* r0: the context that runs next. TPIDRURW is writable by user code, so it is never left as
	 * it was; a reservation of LDREX is not taken along either. */
	.global	resume
resume:
	ldr	r1, [r0, #CONTEXT_TP]
	mov	r2, #0
	add	sp, r0, #CONTEXT_PC
	mcr	p15, 0, r1, c13, c0, 3		/* TPIDRURO */
	mcr	p15, 0, r2, c13, c0, 2		/* TPIDRURW */
	clrex
	ldmdb	sp, {r0-r14}^
	rfeia	sp

	/* LR is 4 behind in ARM state, 2 in Thumb (DDI 0406C table B1-7). */
vector_undefined:
	mrs	sp, spsr
	tst	sp, #PSR_THUMB
	subeq	lr, lr, #4
	subne	lr, lr, #2
	exception_enter EXCEPTION_UNDEFINED, exception_undefined

vector_prefetch_abort:
	sub	lr, lr, #4
	exception_enter EXCEPTION_PREFETCH_ABORT, exception_prefetch_abort

vector_data_abort:
	sub	lr, lr, #8
	exception_enter EXCEPTION_DATA_ABORT, exception_data_abort

vector_interrupt:
	sub	lr, lr, #4
	exception_enter EXCEPTION_INTERRUPT, kernel_interrupt

vector_other:
	mov	r0, #EXCEPTION_OTHER

	/* r0: enum exception, LR: where. Nothing returns from here, so the stack starts anew: its
	 * pointer may be the reason. */
kernel_exception:
	mov	r1, lr
	cpsid	aif, #PSR_MODE_SUPERVISOR
	mrc	p15, 0, r3, c13, c0, 4
	ldr	sp, [r3, #CPU_STACK_TOP]
	bl	exception_in_kernel

	.balign	32
	.global	vectors_parked
vectors_parked:
	.rept	8
	b	cpu_park
	.endr

	/* Sleeps for good. */
	.global	cpu_park
cpu_park:
	cpsid	if
	wfi
	b	cpu_park
