/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Divides. */
	.cpu cortex-a15
	.global _start
_start:
	sdiv r0, r1, r2
	bx lr
