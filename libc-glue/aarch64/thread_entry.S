/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where a further thread starts: x0 = its struct thread. */

	.section .text.glue_thread_entry, "ax", %progbits
	.global glue_thread_entry
	.type glue_thread_entry, %function
glue_thread_entry:
	mov	x29, xzr
	mov	x30, xzr
	b	glue_thread_run
	.size glue_thread_entry, . - glue_thread_entry

	.section .note.GNU-stack, "", %progbits
