/* SPDX-License-Identifier: 0BSD */
/*
 * Counts instructions, as deployments/bench/meter does, where others run too. Prints one line for
 * each figure: figure ID MEAN WORST
 */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "load/work.h"
#include "meter/figure.h"
#include "meter/measure.h"
#include "process_meter.h"

#define TURNS 2u /* in one round of calls to the busy server: this one's and the rival's */

#define WORK_MS   1000u /* a hundred turns */
#define SETTLE_MS 50u
#define BLOCKS    1000u /* of work between two looks at the counter */

const uint32_t gatehouse_console_handle = METER_CONSOLE;

/* How much this process gets done in a time while the other does what the signal made it do. */
static uint32_t
worked(uint32_t ms)
{
	uint64_t ticks = (uint64_t)measure_frequency_hz() / 1000 * ms;
	uint64_t start = measure_counter();
	uint32_t done = 0;

	do {
		work(BLOCKS);
		done++;
	} while (measure_counter() - start < ticks);
	return done;
}

static uint32_t
worked_beside_flood(void)
{
	(void)sys_signal(METER_FLOOD);
	return worked(WORK_MS);
}

/* What the denials of another, with their records and the audit server, cost beyond the half of the
 * machine that it has anyhow. */
static void
measure_flood(void)
{
	uint32_t quiet = worked_beside_flood();
	uint32_t flooded = worked_beside_flood();
	double percent = ((double)quiet / (double)flooded - 1) * 100;

	(void)sys_signal(METER_FLOOD);
	(void)worked(SETTLE_MS); /* it sees that it shall stop */
	printf("figure deny.flood %.2f -\n", percent);
}

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
	measure_flood();
	measure_queued();
	printf("figures are complete\n");
	return (int)power_off(METER_POWER, 0);
}
