/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where a further thread starts: r0 = its struct thread. */

	.syntax unified
	.arm
	.section .text.thread_entry, "ax", %progbits
	.global thread_entry
	.type thread_entry, %function
thread_entry:
	mov	r11, #0
	mov	lr, #0
	ldr	r1, =thread_run
	bx	r1
	.ltorg
	.size thread_entry, . - thread_entry
