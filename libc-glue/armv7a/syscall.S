/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The system calls of ARMv7-A: registers as in abi/abi.h, functions of gatehouse/syscall.h. */

#define X(name, number, in, out, text) .equ SYS_##name, number;
#include "abi/syscalls.def"
#undef X

#define INFO  0 /* offsets in struct message */
#define BYTES 8

	.syntax unified
	.arm

	.macro function name
	.section .text.\name, "ax", %progbits
	.global \name
	.type \name, %function
	.balign 4
\name:
	.endm

	.macro end name
	.size \name, . - \name
	.endm

	.macro load_message base
	ldr	r1, [\base, #INFO]
	ldrd	r2, r3, [\base, #BYTES]
	ldrd	r4, r5, [\base, #BYTES + 8]
	.endm

	.macro store_message base
	str	r1, [\base, #INFO]
	strd	r2, r3, [\base, #BYTES]
	strd	r4, r5, [\base, #BYTES + 8]
	.endm

/* r4 and r5 belong to our caller, and the kernel clears them on every return. */
	.macro syscall number
	mov	r12, #\number
	svc	#0
	.endm

function sys_call
	push	{r4, r5, r6, lr}
	mov	r6, r1
	load_message r6
	syscall	SYS_call
	store_message r6
	pop	{r4, r5, r6, pc}
end sys_call

/* r0 and r12 are a struct caller. */
function sys_recv
	push	{r4, r5, r6, r7, r8, lr}
	mov	r6, r1
	mov	r7, r2
	mov	r1, #0
	syscall	SYS_recv
	str	r0, [r7]
	str	r12, [r7, #4]
	store_message r6
	pop	{r4, r5, r6, r7, r8, pc}
end sys_recv

function sys_reply_recv
	push	{r4, r5, r6, r7, r8, lr}
	mov	r6, r1
	mov	r7, r2
	load_message r6
	syscall	SYS_reply_recv
	str	r0, [r7]
	str	r12, [r7, #4]
	store_message r6
	pop	{r4, r5, r6, r7, r8, pc}
end sys_reply_recv

function sys_reply
	push	{r4, r5, r6, lr}
	mov	r6, r1
	load_message r6
	syscall	SYS_reply
	pop	{r4, r5, r6, pc}
end sys_reply

function sys_signal
	push	{r4, r5, r6, lr}
	syscall	SYS_signal
	pop	{r4, r5, r6, pc}
end sys_signal

function sys_wait
	push	{r4, r5, r6, lr}
	mov	r6, r1
	syscall	SYS_wait
	str	r1, [r6]
	pop	{r4, r5, r6, pc}
end sys_wait

function sys_poll
	push	{r4, r5, r6, lr}
	mov	r6, r1
	syscall	SYS_poll
	str	r1, [r6]
	pop	{r4, r5, r6, pc}
end sys_poll

	.macro lease_call number
	push	{r4, r5, r6, lr}
	mov	r6, r3
	ldrd	r4, r5, [r2, #8]
	ldrd	r2, r3, [r2]
	syscall	\number
	str	r1, [r6]
	pop	{r4, r5, r6, pc}
	.endm

function sys_lease_read
	lease_call SYS_lease_read
end sys_lease_read

function sys_lease_write
	lease_call SYS_lease_write
end sys_lease_write

function sys_yield
	push	{r4, r5, r6, lr}
	syscall	SYS_yield
	pop	{r4, r5, r6, pc}
end sys_yield

function sys_clock
	push	{r4, r5, r6, lr}
	syscall	SYS_clock	/* the time is the first 8 bytes of the payload */
	mov	r0, r2
	mov	r1, r3
	pop	{r4, r5, r6, pc}
end sys_clock

function sys_deadline
	push	{r4, r5, r6, lr}
	syscall	SYS_deadline
	pop	{r4, r5, r6, pc}
end sys_deadline

	.section .rodata.sys_payload_bytes, "a", %progbits
	.global sys_payload_bytes
	.type sys_payload_bytes, %object
	.balign 4
sys_payload_bytes:
	.word	16
	.size sys_payload_bytes, 4
