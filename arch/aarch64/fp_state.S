/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The floating point registers, to and from a struct arch_fp at x0; CPTR_EL2 must not trap. */
#include "offsets.h"

	.arch_extension	simd
	.text
	.global	fp_state_save
fp_state_save:
	mrs	x1, fpcr
	mrs	x2, fpsr
	stp	q0, q1, [x0, #FP_V]
	stp	q2, q3, [x0, #FP_V + 32]
	stp	q4, q5, [x0, #FP_V + 64]
	stp	q6, q7, [x0, #FP_V + 96]
	stp	q8, q9, [x0, #FP_V + 128]
	stp	q10, q11, [x0, #FP_V + 160]
	stp	q12, q13, [x0, #FP_V + 192]
	stp	q14, q15, [x0, #FP_V + 224]
	stp	q16, q17, [x0, #FP_V + 256]
	stp	q18, q19, [x0, #FP_V + 288]
	stp	q20, q21, [x0, #FP_V + 320]
	stp	q22, q23, [x0, #FP_V + 352]
	stp	q24, q25, [x0, #FP_V + 384]
	stp	q26, q27, [x0, #FP_V + 416]
	stp	q28, q29, [x0, #FP_V + 448]
	stp	q30, q31, [x0, #FP_V + 480]
	str	x1, [x0, #FP_FPCR]
	str	x2, [x0, #FP_FPSR]
	ret

	.global	fp_state_load
fp_state_load:
	ldr	x1, [x0, #FP_FPCR]
	ldr	x2, [x0, #FP_FPSR]
	ldp	q0, q1, [x0, #FP_V]
	ldp	q2, q3, [x0, #FP_V + 32]
	ldp	q4, q5, [x0, #FP_V + 64]
	ldp	q6, q7, [x0, #FP_V + 96]
	ldp	q8, q9, [x0, #FP_V + 128]
	ldp	q10, q11, [x0, #FP_V + 160]
	ldp	q12, q13, [x0, #FP_V + 192]
	ldp	q14, q15, [x0, #FP_V + 224]
	ldp	q16, q17, [x0, #FP_V + 256]
	ldp	q18, q19, [x0, #FP_V + 288]
	ldp	q20, q21, [x0, #FP_V + 320]
	ldp	q22, q23, [x0, #FP_V + 352]
	ldp	q24, q25, [x0, #FP_V + 384]
	ldp	q26, q27, [x0, #FP_V + 416]
	ldp	q28, q29, [x0, #FP_V + 448]
	ldp	q30, q31, [x0, #FP_V + 480]
	msr	fpcr, x1
	msr	fpsr, x2
	ret
