/* SPDX-License-Identifier: 0BSD */
/* A worker: works for a moment, says so, ends. What it used is then free for the next one. */
#include <stdio.h>
#include <time.h>

#include "gatehouse/process.h"
#include "process_worker.h"

const uint32_t gatehouse_console_handle = WORKER_CONSOLE;

int
main(void)
{
	const struct timespec work = {.tv_nsec = 50000000};

	nanosleep(&work, NULL);
	printf("%s: done\n", process_info()->name);
	return 0;
}
