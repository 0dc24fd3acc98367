/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Has work done in each period, and counts the periods in which it was not done in time. */
#include <stdlib.h>

#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "process_steady.h"

#define NS_PER_US UINT64_C(1000)

static uint32_t
attribute(const char *key)
{
	const char *text = process_attribute(key);

	return text == NULL ? 0 : (uint32_t)strtoul(text, NULL, 10);
}

int
main(void)
{
	uint64_t period_ns = attribute("period_us") * NS_PER_US;
	uint16_t work_us = (uint16_t)attribute("work_us");
	uint32_t periods = attribute("periods");
	uint64_t release_ns = sys_clock();
	uint64_t worst_ns = 0;
	uint32_t missed = 0;
	uint32_t bits;

	for (uint32_t i = 0; i < periods; i++) {
		release_ns += period_ns;
		(void)sys_deadline(release_ns);
		(void)sys_wait(0, &bits);
		bool is_done = work_compute(STEADY_WORK, work_us) == E_OK;
		uint64_t response_ns = sys_clock() - release_ns;
		missed += !is_done || response_ns > period_ns;
		worst_ns = response_ns > worst_ns ? response_ns : worst_ns;
	}
	return (int)report_done(STEADY_REPORT, periods, missed, (uint32_t)(worst_ns / NS_PER_US));
}
