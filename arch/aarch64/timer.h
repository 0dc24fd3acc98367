/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm generic timer: implements arch_clock_ns and arch_timer_set of arch/arch.h. */
#ifndef ARCH_AARCH64_TIMER_H
#define ARCH_AARCH64_TIMER_H

#include <stdint.h>

#include "registers.h"

/* A quotient as a product and a shift of 1 .. 63: no division per call. */
struct ratio {
	uint64_t factor;
	uint32_t shift;
};

struct clock {
	uint64_t start_ticks;
	struct ratio ns_per_tick;
};

extern struct clock timer_clock;

/* What MUL and UMULH make of two registers. */
__extension__ typedef unsigned __int128 wide_t;

static inline uint64_t
ratio_apply(struct ratio ratio, uint64_t value)
{
	wide_t product = (wide_t)value * ratio.factor;

	/* A shift of both halves at once would be a call: it may be 64 or more, this one is not. */
	return (uint64_t)(product >> 64) << (64 - ratio.shift) | (uint64_t)product >> ratio.shift;
}

/* arch_ticks */
static inline uint64_t
timer_ticks(void)
{
	barrier_isb(); /* D11: the counter may be read early otherwise, and go backwards */
	return read_cntvct_el0();
}

/* arch_clock_ns */
static inline uint64_t
timer_clock_ns(void)
{
	return ratio_apply(timer_clock.ns_per_tick, timer_ticks() - timer_clock.start_ticks);
}

/* The clock starts at 0, every timer is off and the kernel's line open; threads may read the
 * virtual counter only. Requires: the interrupt controller is set up. */
void timer_init(void);

#endif
