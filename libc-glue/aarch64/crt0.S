/* SPDX-License-Identifier: 0BSD */
/* Where a program starts on AArch64: x0 = what init left for it, sp = its stack. */

	.section .text._start, "ax", %progbits
	.global _start
	.type _start, %function
_start:
	mov	x29, xzr	/* the end of every backtrace */
	mov	x30, xzr
	b	gatehouse_start
	.size _start, . - _start

	.section .note.GNU-stack, "", %progbits
