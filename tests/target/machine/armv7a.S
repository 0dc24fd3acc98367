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

	.text
#define X(name, code, argument, kind, where, value) attempt name, code;
#include "machine/armv7a.def"
#undef X
