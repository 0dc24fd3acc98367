/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point, lazily: v0..v31 stay with their owner until another thread needs them. */
#ifndef ARCH_AARCH64_FP_H
#define ARCH_AARCH64_FP_H

#include "arch/arch.h"

/* D19.2 CPTR_EL2 with E2H = 0: the RES1 bits (TZ and TSM among them, so SVE and SME trap), TTA (20,
 * trace registers), TCPAC (31, EL1's CPACR); closed with TFP (10). */
#define FP_OPEN   UINT64_C(0x801033ff)
#define FP_CLOSED UINT64_C(0x801037ff)

/* Every use of the registers traps, at EL0 and in the kernel. */
void fp_init(void);

#endif
