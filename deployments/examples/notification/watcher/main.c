/* SPDX-License-Identifier: 0BSD */
/* The watcher: sleeps until it is told, at most a second; three times. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_watcher.h"

#define PIECES    3
#define SECOND_NS UINT64_C(1000000000)

const uint32_t gatehouse_console_handle = WATCHER_CONSOLE;

/* The deadline is for the next call that blocks. */
static uint32_t
wait_a_second(void)
{
	uint32_t bits;

	(void)sys_deadline(sys_clock() + SECOND_NS);
	return sys_wait(HANDLE_NOTIFICATION, &bits);
}

int
main(void)
{
	int seen = 0;

	while (seen < PIECES && wait_a_second() == E_OK) {
		printf("watcher: piece %d is done\n", ++seen);
	}
	uint32_t status = wait_a_second();
	printf("watcher: then nothing for a second: %s\n",
		status == E_TIMEOUT ? "time is up" : "odd");
	fflush(stdout);
	(void)power_off(WATCHER_POWER, seen == PIECES && status == E_TIMEOUT ? 0 : 1);
	return EXIT_FAILURE;
}
