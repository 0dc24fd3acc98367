/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* server.c: answers with the next number. */
#include "gatehouse/server.h"
#include "process_server.h"

static uint32_t
next(void *context, const struct caller *caller, uint32_t value, uint32_t *out_result)
{
	(void)context;
	(void)caller;
	*out_result = value + 1;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct control_server control = {.ping = next, .pong = next};

	return server_serve(caller, message, &control);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
