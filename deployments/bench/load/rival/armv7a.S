/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void rival_loop(uint32_t handle, uint32_t info): calls for ever. */
	.arm
	.text
	.global	rival_loop
	.type	rival_loop, %function
rival_loop:
	mov	r6, r0
	mov	r7, r1
1:	mov	r0, r6
	mov	r1, r7
	mov	r12, #0		/* call */
	svc	#0
	b	1b
