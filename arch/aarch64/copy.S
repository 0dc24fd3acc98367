/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying and clearing memory by pairs of registers: implements arch_copy_blocks and
 * arch_clear_blocks of arch/arch.h. */
#include "offsets.h"

#define WIDE_BLOCKS 12 /* from here on it is worth it */

	.arch_extension	simd
	.text

/* 64 bytes at an offset of both, or at 0, and then both pointers move on. Only registers that a
 * call may change (AAPCS64). */
	.macro	block offset=0, step=0
	ldp	x5, x6, [x1, #\offset + 16]
	ldp	x7, x8, [x1, #\offset + 32]
	ldp	x9, x10, [x1, #\offset + 48]
	.if	\step
	ldp	x3, x4, [x1], #\step
	.else
	ldp	x3, x4, [x1, #\offset]
	.endif
	stp	x5, x6, [x0, #\offset + 16]
	stp	x7, x8, [x0, #\offset + 32]
	stp	x9, x10, [x0, #\offset + 48]
	.if	\step
	stp	x3, x4, [x0], #\step
	.else
	stp	x3, x4, [x0, #\offset]
	.endif
	.endm

/* Copies of a page and the like: twice as much an instruction through four floating point
 * registers. They are somebody's (fp.c), so they are as before afterwards, and so is whether their
 * use traps. */
wide_copy:
	sub	x2, x2, #4
	mrs	x3, cptr_el2
	bic	x4, x3, #FP_CLOSED - FP_OPEN
	msr	cptr_el2, x4
	isb
	stp	q0, q1, [sp, #-64]!
	stp	q2, q3, [sp, #32]
1:	.rept	8
	ldp	q0, q1, [x1], #32
	ldp	q2, q3, [x1], #32
	stp	q0, q1, [x0], #32
	stp	q2, q3, [x0], #32
	.endr
	subs	x2, x2, #8
	b.hs	1b
	ldp	q2, q3, [sp, #32]
	ldp	q0, q1, [sp], #64
	msr	cptr_el2, x3
	isb
	add	x2, x2, #4
	b	copy_rest

/* x0 to, x1 from, x2 blocks: four a turn (eight, if they are many), then one. */
	.global	arch_copy_blocks
	.type	arch_copy_blocks, %function
arch_copy_blocks:
	subs	x2, x2, #4
	b.lo	2f
	orr	x3, x0, x1
	and	x3, x3, #15	/* on Device memory, before the tables are on, it would fault */
	cmp	x2, #WIDE_BLOCKS - 4
	ccmp	x3, #0, #0, hs
	b.eq	wide_copy
1:	block	64
	block	128
	block	192
	block	step=256
	subs	x2, x2, #4
	b.hs	1b
copy_rest:
2:	adds	x2, x2, #4
	b.eq	4f
3:	block	step=64
	subs	x2, x2, #1
	b.ne	3b
4:	ret
	.size	arch_copy_blocks, . - arch_copy_blocks

/* x0 to, x1 blocks of 64 bytes. */
	.global	arch_clear_blocks
	.type	arch_clear_blocks, %function
arch_clear_blocks:
	stp	xzr, xzr, [x0, #16]
	stp	xzr, xzr, [x0, #32]
	stp	xzr, xzr, [x0, #48]
	stp	xzr, xzr, [x0], #64
	subs	x1, x1, #1
	b.ne	arch_clear_blocks
	ret
	.size	arch_clear_blocks, . - arch_clear_blocks

	.section .note.GNU-stack, "", %progbits
