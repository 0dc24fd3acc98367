/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void float_loop(uint32_t endpoint): echo_loop that uses floating point between
 * a request and its answer. */
	.text
	.global	float_loop
float_loop:
	mov	w19, w0
	svc	#2		/* recv */
1:	fadd	d0, d0, d0
	mov	w0, w19
	and	w1, w1, #0x07ff0000 /* status 0, the length as it came; the payload is in place */
	svc	#1		/* reply_recv */
	b	1b
