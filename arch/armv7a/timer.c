/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The generic timer's virtual counter (DDI 0406C B8), without a division after the start. */
#include "timer.h"

#include "arch/arch.h"
#include "boards/board.h"
#include "registers.h"

#define NS_PER_SECOND    UINT32_C(1000000000)
#define CNTKCTL_PL0VCTEN UINT32_C(0x2) /* DDI 0406C B4.1 */
#define CNTV_CTL_OFF     UINT32_C(0x2) /* IMASK, not ENABLE: DDI 0406C B4.1 */
#define CNTV_CTL_ON      UINT32_C(0x1)
#define DELTA_MAX_NS     (UINT64_C(1) << 62)

struct clock timer_clock;
static uint64_t ticks_per_ns; /* 32 bits behind the point */

static uint64_t ratio(uint32_t dividend, uint32_t divisor);

void __attribute__((section(".boot.text"))) timer_init(void)
{
	uint32_t frequency;

	if ((id_pfr1_read() >> 16 & 15) == 0) { /* DDI 0406C B4.1 */
		kernel_panic("timer: this core has no generic timer", id_pfr1_read());
	}
	frequency = cntfrq_read();
	if (frequency == 0) {
		kernel_panic("timer: firmware has not set CNTFRQ", 0);
	}
	cntv_ctl_write(CNTV_CTL_OFF);
	cntkctl_write(CNTKCTL_PL0VCTEN);
	timer_clock.ns_per_tick = ratio(NS_PER_SECOND, frequency);
	ticks_per_ns = ratio(frequency, NS_PER_SECOND);
	timer_clock.start_ticks = cntvct_read();
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
	return timer_scale(ticks, timer_clock.ns_per_tick);
}

uint64_t
arch_clock_ns(void)
{
	return timer_clock_ns();
}

/* The comparator counts from now, so that the rounding of ticks_per_ns does not grow with
 * uptime. */
void
arch_timer_set(uint64_t deadline_ns)
{
	uint64_t now_ticks;
	uint64_t now_ns;
	uint64_t delta_ns = 0;

	if (deadline_ns == UINT64_MAX) {
		cntv_ctl_write(CNTV_CTL_OFF);
		return;
	}
	now_ticks = cntvct_read();
	now_ns = timer_scale(now_ticks - timer_clock.start_ticks, timer_clock.ns_per_tick);
	if (deadline_ns > now_ns) {
		delta_ns = deadline_ns - now_ns;
	}
	if (delta_ns > DELTA_MAX_NS) {
		delta_ns = DELTA_MAX_NS;
	}
	/* Both factors are rounded down; one tick more is never too early. */
	cntv_cval_write(now_ticks + timer_scale(delta_ns, ticks_per_ns) + 1);
	cntv_ctl_write(CNTV_CTL_ON);
}

/* dividend / divisor with 32 bits behind the point, rounded down. Bit by bit: at the start only,
 * and the compiler's own 64-bit division would be a library. */
static uint64_t __attribute__((section(".boot.text"))) ratio(uint32_t dividend, uint32_t divisor)
{
	uint64_t quotient = 0;
	uint64_t rest = 0;
	uint32_t bit;

	for (bit = 0; bit < 64; bit++) {
		rest = rest << 1 | (bit < 32 ? dividend >> (31 - bit) & 1 : 0);
		quotient <<= 1;
		if (rest >= divisor) {
			rest -= divisor;
			quotient |= 1;
		}
	}
	return quotient;
}

void
arch_counter_close(void)
{
	cntkctl_write(0); /* in force when a thread is resumed */
}
