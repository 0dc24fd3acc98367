/* SPDX-License-Identifier: 0BSD */
/* Where a program starts on ARMv7-A: r0 = what init left for it, sp = its stack. */

	.syntax unified
	.arm
	.section .text._start, "ax", %progbits
	.global _start
	.type _start, %function
_start:
	mov	r11, #0		/* the end of every backtrace */
	mov	lr, #0
	ldr	r1, =gatehouse_start
	bx	r1		/* it may be Thumb code */
	.ltorg
	.size _start, . - _start
