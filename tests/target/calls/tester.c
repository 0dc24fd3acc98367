/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tests of system calls as an ordinary process sees them. */
#include <stdio.h>
#include <stdlib.h>

#include "calls/tests.h"
#include "check.h"
#include "gen/core/power.h"
#include "process_tester.h"

const uint32_t gatehouse_console_handle = TESTER_CONSOLE;

static uint32_t
ask_seed(void)
{
	char line[32] = "";

	printf("seed? ");
	fflush(stdout);
	if (fgets(line, sizeof(line), stdin) == NULL) {
		return 1;
	}
	return (uint32_t)strtoul(line, NULL, 10);
}

int
main(void)
{
	uint32_t seed = ask_seed();

	handles_test();
	shapes_test();
	memory_test();
	time_test();
	threads_test();
	replies_test();
	leases_test();
	passes_test();
	notify_test();
	counts_test();
	death_test();
	hammered_test(seed);
	uint8_t failed = check_finish();
	power_off(TESTER_POWER, failed);
	return failed;
}
