/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The generic timer's virtual counter: implements arch_clock_ns and arch_timer_set of
 * arch/arch.h. */
#ifndef ARCH_ARMV7A_TIMER_H
#define ARCH_ARMV7A_TIMER_H

#include "registers.h"

/* arch_ticks */
static inline uint64_t
timer_ticks(void)
{
	return cntvct_read();
}

/* Requires: the interrupt controller is ready. The clock starts at 0, the timer is off and its line
 * unmasked, user code may read the virtual counter and nothing else. Panics if the core has no
 * generic timer, or firmware has not told its frequency. */
void timer_init(void);

#endif
