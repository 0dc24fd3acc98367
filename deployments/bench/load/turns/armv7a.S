/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void turns_loop(uint32_t endpoint): receive, let others run, answer without words and
 * receive, for ever. */
	.arm
	.text
	.global	turns_loop
	.type	turns_loop, %function
turns_loop:
	mov	r6, r0
	mov	r12, #2		/* recv */
	svc	#0
1:	mov	r12, #7		/* yield */
	svc	#0
	mov	r0, r6
	mov	r1, #0
	mov	r12, #1		/* reply_recv */
	svc	#0
	b	1b
