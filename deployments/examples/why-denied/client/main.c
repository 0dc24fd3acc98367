/* SPDX-License-Identifier: 0BSD */
/* The client: takes a little, takes too much, and prints what the audit says of it. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_client.h"

#define WORDS_BYTES 900

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

static char words[WORDS_BYTES];

/* The audit reads the monitor's records when the monitor has signalled it; so it is asked again. */
static uint32_t
why_newest(uint32_t *bytes)
{
	uint32_t newest = 0;
	uint32_t lost;
	uint32_t status = E_OK;

	for (int i = 0; i < 100 && newest == 0 && status == E_OK; i++) {
		status = journal_count(CLIENT_JOURNAL, &newest, &lost);
	}
	return newest == 0 ? E_STATE
			   : journal_why(CLIENT_JOURNAL, newest, words, sizeof(words), bytes);
}

int
main(void)
{
	uint32_t bytes = 0;
	uint32_t little = vault_take(CLIENT_VAULT, 7, 100);
	uint32_t much = vault_take(CLIENT_VAULT, 7, 500);

	printf("why: 100 is %s, 500 is %s\n", little == E_OK ? "granted" : "odd",
		much == E_DENIED ? "denied" : "odd");
	uint32_t why = why_newest(&bytes);
	printf("%.*s\n", (int)bytes, words);
	fflush(stdout);
	(void)power_off(CLIENT_POWER, little == E_OK && much == E_DENIED && why == E_OK ? 0 : 1);
	return EXIT_FAILURE;
}
