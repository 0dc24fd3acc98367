/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* control.c: pairs that are safe and pairs that are not; one light in and out of order. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_control.h"

#define RED   1
#define GREEN 4

const uint32_t gatehouse_console_handle = CONTROL_CONSOLE;

static void
look(const char *what, uint32_t status)
{
	printf("%s: %s\n", what,
		status == E_OK       ? "granted"
		: status == E_DENIED ? "denied"
				     : "failed");
}

static uint32_t
way(enum mode_first first, uint32_t code)
{
	return mode_setnamed(CONTROL_LAMPS, first, MODE_SECOND_RED, code);
}

int
main(void)
{
	look("green and red", mode_set(CONTROL_LAMPS, GREEN, RED));
	look("red and green", mode_set(CONTROL_LAMPS, RED, GREEN));
	look("green and green", mode_set(CONTROL_LAMPS, GREEN, GREEN));
	look("green after red", way(MODE_FIRST_GREEN, 1));
	look("red and yellow", way(MODE_FIRST_RED_YELLOW, 1));
	look("green", way(MODE_FIRST_GREEN, 1));
	look("yellow by a wrong code", way(MODE_FIRST_YELLOW, 7));
	look("a colour that is none", way(MODE_FIRST_OTHER, 1));
	(void)fflush(stdout);
	(void)power_off(CONTROL_POWER, 0);
	return 1;
}
