/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* registers.h on AArch64. The number is part of the instruction: one copy for each system call. */

#define X(name, number, in, out, text) .equ SYS_##name, number;
#include "abi/syscalls.def"
#undef X

#define FLAGS 256
#define FP    272

/* The frame: x19..x30, d8..d15, then what is ours during the call. */
#define FRAME  192
#define STRUCT 160
#define THREAD 168
#define FIRST  176

	.macro general operation, from, to
	.set	at, \from
	.rept	(\to - \from + 1) / 2
	pair	\operation, %at, %(at + 1), %(at * 8)
	.set	at, at + 2
	.endr
	.endm

	.altmacro
	.macro pair operation, a, b, offset
	\operation	x\a, x\b, [x0, #\offset]
	.endm

	.macro vector operation, base
	.set	at, 0
	.rept	16
	wide	\operation, \base, %at, %(at + 1), %(FP + at * 16)
	.set	at, at + 2
	.endr
	.endm

	.macro wide operation, base, a, b, offset
	\operation	q\a, q\b, [\base, #\offset]
	.endm

	.macro call_with number
	.balign	16
call_\number:
	stp	x29, x30, [sp, #-FRAME]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	mrs	x1, tpidr_el0
	stp	x0, x1, [sp, #STRUCT]
	vector	ldp, x0
	ldp	x1, x2, [x0, #FLAGS]
	msr	nzcv, x1
	msr	tpidr_el0, x2
	general	ldp, 2, 29
	ldr	x30, [x0, #240]
	ldp	x0, x1, [x0]
	svc	#\number
	stp	x0, x1, [sp, #FIRST]
	ldr	x0, [sp, #STRUCT]
	general	stp, 2, 29
	str	x30, [x0, #240]
	mrs	x1, nzcv
	mrs	x2, tpidr_el0
	stp	x1, x2, [x0, #FLAGS]
	ldp	x1, x2, [sp, #FIRST]
	stp	x1, x2, [x0]
	vector	stp, x0
	ldr	x1, [sp, #THREAD]
	msr	tpidr_el0, x1
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	ldp	x29, x30, [sp], #FRAME
	ret
	.endm

	.text
#define X(name, number, in, out, text) call_with number;
#include "abi/syscalls.def"
#undef X

	.global	registers_call
	.type	registers_call, %function
registers_call:
	adrp	x2, table
	add	x2, x2, :lo12:table
	ldr	x2, [x2, w1, uxtw #3]
	br	x2
	.size	registers_call, . - registers_call

	.section .rodata
	.balign	8
table:
#define X(name, number, in, out, text) .quad call_##number;
#include "abi/syscalls.def"
#undef X

	.global	register_roles
	.type	register_roles, %object
register_roles:
	.word	128		/* payload_bytes */
	.word	0x7ff80000	/* preserved: x19..x30 */
	.word	0x00040000	/* zero_result: x18 */
	.word	0x00040000	/* zero_received */
	.word	0xf0000000	/* flags: NZCV */
	.word	64		/* fp_words */
	.word	1		/* thread_is_kept */
	.size	register_roles, . - register_roles

	.section .note.GNU-stack, "", %progbits
