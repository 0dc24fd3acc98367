/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying memory by pairs of registers: implements arch_copy_blocks of arch/arch.h. */
	.text

/* 64 bytes at an offset of both. Only registers that a call may change (AAPCS64). */
	.macro	block offset
	ldp	x3, x4, [x1, #\offset]
	ldp	x5, x6, [x1, #\offset + 16]
	ldp	x7, x8, [x1, #\offset + 32]
	ldp	x9, x10, [x1, #\offset + 48]
	stp	x3, x4, [x0, #\offset]
	stp	x5, x6, [x0, #\offset + 16]
	stp	x7, x8, [x0, #\offset + 32]
	stp	x9, x10, [x0, #\offset + 48]
	.endm

/* x0 to, x1 from, x2 blocks: an odd one first, then two a turn. */
	.global	arch_copy_blocks
	.type	arch_copy_blocks, %function
arch_copy_blocks:
	tbz	x2, #0, 1f
	block	0
	add	x0, x0, #64
	add	x1, x1, #64
1:	lsr	x2, x2, #1
	cbz	x2, 3f
2:	block	0
	block	64
	add	x0, x0, #128
	add	x1, x1, #128
	subs	x2, x2, #1
	b.ne	2b
3:	ret
	.size	arch_copy_blocks, . - arch_copy_blocks

	.section .note.GNU-stack, "", %progbits
