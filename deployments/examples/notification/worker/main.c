/* SPDX-License-Identifier: 0BSD */
/* The worker: three pieces of work, a signal after each. A signal has no content: what happened
 * twice before the other looked is one wake-up. */
#include <time.h>

#include "gatehouse/syscall.h"
#include "process_worker.h"

#define PIECES 3

int
main(void)
{
	const struct timespec piece = {.tv_nsec = 50000000};

	for (int i = 0; i < PIECES; i++) {
		nanosleep(&piece, NULL);
		if (sys_signal(WORKER_DONE) != E_OK) {
			return 1;
		}
	}
	return 0;
}
