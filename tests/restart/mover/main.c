/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Gives orders to the valve and compares the answers with what the plant says: done is done once,
 * "restarted" is not done at all and may be repeated, "died" is done at most once and is not
 * repeated, because the method is not idempotent.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "process_mover.h"

#define VICTIMS 3u

const uint32_t gatehouse_console_handle = MOVER_CONSOLE;

static uint8_t mover;
static uint32_t done;
static uint32_t restarted;
static uint32_t died;
static uint32_t died_done; /* of those: done all the same */
static uint32_t wrong;

static bool
goes_on(void)
{
	uint32_t reports = 0, kills, half_us, most_us, worst_us;

	return field_stopped(MOVER_FIELD, 0, &reports, &kills, &half_us, &most_us, &worst_us) !=
		       E_OK ||
	       reports < VICTIMS;
}

/* Returns whether the order may be given again. */
static bool
order(uint32_t number)
{
	uint32_t times = 0;
	uint32_t status = valve_set(MOVER_VALVE, mover, number);

	if (field_moved(MOVER_FIELD, mover, number, &times) != E_OK) {
		wrong++;
	}
	switch (status) {
	case E_OK:
		done++;
		wrong += times != 1;
		return false;
	case E_RESTARTED:
		restarted++;
		wrong += times != 0;
		return true;
	case E_DIED:
		died++;
		died_done += times == 1;
		wrong += times > 1;
		return false;
	default:
		wrong++;
		return false;
	}
}

int
main(void)
{
	mover = (uint8_t)atoi(process_attribute("mover"));
	for (uint32_t number = 1; goes_on(); number++) {
		while (order(number)) {
		}
	}
	printf("mover %u: %lu done, %lu died (%lu of them done), %lu restarted, %lu wrong\n", mover,
		(unsigned long)done, (unsigned long)died, (unsigned long)died_done,
		(unsigned long)restarted, (unsigned long)wrong);
	fflush(stdout);
	return EXIT_SUCCESS;
}
