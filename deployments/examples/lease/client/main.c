/* SPDX-License-Identifier: 0BSD */
/* The client: lends memory to be read, then to be written, then more than the policy allows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

#define LENT_BYTES 32768u

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

static uint8_t lent[LENT_BYTES + 1];
static uint8_t back[2 * LENT_BYTES];

int
main(void)
{
	uint32_t wanted = 0;
	uint32_t sum = 0;
	uint32_t length = 0;

	for (uint32_t i = 0; i < LENT_BYTES; i++) {
		lent[i] = (uint8_t)(i * 7);
		wanted += lent[i];
	}
	uint32_t put = store_put(CLIENT_STORE, lent, LENT_BYTES, &sum);
	printf("lease: lent %u bytes, their sum is %s\n", LENT_BYTES,
		put == E_OK && sum == wanted ? "right" : "wrong");
	uint32_t get = store_get(CLIENT_STORE, back, sizeof(back), &length);
	bool is_same = get == E_OK && length == LENT_BYTES && memcmp(lent, back, length) == 0;
	printf("lease: %u bytes came back %s\n", (unsigned)length, is_same ? "unchanged" : "wrong");
	uint32_t more = store_put(CLIENT_STORE, lent, LENT_BYTES + 1, &sum);
	printf("lease: a byte more is %s\n", more == E_DENIED ? "denied" : "let through");
	fflush(stdout);
	(void)power_off(CLIENT_POWER, sum == wanted && is_same && more == E_DENIED ? 0 : 1);
	return EXIT_FAILURE;
}
