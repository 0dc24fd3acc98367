/* SPDX-License-Identifier: 0BSD */
/* The loops that are measured (measure.h). r4, r6..r11 live across every call; r5 is payload. */
	.arm
	.text

	.macro	function name
	.global	\name
	.type	\name, %function
\name:
	.endm

	function measure_counter
	isb
	mrrc	p15, 1, r0, r1, c14	/* CNTVCT */
	bx	lr

	function measure_frequency_hz
	mrc	p15, 0, r0, c14, c0, 0	/* CNTFRQ */
	bx	lr

	function measure_calls
	push	{r4-r8, lr}
	mov	r6, r0
	mov	r7, r1
	mov	r8, r2
1:	mov	r0, r6
	mov	r1, r7
	mov	r12, #0
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_float_calls
	push	{r4-r8, lr}
	mov	r6, r0
	mov	r7, r1
	mov	r8, r2
1:	vadd.f64	d0, d0, d0
	mov	r0, r6
	mov	r1, r7
	mov	r12, #0
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_clocks
	push	{r4-r8, lr}
	mov	r8, r0
1:	mov	r12, #8
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_yields
	push	{r4-r8, lr}
	mov	r8, r0
1:	mov	r12, #7
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_polls
	push	{r4-r8, lr}
	mov	r6, r0
	mov	r8, r1
1:	mov	r0, r6
	mov	r12, #6
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_signals
	push	{r4-r8, lr}
	mov	r6, r0
	mov	r7, r1
	mov	r8, r2
1:	mov	r0, r6
	mov	r12, #4
	svc	#0
	mov	r0, r7
	mov	r12, #5
	svc	#0
	subs	r8, r8, #1
	bne	1b
	pop	{r4-r8, pc}

	function measure_mark
	mov	r9, r9
	bx	lr
