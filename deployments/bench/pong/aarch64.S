/* SPDX-License-Identifier: 0BSD */
/* uint32_t pong_loop(uint32_t wait, uint32_t signal): answers every signal with one, until a wait
 * fails. */
	.text
	.global	pong_loop
pong_loop:
	mov	w19, w0
	mov	w20, w1
1:	mov	w0, w19
	svc	#5		/* wait */
	cbnz	w0, 2f
	mov	w0, w20
	svc	#4		/* signal */
	b	1b
2:	ret
