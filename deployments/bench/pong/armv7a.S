/* SPDX-License-Identifier: 0BSD */
/* uint32_t pong_loop(uint32_t wait, uint32_t signal): answers every signal with one, until a wait
 * fails. */
	.arm
	.text
	.global	pong_loop
	.type	pong_loop, %function
pong_loop:
	mov	r6, r0
	mov	r7, r1
1:	mov	r0, r6
	mov	r12, #5		/* wait */
	svc	#0
	cmp	r0, #0
	bxne	lr
	mov	r0, r7
	mov	r12, #4		/* signal */
	svc	#0
	b	1b
