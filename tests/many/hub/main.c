/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Hears of all, several times, and ends the machine. */
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "gen/core/power.h"
#include "many/many.h"
#include "process_hub.h"

#define INSTANCES_MAX 512u

const uint32_t gatehouse_console_handle = HUB_CONSOLE;

static uint16_t rounds[INSTANCES_MAX];
static uint32_t done; /* processes that were heard in all rounds */
static uint32_t failed;

static uint32_t
hello(void *context, const struct caller *caller, uint16_t number, uint16_t round, uint32_t wrong,
	bool *out_go_on)
{
	(void)context;
	/* Who it is, the kernel says; what it believes to be, its own memory. */
	if (number != caller->instance || number >= INSTANCES_MAX || round != rounds[number] ||
		wrong != 0) {
		printf("hub: instance %u says %u, round %u, %u words wrong\n", caller->instance,
			number, round, (unsigned)wrong);
		failed++;
	}
	rounds[number % INSTANCES_MAX]++;
	*out_go_on = round + 1u < MANY_ROUNDS;
	done += !*out_go_on;
	if (done == strtoul(process_attribute("nodes"), NULL, 10)) {
		printf("many: %u processes, %u rounds, %u failed\n", (unsigned)done, MANY_ROUNDS,
			(unsigned)failed);
		fflush(stdout);
		(void)power_off(HUB_POWER, failed != 0);
	}
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct hub_server hub = {.hello = hello};

	return hub_serve(caller, message, &hub);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
