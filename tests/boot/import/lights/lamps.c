/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* lamps.c: does what it is told; what is safe is not its business. */
#include "gatehouse/server.h"
#include "process_lamps.h"

static uint32_t
set(void *context, const struct caller *caller, uint8_t lights_0, uint8_t lights_1)
{
	(void)context;
	(void)caller;
	(void)lights_0;
	(void)lights_1;
	return E_OK;
}

static uint32_t
set_named(void *context, const struct caller *caller, enum mode_first way_first,
	enum mode_second way_second, uint32_t code)
{
	(void)context;
	(void)caller;
	(void)way_first;
	(void)way_second;
	(void)code;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct mode_server mode = {.set = set, .setNamed = set_named};

	return lamps_serve(caller, message, &mode);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
