/* SPDX-License-Identifier: 0BSD */
/* The client: switches its lamps, and tries a pin that is not its own. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

#define PL061 0x00041061u /* part 061, made by ARM */

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

static bool
set_and_look(uint8_t pin, bool level)
{
	bool seen = !level;

	return pins_write(CLIENT_PINS, pin, level) == E_OK &&
	       pins_read(CLIENT_PINS, pin, &seen) == E_OK && seen == level;
}

int
main(void)
{
	uint32_t number = 0;
	uint32_t chip = pins_chip(CLIENT_PINS, &number);
	bool is_pl061 = chip == E_OK && (number & 0xfffff) == PL061;

	printf("gpio: chip %08x is %s\n", (unsigned)number, is_pl061 ? "a PL061" : "another");
	bool is_good = set_and_look(0, true) && set_and_look(1, true) && set_and_look(1, false) &&
		       set_and_look(0, false);
	printf("gpio: two lamps go on and off: %s\n", is_good ? "yes" : "no");
	bool level;
	uint32_t look = pins_read(CLIENT_PINS, 2, &level);
	uint32_t touch = pins_write(CLIENT_PINS, 2, true);
	printf("gpio: the switch can be %s and %s\n", look == E_OK ? "read" : "not read",
		touch == E_DENIED ? "not written" : "written");
	fflush(stdout);
	(void)power_off(
		CLIENT_POWER, is_pl061 && is_good && look == E_OK && touch == E_DENIED ? 0 : 1);
	return EXIT_FAILURE;
}
