/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm generic timer (DDI 0487J D11): the virtual counter is the clock, CNTHP wakes the kernel. */
#include "timer.h"

#include "arch/arch.h"
#include "boards/board.h"
#include "registers.h"

#define NS_PER_SECOND    UINT64_C(1000000000)
#define TIMER_ENABLE     UINT64_C(1) /* D19.12 CNTHP_CTL_EL2: ENABLE, IMASK 0 */
#define CNTKCTL_EL0VCTEN UINT64_C(2) /* CNTKCTL_EL1: EL0 reads CNTVCT, nothing else */
#define CNTHCTL_TRAP_ALL UINT64_C(0) /* CNTHCTL_EL2: physical counter and timer trap */

struct clock timer_clock;
static struct ratio ticks_per_ns;

static uint64_t frequency_read(void);
static struct ratio ratio_make(uint64_t numerator, uint64_t denominator);

void __attribute__((section(".boot.text"))) timer_init(void)
{
	uint64_t frequency = frequency_read();

	timer_clock.ns_per_tick = ratio_make(NS_PER_SECOND, frequency);
	ticks_per_ns = ratio_make(frequency, NS_PER_SECOND);
	/* Virtual and physical counter are one, so that CNTHP compares our clock. */
	write_cntvoff_el2(0);
	write_cnthctl_el2(CNTHCTL_TRAP_ALL);
	write_cntkctl_el1(CNTKCTL_EL0VCTEN);
	write_cnthp_ctl_el2(0);
	write_cntp_ctl_el0(0);
	write_cntv_ctl_el0(0);
	barrier_isb();
	timer_clock.start_ticks = read_cntvct_el0();
	arch_irq_unmask(board.timer_irq);
}

uint64_t
arch_ticks(void)
{
	return timer_ticks();
}

uint64_t
arch_ticks_ns(uint64_t ticks)
{
	return ratio_apply(timer_clock.ns_per_tick, ticks);
}

uint64_t
arch_clock_ns(void)
{
	return timer_clock_ns();
}

void
arch_timer_set(uint64_t deadline_ns)
{
	if (deadline_ns == UINT64_MAX) {
		write_cnthp_ctl_el2(0);
	} else {
		/* Two more than the rounded-down figure: when it fires, the deadline has passed. */
		write_cnthp_cval_el2(
			timer_clock.start_ticks + ratio_apply(ticks_per_ns, deadline_ns) + 2);
		write_cnthp_ctl_el2(TIMER_ENABLE);
	}
	barrier_isb(); /* the line is level-sensitive: it must be low before the interrupt ends */
}

static uint64_t __attribute__((section(".boot.text"))) frequency_read(void)
{
	uint64_t frequency = read_cntfrq_el0();

	if (frequency == 0 || frequency > NS_PER_SECOND) {
		kernel_panic("CNTFRQ_EL0 is not set by the firmware", frequency);
	}
	return frequency;
}

/* Long division, one bit a turn, until the factor has all 64 bits. */
static struct ratio __attribute__((section(".boot.text")))
ratio_make(uint64_t numerator, uint64_t denominator)
{
	struct ratio ratio = {numerator / denominator, 0};
	uint64_t rest = numerator % denominator;

	while (ratio.factor >> 63 == 0 && ratio.shift < 63) {
		rest <<= 1;
		ratio.factor <<= 1;
		ratio.shift++;
		if (rest >= denominator) {
			rest -= denominator;
			ratio.factor |= 1;
		}
	}
	return ratio;
}

void
arch_counter_close(void)
{
	write_cntkctl_el1(0); /* in force when a thread is resumed */
}
