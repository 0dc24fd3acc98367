/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where a further thread starts: x0 = its struct thread. */

	.section .text.thread_entry, "ax", %progbits
	.global thread_entry
	.type thread_entry, %function
thread_entry:
	mov	x29, xzr
	mov	x30, xzr
	b	thread_run
	.size thread_entry, . - thread_entry

	.section .note.GNU-stack, "", %progbits
