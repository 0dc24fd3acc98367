/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Exceptions and the way back to a thread (DDI 0487J D1.3, D1.4).
 *
 * While a thread runs, SP_EL2 points to its struct arch_context; the stores below need no free
 * register. In the kernel SP_EL2 is the core's stack.
 */
#include "offsets.h"

#define ESR_SVC    0x56000000 /* D19.2 ESR_EL2: EC 0x15, SVC from AArch64; IL. Below: the number */
#define ESR_FP_TRAP 0x1e000000 /* EC 0x07, floating point; IL */
#define ESR_CLASS_SHIFT 26
#define FLAGS_MASK 0xf0000000

/* abi/abi.h: bytes in 26:16. At least PAYLOAD_BYTES; no multiple of a register. */
#define INFO_LENGTH_SHIFT 16
#define INFO_LENGTH_LONG  0x07800000
#define INFO_LENGTH_ODD   0x00070000

#define SYS_CALL       0 /* abi/syscalls.def */
#define SYS_REPLY_RECV 1
#define SYS_SIGNAL     4
#define SYS_WAIT       5
#define SYS_POLL       6
#define SYS_YIELD      7

	.macro	preserved_save
	stp	x19, x20, [sp, #CONTEXT_X19]
	stp	x21, x22, [sp, #CONTEXT_X19 + 16]
	stp	x23, x24, [sp, #CONTEXT_X19 + 32]
	stp	x25, x26, [sp, #CONTEXT_X19 + 48]
	stp	x27, x28, [sp, #CONTEXT_X19 + 64]
	stp	x29, x30, [sp, #CONTEXT_X19 + 80]
	.endm

	.macro	scratch_save
	stp	x0, x1, [sp, #CONTEXT_X0]
	stp	x2, x3, [sp, #CONTEXT_X0 + 16]
	stp	x4, x5, [sp, #CONTEXT_X0 + 32]
	stp	x6, x7, [sp, #CONTEXT_X0 + 48]
	stp	x8, x9, [sp, #CONTEXT_X0 + 64]
	stp	x10, x11, [sp, #CONTEXT_X0 + 80]
	stp	x12, x13, [sp, #CONTEXT_X0 + 96]
	stp	x14, x15, [sp, #CONTEXT_X0 + 112]
	stp	x16, x17, [sp, #CONTEXT_X0 + 128]
	.endm

	/* To the core's stack; x0: the thread's context. */
	.macro	stack_enter
	mov	x0, sp
	mrs	x3, tpidr_el2
	ldr	x7, [x3, #CPU_STACK_TOP]
	mov	sp, x7
	.endm

	.macro	preserved_load
	ldp	x19, x20, [sp, #CONTEXT_X19]
	ldp	x21, x22, [sp, #CONTEXT_X19 + 16]
	ldp	x23, x24, [sp, #CONTEXT_X19 + 32]
	ldp	x25, x26, [sp, #CONTEXT_X19 + 48]
	ldp	x27, x28, [sp, #CONTEXT_X19 + 64]
	ldp	x29, x30, [sp, #CONTEXT_X19 + 80]
	.endm

	/* What a thread has besides its registers. Changes x21..x25; the flags are the caller's. */
	.macro	state_load
	ldp	x21, x22, [sp, #CONTEXT_PC]
	ldp	x23, x24, [sp, #CONTEXT_TP]
	ldr	x25, [sp, #CONTEXT_SPACE]
	ldr	x25, [x25]
	msr	elr_el2, x21
	msr	sp_el0, x22
	msr	tpidr_el0, x23
	msr	cptr_el2, x24
	msr	vttbr_el2, x25
	.endm

/* x2..x17 of the context at sp. */
	.macro	middle_load
	ldp	x2, x3, [sp, #CONTEXT_X0 + 16]
	ldp	x4, x5, [sp, #CONTEXT_X0 + 32]
	ldp	x6, x7, [sp, #CONTEXT_X0 + 48]
	ldp	x8, x9, [sp, #CONTEXT_X0 + 64]
	ldp	x10, x11, [sp, #CONTEXT_X0 + 80]
	ldp	x12, x13, [sp, #CONTEXT_X0 + 96]
	ldp	x14, x15, [sp, #CONTEXT_X0 + 112]
	ldp	x16, x17, [sp, #CONTEXT_X0 + 128]
	.endm

	.macro	resume
	eret
	dsb	nsh			/* nothing behind ERET is executed speculatively */
	isb
	.endm

	/* An entry has 128 bytes and needs one instruction: behind it stands what fits there. */
	.macro	kernel_vector
	.balign	128
	b	kernel_exception
	.endm

	.section .text.vectors, "ax"
	.balign	2048
	.global	vectors
vectors:				/* from EL2 itself, with SP_EL0 or SP_EL2 */
	kernel_vector

/* Only a bug of the kernel leads here: its own stack may be the cause. */
kernel_exception:
	adrp	x0, panic_stack_top
	add	x0, x0, :lo12:panic_stack_top
	mov	sp, x0
	mrs	x0, esr_el2
	mrs	x1, elr_el2
	mrs	x2, far_el2
	b	exception_in_kernel

/* Cores that do not boot. */
	.global	core_park
core_park:
	wfe
	b	core_park

	kernel_vector

/* A thread that did not ask for it: all that it has. To the core's stack; x0: its context. */
interrupted_save:
	scratch_save
	str	x18, [sp, #CONTEXT_X0 + 144]
	mrs	x21, elr_el2
	mrs	x22, sp_el0
	mrs	x23, spsr_el2
	and	x23, x23, #FLAGS_MASK
	stp	x21, x22, [sp, #CONTEXT_PC]
	str	x23, [sp, #CONTEXT_FLAGS]
	stack_enter
	ret

	kernel_vector

/* kernel/fast.c has changed nothing. x0, x1: as the thread gave them. */
	.global	fast_refuse
fast_refuse:
	mrs	x19, esr_el2
	mov	w20, #ESR_SVC
	sub	w19, w19, w20

/* w19: ESR_EL2 less ESR_SVC. What a call does not preserve ends with it: flags and x18. */
synchronous:
	lsr	w20, w19, #16
	cbnz	w20, 1f
	scratch_save
	stp	xzr, xzr, [sp, #CONTEXT_X0 + 144]
	stack_enter
	mov	w1, w19
	bl	kernel_syscall
	b	context_resume
1:	bl	interrupted_save
	mrs	x1, esr_el2
	bl	exception_from_thread
	b	context_resume

	kernel_vector

/* The entered thread goes on with x0 and x1. */
	.global	fast_result
fast_result:
	ldr	x19, [sp, #CONTEXT_TP]
	msr	spsr_el2, xzr
	msr	tpidr_el0, x19
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
	mov	x\n, xzr
	.endr

/* Nobody else has run: what the thread finds is its own. */
	.global	fast_continue
fast_continue:
	preserved_load
	resume

	kernel_vector

/* The floating point registers, to x19; CPTR_EL2 must not trap. Changes x20 and x21. */
	.arch_extension	simd
fp_state_save:
	mrs	x20, fpcr
	mrs	x21, fpsr
	stp	q0, q1, [x19, #FP_V]
	stp	q2, q3, [x19, #FP_V + 32]
	stp	q4, q5, [x19, #FP_V + 64]
	stp	q6, q7, [x19, #FP_V + 96]
	stp	q8, q9, [x19, #FP_V + 128]
	stp	q10, q11, [x19, #FP_V + 160]
	stp	q12, q13, [x19, #FP_V + 192]
	stp	q14, q15, [x19, #FP_V + 224]
	stp	q16, q17, [x19, #FP_V + 256]
	stp	q18, q19, [x19, #FP_V + 288]
	stp	q20, q21, [x19, #FP_V + 320]
	stp	q22, q23, [x19, #FP_V + 352]
	stp	q24, q25, [x19, #FP_V + 384]
	stp	q26, q27, [x19, #FP_V + 416]
	stp	q28, q29, [x19, #FP_V + 448]
	stp	q30, q31, [x19, #FP_V + 480]
	stp	x20, x21, [x19, #FP_FPCR]
	ret

	kernel_vector

/* And from there; the thread that entered goes on as their owner. x22: TPIDR_EL2. */
fp_state_load:
	ldp	x20, x21, [x19, #FP_FPCR]
	ldp	q0, q1, [x19, #FP_V]
	ldp	q2, q3, [x19, #FP_V + 32]
	ldp	q4, q5, [x19, #FP_V + 64]
	ldp	q6, q7, [x19, #FP_V + 96]
	ldp	q8, q9, [x19, #FP_V + 128]
	ldp	q10, q11, [x19, #FP_V + 160]
	ldp	q12, q13, [x19, #FP_V + 192]
	ldp	q14, q15, [x19, #FP_V + 224]
	ldp	q16, q17, [x19, #FP_V + 256]
	ldp	q18, q19, [x19, #FP_V + 288]
	ldp	q20, q21, [x19, #FP_V + 320]
	ldp	q22, q23, [x19, #FP_V + 352]
	ldp	q24, q25, [x19, #FP_V + 384]
	ldp	q26, q27, [x19, #FP_V + 416]
	ldp	q28, q29, [x19, #FP_V + 448]
	ldp	q30, q31, [x19, #FP_V + 480]
	msr	fpcr, x20
	msr	fpsr, x21
	mov	x20, sp
	str	x20, [x22, #CPU_FP_OWNER]
	ldp	x19, x20, [sp, #CONTEXT_X19]
	ldp	x21, x22, [sp, #CONTEXT_X19 + 16]
	ldr	x30, [sp, #CONTEXT_X19 + 88]
	resume

	.rept	2
	kernel_vector
	.endr

	.org	vectors + 0x400	/* from EL0: synchronous */
	preserved_save
	mrs	x19, esr_el2
	mov	w20, #ESR_SVC
	sub	w19, w19, w20
	mrs	x21, elr_el2
	mrs	x22, sp_el0
	stp	x21, x22, [sp, #CONTEXT_PC]
	cbz	w19, fast_call
	tbnz	w19, #31, 1f	/* a class before SVC's */
	cmp	w19, #SYS_REPLY_RECV
	b.eq	fast_reply_recv
	cmp	w19, #SYS_SIGNAL
	b.eq	fast_signal
	cmp	w19, #SYS_WAIT
	b.eq	fast_wait
	cmp	w19, #SYS_YIELD
	b.eq	fast_yield
	cmp	w19, #SYS_POLL
	b.eq	fast_poll
	b	synchronous
1:	b	fp_trapped
	.balign	128			/* IRQ */
	preserved_save
	bl	interrupted_save
	bl	kernel_interrupt
	b	context_resume
	kernel_vector			/* FIQ: the controller is told to send none */
	.balign	128			/* SError */
	preserved_save
	bl	interrupted_save
	mrs	x1, esr_el2
	bl	exception_from_thread
	b	context_resume

	.org	vectors + 0x600	/* from AArch32: no thread is ever resumed in it */
	kernel_vector

/* x0: the context to resume. SPSR is made here: EL0, AArch64, nothing masked, only its flags. */
	.global	context_resume
context_resume:
	mov	sp, x0
	state_load
	ldr	x21, [sp, #CONTEXT_FLAGS]
	and	x21, x21, #FLAGS_MASK
	msr	spsr_el2, x21
	ldp	x0, x1, [sp, #CONTEXT_X0]
	middle_load
	ldr	x18, [sp, #CONTEXT_X0 + 144]
	b	fast_continue

	.rept	3
	kernel_vector
	.endr

	.text

/* The thread used the floating point registers, which are another's: they are its own from here on,
 * and it tries again. w19: ESR_EL2 less ESR_SVC. */
fp_trapped:
	lsr	w20, w19, #ESR_CLASS_SHIFT
	cmp	w20, #((ESR_FP_TRAP - ESR_SVC) & 0xffffffff) >> ESR_CLASS_SHIFT
	b.ne	synchronous
	ldr	x20, [sp, #CONTEXT_FP]
	cbz	x20, synchronous	/* its first use of them: exception.c */
	mov	w20, #FP_OPEN & 0xffff
	movk	w20, #FP_OPEN >> 16, lsl #16
	msr	cptr_el2, x20
	isb
	mrs	x22, tpidr_el2
	str	x20, [sp, #CONTEXT_TP + 8]
	ldr	x19, [x22, #CPU_FP_OWNER]
	cbz	x19, 1f
	orr	w20, w20, #FP_CLOSED - FP_OPEN
	str	x20, [x19, #CONTEXT_TP + 8]
	ldr	x19, [x19, #CONTEXT_FP]
	bl	fp_state_save
1:	ldr	x19, [sp, #CONTEXT_FP]
	b	fp_state_load

/* To a function of kernel/direct.c, in x19, with the slot in x20. x0, x1: of the thread. */
	.global	fast_direct
fast_direct:
	scratch_save
	stp	xzr, xzr, [sp, #CONTEXT_X0 + 144]	/* x18 and flags end with a call */
	mov	w2, w1
	mov	x1, x20
	stack_enter
	blr	x19
	b	context_resume

/* arch/arch.h. x0: from, x1: to, w2: badge, w3: identity, w4: info */
	.global	arch_context_give
	.type	arch_context_give, %function
arch_context_give:
	mov	sp, x0
	mov	x19, x1
	mov	w0, w2
	bfi	x0, x3, #32, #32
	mov	w1, w4
	middle_load
	b	fast_resume

/* The way out of kernel/fast.c (arch_fast.h). x19: who runs next; x0 and x1 are final, and the
 * payload is in x2..x17 where the sender put it, as long as the info word in x1 says. All else
 * becomes zero (decisions A7, F2): the branch skips the registers that are payload. */
	.balign	64
	.global	fast_resume
fast_resume:
	tst	x1, #INFO_LENGTH_LONG
	b.ne	fast_long
fast_short:
	mov	sp, x19
	state_load
	msr	spsr_el2, xzr
	adr	x26, 1f
	tst	x1, #INFO_LENGTH_ODD
	b.ne	fast_partial
	add	x26, x26, x1, lsr #INFO_LENGTH_SHIFT + 1
	br	x26
1:
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
	mov	x\n, xzr
	.endr
	preserved_load
	resume

/* The last register of the payload is not full: its upper bytes become zero too. Two instructions
 * for each register, the second into the row above. */
fast_partial:
	ubfx	x20, x1, #INFO_LENGTH_SHIFT, #11
	and	x23, x20, #7
	and	x24, x20, #~7
	lsl	x23, x23, #3
	mov	x27, #-1
	lsl	x27, x27, x23
	adr	x26, 2f
	add	x26, x26, x24
	br	x26
2:
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
	bic	x\n, x\n, x27
	b	1b + (\n - 1) * 4
	.endr

/* The payload fills the registers: what does not fit goes from buffer to buffer, exactly the
 * declared bytes, 64 a turn. */
fast_long:
	ubfx	x20, x1, #INFO_LENGTH_SHIFT, #11
	ldr	x21, [x19, #CONTEXT_BUFFER]
	ldr	x22, [sp, #CONTEXT_BUFFER]
	add	x21, x21, #PAYLOAD_BYTES
	add	x22, x22, #PAYLOAD_BYTES
	subs	x20, x20, #PAYLOAD_BYTES + 64
	b.lo	2f
1:	ldp	x23, x24, [x22], #16
	ldp	x25, x26, [x22], #16
	ldp	x27, x28, [x22], #16
	ldp	x29, x30, [x22], #16
	stp	x23, x24, [x21], #16
	stp	x25, x26, [x21], #16
	stp	x27, x28, [x21], #16
	stp	x29, x30, [x21], #16
	subs	x20, x20, #64
	b.hs	1b
2:	adds	x20, x20, #64
	b.eq	5f
	subs	x20, x20, #8
	b.lo	4f
3:	ldr	x23, [x22], #8
	str	x23, [x21], #8
	subs	x20, x20, #8
	b.hs	3b
4:	adds	x20, x20, #8
	b.eq	5f
6:	ldrb	w23, [x22], #1
	strb	w23, [x21], #1
	subs	x20, x20, #1
	b.ne	6b
5:	mov	sp, x19
	state_load
	msr	spsr_el2, xzr
	mov	x18, xzr
	preserved_load
	resume
