/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Writes numbered lines, and says of which it was told that the console died; the host counts the
 * lines. It goes last, so it ends the machine.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_writer.h"

#define VICTIMS 3u

const uint32_t gatehouse_console_handle = WRITER_CONSOLE;

static const char *const victims[VICTIMS] = {"valve", "sensor", "console"};

static uint32_t
report(uint8_t victim)
{
	uint32_t reports = 0, kills = 0, half_us = 0, most_us = 0, worst_us = 0;

	if (field_stopped(WRITER_FIELD, victim, &reports, &kills, &half_us, &most_us, &worst_us) !=
		E_OK) {
		return 0;
	}
	if (reports == VICTIMS) {
		printf("%s: %lu kills, restart p50 %lu us, p99 %lu us, worst %lu us\n",
			victims[victim], (unsigned long)kills, (unsigned long)half_us,
			(unsigned long)most_us, (unsigned long)worst_us);
		fflush(stdout);
	}
	return reports;
}

/* Writes until the console takes it or dies of it. */
static uint32_t
write_line(char letter, uint32_t number)
{
	char line[24];
	int length = snprintf(line, sizeof(line), "%c %lu\n", letter, (unsigned long)number);
	uint32_t status = E_RESTARTED;

	while (status == E_RESTARTED) {
		status = console_write(WRITER_CONSOLE, line, (uint32_t)length);
	}
	return status;
}

int
main(void)
{
	const struct timespec pause = {.tv_nsec = 300000};
	const struct timespec others = {.tv_sec = 1};
	uint32_t number = 0;

	while (report(0) < VICTIMS) {
		number++;
		if (write_line('w', number) != E_OK) {
			while (write_line('d', number) != E_OK) {
			}
		}
		nanosleep(&pause, NULL);
	}
	report(1);
	report(2);
	nanosleep(&others, NULL);
	printf("writer: %lu lines\n", (unsigned long)number);
	fflush(stdout);
	(void)power_off(WRITER_POWER, 0);
	return EXIT_FAILURE;
}
