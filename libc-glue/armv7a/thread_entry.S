/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where a further thread starts: r0 = its struct thread. */

	.syntax unified
	.arm
	.section .text.glue_thread_entry, "ax", %progbits
	.global glue_thread_entry
	.type glue_thread_entry, %function
glue_thread_entry:
	mov	r11, #0
	mov	lr, #0
	ldr	r1, =glue_thread_run
	bx	r1
	.ltorg
	.size glue_thread_entry, . - glue_thread_entry
