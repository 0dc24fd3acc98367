/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ARMv7-A: start, switch of tasks, counter, semihosting. The MMU stays off. */

	.arm
	.section .text.start, "ax"
	.global bare_start
bare_start:
	ldr	sp, =bare_stack_top
	ldr	r0, =bare_bss
	ldr	r1, =bare_bss_end
	mov	r2, #0
1:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	1b
	ldr	r3, =bare_main
	bx	r3

	.text
	.global bare_switch
	.type bare_switch, %function
bare_switch:
	push	{r3-r11, lr}		/* r3: so that the stack stays 8-aligned */
	str	sp, [r0]
	ldr	sp, [r1]
	pop	{r3-r11, pc}

	.global bare_prepare
	.type bare_prepare, %function
bare_prepare:
	sub	r1, r1, #40
	str	r2, [r1, #36]
	str	r1, [r0]
	bx	lr

	.global bare_ticks
	.type bare_ticks, %function
bare_ticks:
	isb
	mrrc	p15, 1, r0, r1, c14	/* CNTVCT */
	bx	lr

	.global bare_ticks_per_s
	.type bare_ticks_per_s, %function
bare_ticks_per_s:
	mrc	p15, 0, r0, c14, c0, 0	/* CNTFRQ */
	bx	lr

	.global bare_print
	.type bare_print, %function
bare_print:
	mov	r1, r0
	mov	r0, #0x04		/* SYS_WRITE0 */
	push	{r4, lr}		/* SVC mode: the call may clobber lr */
	svc	#0x123456
	pop	{r4, pc}

	.global bare_exit
	.type bare_exit, %function
bare_exit:
	ldr	r2, =0x20026		/* ADP_Stopped_ApplicationExit */
	push	{r0}
	push	{r2}
	mov	r1, sp
	mov	r0, #0x20		/* SYS_EXIT_EXTENDED */
	svc	#0x123456
	b	.

	.section .note.GNU-stack, "", %progbits
