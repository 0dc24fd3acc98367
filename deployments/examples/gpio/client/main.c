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

	return pins_write(CLIENT_PINS, pin, level, 0) == E_OK &&
	       pins_read(CLIENT_PINS, pin, &seen) == E_OK && seen == level;
}

/* A request as clients sent it that were built before there was pulse_ms. */
static uint32_t
write_of_before(uint8_t pin, bool level)
{
	struct message message = {.info = info_make(0, 2), .bytes = {pin, level}};
	uint32_t status = ipc_call(CLIENT_PINS, PINS_WRITE, &message);

	return status == E_OK ? gate_reply_status(&message, 0) : status;
}

/* A pulse ends by itself; what is longer than a client may, and half of a number, are denied. */
static bool
pulses_work(void)
{
	struct message half = {.info = info_make(0, 3), .bytes = {0, true, 50}};
	bool seen = true;

	return pins_write(CLIENT_PINS, 0, true, 50) == E_OK &&
	       pins_read(CLIENT_PINS, 0, &seen) == E_OK && !seen &&
	       pins_write(CLIENT_PINS, 0, true, 101) == E_DENIED &&
	       ipc_call(CLIENT_PINS, PINS_WRITE, &half) == E_DENIED;
}

static bool
client_of_before_works(void)
{
	bool seen = false;

	return write_of_before(1, true) == E_OK && pins_read(CLIENT_PINS, 1, &seen) == E_OK &&
	       seen && write_of_before(2, true) == E_DENIED;
}

/* Three times, or once if nobody says how often; a fourth time is more than it may, and what says
 * that there is no number has none. */
static bool
blinks_work(void)
{
	const struct pins_pattern lamp = {.pin = 1, .on_ms = 2, .off_ms = 2};
	const struct pins_pattern other = {.pin = 2, .on_ms = 2, .off_ms = 2};
	struct message hidden = {.info = info_make(0, 8), .bytes = {1, 0, 2, 0, 2, 0, 0, 3}};

	return pins_blink(CLIENT_PINS, &lamp, true, 3) == E_OK &&
	       pins_blink(CLIENT_PINS, &lamp, false, 0) == E_OK &&
	       pins_blink(CLIENT_PINS, &lamp, true, 4) == E_DENIED &&
	       pins_blink(CLIENT_PINS, &other, false, 0) == E_DENIED &&
	       ipc_call(CLIENT_PINS, PINS_BLINK, &hidden) == E_DENIED;
}

/* What takes longer than the driver bears ends with an error that says how long to rest; it may not
 * say more than half a second. */
static bool
rests(void)
{
	static const uint16_t ms[6] = {20, 100, 100, 100, 100, 100};
	struct pins_play_tired tired = {0};
	uint16_t high[4];
	uint32_t count = 0;

	return pins_play(CLIENT_PINS, 1, ms, 4, high, 4, &count, &tired) == PINS_ERROR_TIRED &&
	       tired.rest_ms == 320 &&
	       pins_play(CLIENT_PINS, 1, ms, 6, high, 4, &count, &tired) == E_DENIED;
}

/* Four numbers are played, and two come back. Seven are more than it may, nine more than the stub
 * takes; a number too many and half a number, whoever sends them, reach nobody. */
static bool
melody_works(void)
{
	static const uint16_t ms[9] = {2, 1, 3, 1, 1, 1, 1, 1, 1};
	static const uint16_t loud[2] = {21, 1};
	struct message half = {.info = info_make(0, 1 + 2 * 2 + 1), .bytes = {1, 2, 0, 1, 0, 1}};
	struct message nine = {.info = info_make(0, 1 + 2 * 9), .bytes = {1}};
	uint16_t high[4];
	uint32_t count = 0;
	bool is_played = pins_play(CLIENT_PINS, 1, ms, 4, high, 4, &count, NULL) == E_OK &&
			 count == 2 && high[0] == 2 && high[1] == 3;

	return is_played && pins_play(CLIENT_PINS, 1, ms, 7, high, 4, &count, NULL) == E_DENIED &&
	       pins_play(CLIENT_PINS, 1, ms, 9, high, 4, &count, NULL) == E_ARGUMENT &&
	       pins_play(CLIENT_PINS, 1, ms, 1, high, 4, &count, NULL) == E_DENIED &&
	       pins_play(CLIENT_PINS, 1, loud, 2, high, 4, &count, NULL) == E_DENIED &&
	       ipc_call(CLIENT_PINS, PINS_PLAY, &half) == E_DENIED &&
	       ipc_call(CLIENT_PINS, PINS_PLAY, &nine) == E_DENIED;
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
	uint32_t touch = pins_write(CLIENT_PINS, 2, true, 0);
	printf("gpio: the switch can be %s and %s\n", look == E_OK ? "read" : "not read",
		touch == E_DENIED ? "not written" : "written");
	bool pulses = pulses_work();
	bool before = client_of_before_works();
	bool blinks = blinks_work();
	bool melody = melody_works();
	printf("gpio: a pulse ends by itself: %s\n", pulses ? "yes" : "no");
	printf("gpio: a lamp blinks three times, not four: %s\n", blinks ? "yes" : "no");
	printf("gpio: a melody of four is played, of seven not: %s\n", melody ? "yes" : "no");
	bool rest = rests();
	printf("gpio: who plays too long is told to rest 320 ms: %s\n", rest ? "yes" : "no");
	printf("gpio: a client that knows no pulses is served: %s\n", before ? "yes" : "no");
	fflush(stdout);
	(void)power_off(CLIENT_POWER, is_pl061 && is_good && pulses && blinks && melody && rest &&
						      before && look == E_OK && touch == E_DENIED
					      ? 0
					      : 1);
	return EXIT_FAILURE;
}
