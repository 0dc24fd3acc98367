/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* AArch64: start, switch of tasks, counter, semihosting. The MMU stays off. */

	.section .text.start, "ax"
	.global bare_start
bare_start:
	ldr	x0, =bare_stack_top
	mov	sp, x0
	ldr	x0, =bare_bss
	ldr	x1, =bare_bss_end
1:	cmp	x0, x1
	b.hs	bare_main
	str	xzr, [x0], #8
	b	1b

	.text
	.global bare_switch
bare_switch:
	stp	x19, x20, [sp, #-96]!
	stp	x21, x22, [sp, #16]
	stp	x23, x24, [sp, #32]
	stp	x25, x26, [sp, #48]
	stp	x27, x28, [sp, #64]
	stp	x29, x30, [sp, #80]
	mov	x2, sp
	str	x2, [x0]
	ldr	x2, [x1]
	mov	sp, x2
	ldp	x21, x22, [sp, #16]
	ldp	x23, x24, [sp, #32]
	ldp	x25, x26, [sp, #48]
	ldp	x27, x28, [sp, #64]
	ldp	x29, x30, [sp, #80]
	ldp	x19, x20, [sp], #96
	ret

	.global bare_prepare
bare_prepare:
	sub	x1, x1, #96
	str	x2, [x1, #88]
	str	xzr, [x1, #80]
	str	x1, [x0]
	ret

	.global bare_ticks
bare_ticks:
	isb
	mrs	x0, cntvct_el0
	ret

	.global bare_ticks_per_s
bare_ticks_per_s:
	mrs	x0, cntfrq_el0
	ret

	.global bare_print
bare_print:
	mov	x1, x0
	mov	w0, #0x04		/* SYS_WRITE0 */
	hlt	#0xf000
	ret

	.global bare_exit
bare_exit:
	sxtw	x3, w0
	movz	x2, #0x0026		/* ADP_Stopped_ApplicationExit */
	movk	x2, #0x2, lsl #16
	stp	x2, x3, [sp, #-16]!
	mov	x1, sp
	mov	w0, #0x20		/* SYS_EXIT_EXTENDED */
	hlt	#0xf000
	b	.

	.section .note.GNU-stack, "", %progbits
