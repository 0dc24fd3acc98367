/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Time as the kernel has it: nanoseconds since it started (gatehouse/syscall.h: sys_clock). */
#ifndef GATEHOUSE_CLOCK_H
#define GATEHOUSE_CLOCK_H

#include <stdint.h>

/* Sleeps until the clock shows deadline_ns; returns at once when it has passed, or when the process
 * is told no time (`no clock`). */
void clock_sleep_until(uint64_t deadline_ns);

#endif
