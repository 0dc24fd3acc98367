/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The instructions of machine/aarch64.def, each first in a function. */
#define Y ,

	.arch	armv8-a+crc
	.macro	attempt name, code:vararg
	.balign	4
	.global	attempt_\name
	.type	attempt_\name, %function
attempt_\name:
	\code
	ret
	.size	attempt_\name, . - attempt_\name
	.endm

	.text
#define X(name, code, argument, kind, where, value) attempt name, code;
#include "aarch64.def"
#undef X

	.section .note.GNU-stack, "", %progbits
