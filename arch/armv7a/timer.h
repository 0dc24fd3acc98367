/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The generic timer's virtual counter: implements arch_clock_ns and arch_timer_set of
 * arch/arch.h. */
#ifndef ARCH_ARMV7A_TIMER_H
#define ARCH_ARMV7A_TIMER_H

#include <stdint.h>

#include "registers.h"

struct clock {
	uint64_t start_ticks;
	uint64_t ns_per_tick; /* 32 bits behind the point */
};

extern struct clock timer_clock;

/* value times a factor with 32 bits behind the point: four multiplications of 32 bits. */
static inline uint64_t
timer_scale(uint64_t value, uint64_t factor)
{
	uint32_t value_low = (uint32_t)value;
	uint32_t factor_low = (uint32_t)factor;

	return (value >> 32) * factor + value_low * (factor >> 32) +
	       ((uint64_t)value_low * factor_low >> 32);
}

/* arch_ticks */
static inline uint64_t
timer_ticks(void)
{
	return cntvct_read();
}

/* arch_clock_ns */
static inline uint64_t
timer_clock_ns(void)
{
	return timer_scale(timer_ticks() - timer_clock.start_ticks, timer_clock.ns_per_tick);
}

/* Requires: the interrupt controller is ready. The clock starts at 0, the timer is off and its line
 * unmasked, user code may read the virtual counter and nothing else. Panics if the core has no
 * generic timer, or firmware has not told its frequency. */
void timer_init(void);

#endif
