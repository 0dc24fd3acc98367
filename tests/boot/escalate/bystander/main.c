/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Lives well, and is restarted all the same when its group is. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_bystander.h"

const uint32_t gatehouse_console_handle = BYSTANDER_CONSOLE;

static uint32_t
answer(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct ping_server ping = {.now = answer};

	return bystander_serve(caller, message, &ping);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	printf("bystander: life %u\n", (unsigned)process_info()->incarnation);
	fflush(stdout);
	server_run(&server);
}
