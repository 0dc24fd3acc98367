/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Copying memory by lists of registers: implements arch_copy_blocks of arch/arch.h. */
	.syntax	unified
	.arm
	.text

/* r0 to, r1 from, r2 blocks of 64 bytes. */
	.global	arch_copy_blocks
	.type	arch_copy_blocks, %function
arch_copy_blocks:
	push	{r4-r10, lr}
1:	ldmia	r1!, {r3-r10}
	stmia	r0!, {r3-r10}
	ldmia	r1!, {r3-r10}
	stmia	r0!, {r3-r10}
	subs	r2, r2, #1
	bne	1b
	pop	{r4-r10, pc}
	.size	arch_copy_blocks, . - arch_copy_blocks
