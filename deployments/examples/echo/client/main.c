/* SPDX-License-Identifier: 0BSD */
/* The client: says something, prints the answer, sees an error of the interface, ends the system.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

int
main(void)
{
	char words[64];
	uint32_t bytes = 0;
	uint32_t status = echo_say(CLIENT_ECHO, "hello", 5, words, sizeof(words), &bytes);

	printf("echo: status %u, it said '%.*s'\n", (unsigned)status, (int)bytes, words);
	status = echo_say(CLIENT_ECHO, "", 0, words, sizeof(words), &bytes);
	printf("echo: nothing to say is %s\n", status == ECHO_ERROR_EMPTY ? "empty" : "odd");
	fflush(stdout);
	(void)power_off(CLIENT_POWER, status == ECHO_ERROR_EMPTY ? 0 : 1);
	return EXIT_FAILURE;
}
