/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void echo_loop(uint32_t endpoint): receive, then answer and receive, for ever. */
	.arm
	.text
	.global	echo_loop
	.type	echo_loop, %function
echo_loop:
	mov	r6, r0
	mov	r12, #2		/* recv */
	svc	#0
1:	mov	r0, r6
	lsr	r1, r1, #16	/* status 0, the length as it came; the payload is in place */
	lsl	r1, r1, #16
	mov	r12, #1		/* reply_recv */
	svc	#0
	b	1b
