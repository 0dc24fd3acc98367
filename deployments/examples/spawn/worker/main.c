/* SPDX-License-Identifier: 0BSD */
/* A worker: takes its work from its words, works for a moment, ends with the result. What it used
 * is then free for the next one. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gatehouse/process.h"
#include "process_worker.h"

const uint32_t gatehouse_console_handle = WORKER_CONSOLE;

int
main(int argc, char **argv)
{
	const struct timespec moment = {.tv_nsec = 50000000};
	int number = argc > 1 ? atoi(argv[1]) : 0;

	nanosleep(&moment, NULL);
	printf("%s: %d times %d\n", process_info()->name, number, number);
	return number * number;
}
