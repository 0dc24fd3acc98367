/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* client.c: ping and pong in turn, and out of turn. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

static void
look(const char *what, uint32_t status)
{
	printf("%s: %s\n", what,
		status == E_OK       ? "granted"
		: status == E_DENIED ? "denied"
				     : "failed");
}

int
main(void)
{
	uint32_t result = 0;

	look("pong first", control_pong(CLIENT_SERVER, 1, &result));
	look("ping", control_ping(CLIENT_SERVER, 1, &result));
	look("ping again", control_ping(CLIENT_SERVER, 2, &result));
	look("pong", control_pong(CLIENT_SERVER, 3, &result));
	look("pong again", control_pong(CLIENT_SERVER, 3, &result));
	printf("the last answer was %u\n", (unsigned)result);
	(void)fflush(stdout);
	(void)power_off(CLIENT_POWER, 0);
	return 1;
}
