/* SPDX-License-Identifier: 0BSD */
/* The client: E_DIED, the call was not answered; E_RESTARTED, the server is new, once for each
 * restart. Both are answers, not accidents: it says so and goes on. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

#define CALLS 12

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

int
main(void)
{
	unsigned died = 0, other = 0;
	uint32_t count = 0, life = 0;

	for (int i = 0; i < CALLS; i++) {
		uint32_t status = counter_add(CLIENT_TALLY, &count, &life);
		switch (status) {
		case E_OK:
			printf("restart: %u in life %u\n", (unsigned)count, (unsigned)life);
			break;
		case E_DIED:
			died++;
			printf("restart: the server died during the call\n");
			break;
		case E_RESTARTED:
			printf("restart: the server is new\n");
			break;
		default:
			other++;
			printf("restart: status %u\n", (unsigned)status);
			break;
		}
	}
	printf("restart: %d calls, %u deaths, the client lives\n", CALLS, died);
	fflush(stdout);
	(void)power_off(CLIENT_POWER, died == 3 && other == 0 ? 0 : 1);
	return EXIT_FAILURE;
}
