/* SPDX-License-Identifier: 0BSD */
/* The loops that are measured (measure.h). x19..x28 live across every call. */
	.text

	.macro	enter
	stp	x19, x20, [sp, #-32]!
	stp	x21, x30, [sp, #16]
	.endm

	.macro	leave
	ldp	x21, x30, [sp, #16]
	ldp	x19, x20, [sp], #32
	ret
	.endm

	.global	measure_counter
measure_counter:
	isb
	mrs	x0, cntvct_el0
	ret

	.global	measure_frequency_hz
measure_frequency_hz:
	mrs	x0, cntfrq_el0
	ret

	.global	measure_calls
measure_calls:
	enter
	mov	w19, w0
	mov	w20, w1
	mov	w21, w2
1:	mov	w0, w19
	mov	w1, w20
	svc	#0
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_float_calls
measure_float_calls:
	enter
	mov	w19, w0
	mov	w20, w1
	mov	w21, w2
1:	fadd	d0, d0, d0
	mov	w0, w19
	mov	w1, w20
	svc	#0
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_clocks
measure_clocks:
	enter
	mov	w21, w0
1:	svc	#8
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_yields
measure_yields:
	enter
	mov	w21, w0
1:	svc	#7
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_polls
measure_polls:
	enter
	mov	w19, w0
	mov	w21, w1
1:	mov	w0, w19
	svc	#6
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_signals
measure_signals:
	enter
	mov	w19, w0
	mov	w20, w1
	mov	w21, w2
1:	mov	w0, w19
	svc	#4
	mov	w0, w20
	svc	#5
	subs	w21, w21, #1
	b.ne	1b
	leave

	.global	measure_mark
measure_mark:
	mov	x27, x27
	ret
