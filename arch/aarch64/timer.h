/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm generic timer: implements arch_clock_ns and arch_timer_set of arch/arch.h. */
#ifndef ARCH_AARCH64_TIMER_H
#define ARCH_AARCH64_TIMER_H

#include <stdint.h>

#include "registers.h"

/* arch_ticks */
static inline uint64_t
timer_ticks(void)
{
	barrier_isb(); /* D11: the counter may be read early otherwise, and go backwards */
	return read_cntvct_el0();
}

/* The clock starts at 0, every timer is off and the kernel's line open; threads may read the
 * virtual counter only. Requires: the interrupt controller is set up. */
void timer_init(void);

#endif
