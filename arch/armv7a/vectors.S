/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Exception vectors: into the kernel and back to user code. */
#include "offsets.h"
#include "psr.h"

#define SYS_YIELD 7 /* abi/syscalls.def */

/*
 * While user code runs, SP_svc points at the field pc of the running thread's context. So one SRS
 * stores return address and status (pc, psr), and one STM the user registers below them, before any
 * register had to be given up. Inside the kernel SP_svc is the kernel stack; the other modes' stack
 * pointers are scratch.
 */

	.syntax unified
	.arm
	.text

	/* r10: the thread's context. Every register is free: all were saved. A is masked: an
	 * asynchronous abort belongs to user code and waits until some runs again. */
	.macro kernel_enter
	sub	r10, sp, #CONTEXT_PC
	cpsid	aif
	.endm

	/* To the one kernel stack. Changes r9. */
	.macro stack_enter
	mrc	p15, 0, r9, c13, c0, 4		/* TPIDRPRW: struct cpu */
	ldr	sp, [r9, #CPU_STACK_TOP]
	.endm

	/* What the thread of r6 has besides its registers; r7 = 0, changes r8 and r9. TTBR0 and
	 * ASID as in space.c. TPIDRURW is writable by user code, so it is never left as it was; a
	 * reservation of LDREX is not taken along either. */
	.macro state_load
	ldr	r8, [r6, #CONTEXT_SPACE]
	mov	r7, #0
	ldrd	r8, r9, [r8, #SPACE_TTBR]
	mcr	p15, 0, r7, c13, c0, 1		/* CONTEXTIDR */
	isb
	mcr	p15, 0, r8, c2, c0, 0		/* TTBR0 */
	isb
	mcr	p15, 0, r9, c13, c0, 1
	ldrd	r8, r9, [r6, #CONTEXT_TP]
	mcr	p15, 0, r8, c13, c0, 3		/* TPIDRURO */
	mcr	p15, 0, r7, c13, c0, 2		/* TPIDRURW */
	mcr	p10, 7, r9, c8, c0, 0		/* FPEXC */
	clrex
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
	stack_enter
	mov	r0, r10
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
	kernel_enter
	cmp	r12, #SYS_YIELD
	addls	pc, pc, r12, lsl #2
	b	fast_refuse
	b	fast_call			/* 0 */
	b	fast_reply_recv
	b	fast_refuse			/* recv */
	b	fast_refuse			/* reply */
	b	fast_signal
	b	fast_wait
	b	fast_poll
	b	fast_yield

	/* To a function of kernel/direct.c, in r6, with the slot in r7 and what the thread gave. */
	.global	fast_direct
fast_direct:
	stack_enter
	ldr	r2, [r10, #CONTEXT_R1]
	mov	r1, r7
	mov	r0, r10
	blx	r6
	b	resume

	/* arch/arch.h. r0: from, r1: to, r2: badge, r3: identity, on the stack: info */
	.global	arch_context_give
	.type	arch_context_give, %function
arch_context_give:
	mov	r10, r0
	mov	r6, r1
	ldr	r1, [sp]
	str	r3, [r6, #CONTEXT_R12]
	mov	r0, r2
	b	fast_resume

	/* kernel/fast.c has changed nothing. */
	.global	fast_refuse
fast_refuse:
	stack_enter
	mov	r0, r10
	ldr	r1, [r10, #CONTEXT_R12]		/* the number of the call */
	bl	kernel_syscall

	/* r0: the context that runs next. */
	.global	resume
resume:
	mov	r6, r0

	/* r6: the same. */
	.global	fast_switch
fast_switch:
	state_load
	add	sp, r6, #CONTEXT_PC
	ldmdb	sp, {r0-r14}^
	rfeia	sp

	/* The way out of kernel/fast.c (arch_fast.h). r6: who runs next; r0 and r1 are final and
	 * r12 stands in its context. The payload is in the context of r10. Registers beyond it
	 * become zero, and so do the flags (decisions A7, F2): the branch skips the registers that
	 * are payload. */
	.balign	64
	.global	fast_resume
fast_resume:
	add	r8, r10, #CONTEXT_R2
	ubfx	r7, r1, #16, #11		/* bytes */
	ldmia	r8, {r2-r5}
	tst	r7, #3
	bne	fast_partial
	cmp	r7, #PAYLOAD_BYTES
.Lclear:
	addlo	pc, pc, r7
	b	.Lfull
	mov	r2, #0
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
.Lload:
	state_load
	ldr	lr, [r6, #CONTEXT_PC]
	ldrb	r8, [r6, #CONTEXT_PSR]		/* mode, state and masks; no flags */
	add	sp, r6, #CONTEXT_PC
	msr	spsr_cxsf, r8
	add	r6, r6, #CONTEXT_R6
	ldmia	r6, {r6-r14}^
	movs	pc, lr
.Lfull:
	bls	.Lload

	/* The payload does not fit in registers: the rest goes from buffer to buffer, exactly the
	 * declared bytes, 32 a turn. r0..r5 and sp carry the message and the stack; r6 is needed
	 * again, so it waits on the stack with r10. */
	ldr	r8, [r10, #CONTEXT_BUFFER]
	stack_enter
	ldr	r9, [r6, #CONTEXT_BUFFER]
	push	{r0-r6}
	add	r8, r8, #PAYLOAD_BYTES
	add	r9, r9, #PAYLOAD_BYTES
	subs	r7, r7, #(PAYLOAD_BYTES + 32)
	blo	2f
1:	ldmia	r8!, {r0-r6, r12}
	stmia	r9!, {r0-r6, r12}
	subs	r7, r7, #32
	bhs	1b
2:	adds	r7, r7, #32
	beq	5f
	subs	r7, r7, #4
	blo	4f
3:	ldr	r0, [r8], #4
	subs	r7, r7, #4
	str	r0, [r9], #4
	bhs	3b
4:	adds	r7, r7, #4
	beq	5f
6:	ldrb	r0, [r8], #1
	subs	r7, r7, #1
	strb	r0, [r9], #1
	bne	6b
5:	pop	{r0-r6}
	b	.Lload

	/* The last register of the payload is not full: its upper bytes become zero too. */
fast_partial:
	cmp	r7, #PAYLOAD_BYTES
	bhi	.Lfull
	and	r8, r7, #3
	bic	r7, r7, #3
	lsl	r8, r8, #3
	mvn	r9, #0
	lsl	r9, r9, r8
	add	pc, pc, r7, lsl #1
	nop
	bic	r2, r2, r9
	b	.Lclear_r3
	bic	r3, r3, r9
	b	.Lclear_r4
	bic	r4, r4, r9
	b	.Lclear_r5
	bic	r5, r5, r9
	b	.Lload
.Lclear_r3:
	mov	r3, #0
.Lclear_r4:
	mov	r4, #0
.Lclear_r5:
	mov	r5, #0
	b	.Lload

	/* The entered thread goes on with r0 and r1. */
	.global	fast_result
fast_result:
	ldr	lr, [r10, #CONTEXT_PC]
	ldrb	r8, [r10, #CONTEXT_PSR]
	add	r6, r10, #CONTEXT_R6
	msr	spsr_cxsf, r8
	mov	r2, #0
	mcr	p15, 0, r2, c13, c0, 2		/* TPIDRURW */
	mov	r3, #0
	mov	r4, #0
	mov	r5, #0
	ldmia	r6, {r6-r14}^
	mov	r12, #0
	movs	pc, lr

	/* Nobody else has run: what the thread finds is its own, but for the status. */
	.global	fast_continue
fast_continue:
	ldmdb	sp, {r0-r14}^
	mov	r0, #0
	mov	r1, #0
	mov	r12, #0
	rfeia	sp

	.global	fast_status
fast_status:
	add	r2, r10, #CONTEXT_R2
	ldmia	r2, {r2-r14}^
	mov	r1, #0
	mov	r12, #0
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
