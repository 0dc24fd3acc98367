/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* client.c: says something, and asks for the name. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

int
main(void)
{
	char name[32];
	uint32_t bytes = 0;
	uint32_t result = 0;
	uint32_t said = echo_say(CLIENT_SERVER, 7, &result);
	uint32_t named = echo_name(CLIENT_SERVER, name, sizeof name, &bytes);

	printf("say: status %u, %u\n", (unsigned)said, (unsigned)result);
	printf("name: status %u, %.*s\n", (unsigned)named, (int)bytes, name);
	(void)fflush(stdout);
	(void)power_off(CLIENT_POWER, 0);
	return 1;
}
