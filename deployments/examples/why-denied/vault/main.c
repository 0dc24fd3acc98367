/* SPDX-License-Identifier: 0BSD */
/* The vault: it never sees what is denied, so it has no check of who asks for what. */
#include "gatehouse/server.h"
#include "process_keeper.h"

#define BOXES 10

static uint32_t
take(void *context, const struct caller *caller, uint8_t box, uint16_t amount)
{
	static uint32_t taken[BOXES];

	(void)context;
	(void)caller;
	taken[box] += amount;
	return taken[box] > 1000 ? VAULT_ERROR_EMPTY : E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct vault_server vault = {.take = take};

	return keeper_serve(caller, message, &vault);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
