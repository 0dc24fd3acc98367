/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system calls of AArch64: registers as in abi/abi.h, functions of gatehouse/syscall.h. */

#define X(name, number, in, out, text) .equ SYS_##name, number;
#include "abi/syscalls.def"
#undef X

#define INFO  0 /* offsets in struct message */
#define BYTES 8

	.macro function name
	.section .text.\name, "ax", %progbits
	.global \name
	.type \name, %function
	.balign 16
\name:
	.endm

	.macro end name
	.size \name, . - \name
	.endm

/* Most messages have at most 32 bytes: the other registers are not touched for them. x18 is free,
 * the kernel clears it. */
	.macro load_message base
	ldr	w1, [\base, #INFO]
	ldp	x2, x3, [\base, #BYTES]
	ldp	x4, x5, [\base, #BYTES + 16]
	ubfx	w18, w1, #16, #11
	cmp	w18, #32
	b.ls	1f
	ldp	x6, x7, [\base, #BYTES + 32]
	ldp	x8, x9, [\base, #BYTES + 48]
	ldp	x10, x11, [\base, #BYTES + 64]
	ldp	x12, x13, [\base, #BYTES + 80]
	ldp	x14, x15, [\base, #BYTES + 96]
	ldp	x16, x17, [\base, #BYTES + 112]
1:
	.endm

	.macro store_message base
	str	w1, [\base, #INFO]
	stp	x2, x3, [\base, #BYTES]
	stp	x4, x5, [\base, #BYTES + 16]
	ubfx	w18, w1, #16, #11
	cmp	w18, #32
	b.ls	2f
	stp	x6, x7, [\base, #BYTES + 32]
	stp	x8, x9, [\base, #BYTES + 48]
	stp	x10, x11, [\base, #BYTES + 64]
	stp	x12, x13, [\base, #BYTES + 80]
	stp	x14, x15, [\base, #BYTES + 96]
	stp	x16, x17, [\base, #BYTES + 112]
2:
	.endm

function sys_call
	stp	x19, x30, [sp, #-16]!
	mov	x19, x1
	load_message x19
	svc	#SYS_call
	store_message x19
	ldp	x19, x30, [sp], #16
	ret
end sys_call

/* The badge with label and instance above it is a struct caller, little-endian. */
function sys_recv
	stp	x19, x20, [sp, #-16]!
	mov	x19, x1
	mov	x20, x2
	mov	w1, wzr
	svc	#SYS_recv
	str	x0, [x20]
	store_message x19
	ldp	x19, x20, [sp], #16
	ret
end sys_recv

function sys_reply_recv
	stp	x19, x20, [sp, #-16]!
	mov	x19, x1
	mov	x20, x2
	load_message x19
	svc	#SYS_reply_recv
	str	x0, [x20]
	store_message x19
	ldp	x19, x20, [sp], #16
	ret
end sys_reply_recv

function sys_reply
	stp	x19, x30, [sp, #-16]!
	mov	x19, x1
	load_message x19
	svc	#SYS_reply
	ldp	x19, x30, [sp], #16
	ret
end sys_reply

function sys_signal
	svc	#SYS_signal
	ret
end sys_signal

function sys_wait
	stp	x19, x30, [sp, #-16]!
	mov	x19, x1
	svc	#SYS_wait
	str	w1, [x19]
	ldp	x19, x30, [sp], #16
	ret
end sys_wait

function sys_poll
	stp	x19, x30, [sp, #-16]!
	mov	x19, x1
	svc	#SYS_poll
	str	w1, [x19]
	ldp	x19, x30, [sp], #16
	ret
end sys_poll

	.macro lease_call number
	stp	x19, x30, [sp, #-16]!
	mov	x19, x3
	ldp	x2, x3, [x2]
	svc	#\number
	str	w1, [x19]
	ldp	x19, x30, [sp], #16
	ret
	.endm

function sys_lease_read
	lease_call SYS_lease_read
end sys_lease_read

function sys_lease_write
	lease_call SYS_lease_write
end sys_lease_write

function sys_yield
	svc	#SYS_yield
	ret
end sys_yield

function sys_clock
	svc	#SYS_clock	/* the time is the first 8 bytes of the payload */
	mov	x0, x2
	ret
end sys_clock

function sys_deadline
	lsr	x1, x0, #32
	mov	w0, w0
	svc	#SYS_deadline
	ret
end sys_deadline

	.section .rodata.sys_payload_bytes, "a", %progbits
	.global sys_payload_bytes
	.type sys_payload_bytes, %object
	.balign 4
sys_payload_bytes:
	.word	128
	.size sys_payload_bytes, 4

	.section .note.GNU-stack, "", %progbits
