/* SPDX-License-Identifier: 0BSD */
/* _Noreturn void rival_loop(uint32_t handle, uint32_t info): calls for ever. */
	.text
	.global	rival_loop
rival_loop:
	mov	w19, w0
	mov	w20, w1
1:	mov	w0, w19
	mov	w1, w20
	svc	#0		/* call */
	b	1b
