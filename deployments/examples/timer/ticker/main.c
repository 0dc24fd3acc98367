/* SPDX-License-Identifier: 0BSD */
/* The ticker: five ticks without drift, at the times that the system file says. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/clock.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_ticker.h"

#define TICKS     5u
#define NS_PER_MS UINT64_C(1000000)
#define LATE_MS   20u /* how late a tick may be; the machine may be shared with others */

const uint32_t gatehouse_console_handle = TICKER_CONSOLE;

/* The next time is counted from the last time, not from now: a late tick makes no other late. */
static uint32_t
tick(uint64_t period_ns)
{
	uint64_t start = sys_clock();
	uint32_t good = 0;

	for (uint32_t i = 1; i <= TICKS; i++) {
		uint64_t wanted = start + i * period_ns;
		clock_sleep_until(wanted);
		uint64_t now = sys_clock();
		good += now >= wanted && now - wanted < LATE_MS * NS_PER_MS;
		printf("timer: tick %u after %u ms\n", (unsigned)i,
			(unsigned)((now - start) / NS_PER_MS));
	}
	return good;
}

int
main(void)
{
	const char *period = process_attribute("period_ms");
	uint64_t period_ns = strtoul(period, NULL, 10) * NS_PER_MS;
	uint32_t good = tick(period_ns);

	printf("timer: %u of %u in time\n", (unsigned)good, TICKS);
	fflush(stdout);
	(void)power_off(TICKER_POWER, good == TICKS ? 0 : 1);
	return EXIT_FAILURE;
}
