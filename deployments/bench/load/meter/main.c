/* SPDX-License-Identifier: 0BSD */
/*
 * Counts instructions, as deployments/bench/meter does, where others run too. Prints one line for
 * each figure: figure ID MEAN WORST
 */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "meter/figure.h"
#include "meter/measure.h"
#include "process_meter.h"

#define TURNS 2u /* in one round of calls to the busy server: this one's and the rival's */

const uint32_t gatehouse_console_handle = METER_CONSOLE;

/* The server has the rival's request when it is called, so each waits for its turn. The server's
 * yield is in it. Last: the rival goes on. */
static void
measure_queued(void)
{
	const struct operation calls = {"ipc.rt.queued", figure_calls, METER_TURNS, ECHO_SOME};

	(void)sys_signal(METER_RIVAL);
	uint32_t mean = figure_mean(&calls) / TURNS;
	printf("figure %s %lu %lu\n", calls.id, (unsigned long)mean,
		(unsigned long)figure_worst(&calls) / TURNS);
}

int
main(void)
{
	measure_queued();
	printf("figures are complete\n");
	return (int)power_off(METER_POWER, 0);
}
