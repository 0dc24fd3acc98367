/* SPDX-License-Identifier: 0BSD */
/* Is at work whenever the driver's alarm comes, and sleeps in between, which costs nothing. */
#include "deployments/bench/load/work.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "process_worker.h"

#define ALARMS   100u
#define SLEEP_NS UINT64_C(999900000) /* of the second that the driver waits */
#define BLOCKS   100u                /* of work between two looks for its signal */

int
main(void)
{
	uint32_t bits = 0;

	(void)sys_wait(HANDLE_NOTIFICATION, &bits);
	for (uint32_t i = 0; i < ALARMS; i++) {
		(void)sys_deadline(sys_clock() + SLEEP_NS);
		(void)sys_wait(0, &bits);
		do {
			work(BLOCKS);
			(void)sys_poll(HANDLE_NOTIFICATION, &bits);
		} while (bits == 0);
	}
	return (int)power_off(WORKER_POWER, 0);
}
