/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The instructions of machine/armv7a.def, each first in a function. */
#define Y ,

	.syntax	unified
	.arm
	.macro	attempt name, code:vararg
	.balign	4
	.global	attempt_\name
	.type	attempt_\name, %function
attempt_\name:
	\code
	bx	lr
	.size	attempt_\name, . - attempt_\name
	.endm

	/* Mode and masks after an instruction; the flags are anybody's. */
	.macro	status code:vararg
	\code
	mrs	r0, cpsr
	bic	r0, r0, #0xf8000000
	.endm

	/* The system call `deadline`, of none, with big-endian data: E is bit 9. It clears r4 and
	 * r5. */
	.macro	endianness
	push	{r4, r5}
	setend	be
	mov	r0, #0
	mov	r1, #0
	mov	r12, #9
	svc	#0
	mrs	r0, cpsr
	and	r0, r0, #0x200
	pop	{r4, r5}
	.endm

	.macro	call number, comment=#0
	mov	r12, \number
	svc	\comment
	.endm

	/* DSB and ISB as ARMv6 had them: user mode may. */
	.macro	barriers
	mcr	p15, 0, r0, c7, c10, 4
	mcr	p15, 0, r0, c7, c5, 4
	.endm

	.text
#define X(name, code, argument, kind, where, value) attempt name, code;
#include "armv7a.def"
#undef X
