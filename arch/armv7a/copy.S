/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying memory by lists of registers: implements arch_copy_blocks of arch/arch.h. */
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
