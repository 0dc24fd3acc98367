/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* registers.h on ARMv7-A. */

#define LR     56
#define FLAGS  128
#define THREAD 132
#define FP     136

	.syntax unified
	.arm
	.text

	.global	registers_call
	.type	registers_call, %function
registers_call:
	push	{r4-r11, lr}
	vpush	{d8-d15}
	sub	sp, sp, #12		/* struct, r0 after the call; sp stays 8-aligned */
	str	r0, [sp]
	str	r1, [r0, #48]		/* r12: the number */
	add	r2, r0, #FP
	vldmia	r2!, {d0-d15}
	vldmia	r2, {d16-d31}
	ldr	r2, [r0, #FLAGS]
	ldr	r3, [r0, #THREAD]
	msr	APSR_nzcvqg, r2
	mcr	p15, 0, r3, c13, c0, 2	/* TPIDRURW */
	ldr	lr, [r0, #LR]
	ldmia	r0, {r0-r12}
	svc	#0
	str	r0, [sp, #4]
	ldr	r0, [sp]
	stmib	r0, {r1-r12}
	str	lr, [r0, #LR]
	mrs	r1, APSR
	mrc	p15, 0, r2, c13, c0, 2
	str	r1, [r0, #FLAGS]
	str	r2, [r0, #THREAD]
	ldr	r1, [sp, #4]
	str	r1, [r0]
	add	r2, r0, #FP
	vstmia	r2!, {d0-d15}
	vstmia	r2, {d16-d31}
	add	sp, sp, #12
	vpop	{d8-d15}
	pop	{r4-r11, pc}
	.size	registers_call, . - registers_call

	.section .rodata
	.balign	4
	.global	register_roles
	.type	register_roles, %object
register_roles:
	.word	16		/* payload_bytes */
	.word	0x00004fc0	/* preserved: r6..r11, lr */
	.word	0x00001000	/* zero_result: r12 */
	.word	0		/* zero_received: r12 is the caller */
	.word	0xf80f0000	/* flags: NZCVQ, GE */
	.word	32		/* fp_words */
	.word	0		/* thread_is_kept */
	.size	register_roles, . - register_roles
