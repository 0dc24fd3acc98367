/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void float_loop(uint32_t endpoint): echo_loop that uses floating point between
 * a request and its answer. */
	.arm
	.text
	.global	float_loop
	.type	float_loop, %function
float_loop:
	mov	r6, r0
	mov	r12, #2		/* recv */
	svc	#0
1:	vadd.f64	d0, d0, d0
	mov	r0, r6
	lsr	r1, r1, #16	/* status 0, the length as it came; the payload is in place */
	lsl	r1, r1, #16
	mov	r12, #1		/* reply_recv */
	svc	#0
	b	1b
