/* SPDX-License-Identifier: 0BSD */
/* A server dies in every way, again and again: its client learns it, and goes on. */
#include "probe.h"

#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "process_probe.h"

#define KINDS 8

static void
check_death(uint8_t kind, uint32_t incarnation)
{
	uint32_t found = 0;

	CHECK(fragile_die(PROBE_FRAGILE, kind) == E_DIED);
	/* The first call waits until the new one is there; it, or the next, tells of the restart.
	 */
	uint32_t status = fragile_who(PROBE_FRAGILE, &found);
	if (status == E_OK) {
		CHECK(found == incarnation);
		CHECK(fragile_who(PROBE_FRAGILE, &found) == E_RESTARTED);
	} else {
		CHECK(status == E_RESTARTED);
	}
	CHECK(fragile_who(PROBE_FRAGILE, &found) == E_OK && found == incarnation);
	CHECK(fragile_who(PROBE_FRAGILE, &found) == E_OK && found == incarnation);
}

void
check_deaths(void)
{
	uint32_t rounds = (uint32_t)strtoul(process_attribute("rounds"), NULL, 10);
	uint32_t found = 0;

	CHECK(fragile_who(PROBE_FRAGILE, &found) == E_OK && found == 1);
	for (uint32_t i = 0; i < rounds; i++) {
		check_death((uint8_t)(i % KINDS), i + 2);
	}
	printf("%lu deaths\n", (unsigned long)rounds);
}
