/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Is left alone in safe mode; dies twice of it, which only the machine can mend. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gatehouse/process.h"
#include "process_watcher.h"

const uint32_t gatehouse_console_handle = WATCHER_CONSOLE;

int
main(void)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	uint32_t status = E_OK;

	printf("watcher: life %u\n", (unsigned)process_info()->incarnation);
	while (status == E_OK || status == E_RESTARTED) {
		nanosleep(&pause, NULL);
		status = ping_now(WATCHER_PING);
		if (status == E_RESTARTED) {
			printf("watcher: the bystander is new\n");
		}
	}
	printf("watcher: the bystander is gone: %u\n", (unsigned)status);
	fflush(stdout);
	abort();
}
