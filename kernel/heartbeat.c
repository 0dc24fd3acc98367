/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The supervisor's sign of life. One period may pass unseen: if the whole machine stood still, as
 * one in an emulator can, the supervisor runs again between this expiry and the next.
 */
#include "kernel/heartbeat.h"

#include "kernel/assert.h"
#include "kernel/timer.h"

static uint64_t period_ns;
static uint64_t due_ns = UINT64_MAX;
static bool is_missed;

void
heartbeat_show(uint64_t wanted_period_ns)
{
	kernel_assert(wanted_period_ns != 0);
	period_ns = wanted_period_ns;
	due_ns = arch_clock_ns() + period_ns;
	is_missed = false;
	timer_program();
}

uint64_t
heartbeat_due_ns(void)
{
	return due_ns;
}

void
heartbeat_expire(uint64_t now_ns)
{
	if (now_ns < due_ns) {
		return;
	}
	if (is_missed) {
		kernel_panic("init shows no life; nanoseconds since the last sign of it",
			now_ns - (due_ns - 2 * period_ns));
	}
	is_missed = true;
	due_ns = now_ns + period_ns;
}
