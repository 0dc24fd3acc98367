/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point: the unit's registers stay with the thread that used them last until another
 * asks. */
#ifndef ARCH_ARMV7A_FP_H
#define ARCH_ARMV7A_FP_H

#include "arch/arch.h"

/* Requires: this core has NEON and 32 registers, else panics. Nobody owns the unit, and it is
 * off. */
void fp_init(void);

enum fp_result {
	FP_TAKEN,
	FP_HAS,      /* it had it already */
	FP_NO_MEMORY /* for its values */
};

/* Gives the unit, with its own values, to the running thread. */
enum fp_result fp_take(struct arch_context *context);

#endif
