/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying and clearing memory by lists of registers: implements arch_copy_blocks and
 * arch_clear_blocks of arch/arch.h. */
	.syntax	unified
	.arm
	.text

	.macro	block
	ldmia	r1!, {r3-r10}
	stmia	r0!, {r3-r10}
	ldmia	r1!, {r3-r10}
	stmia	r0!, {r3-r10}
	.endm

/* r0 to, r1 from, r2 blocks of 64 bytes: four a turn, then one. */
	.global	arch_copy_blocks
	.type	arch_copy_blocks, %function
arch_copy_blocks:
	push	{r4-r10, lr}
	subs	r2, r2, #4
	blo	2f
1:	.rept	4
	block
	.endr
	subs	r2, r2, #4
	bhs	1b
2:	adds	r2, r2, #4
	beq	4f
3:	block
	subs	r2, r2, #1
	bne	3b
4:	pop	{r4-r10, pc}
	.size	arch_copy_blocks, . - arch_copy_blocks

/* r0 to, r1 blocks of 64 bytes. */
	.global	arch_clear_blocks
	.type	arch_clear_blocks, %function
arch_clear_blocks:
	push	{r4-r9, lr}
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9
	mov	r\n, #0
	.endr
1:	stmia	r0!, {r2-r9}
	stmia	r0!, {r2-r9}
	subs	r1, r1, #1
	bne	1b
	pop	{r4-r9, pc}
	.size	arch_clear_blocks, . - arch_clear_blocks
