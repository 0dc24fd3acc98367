/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* server.c: says it back. */
#include <string.h>

#include "gatehouse/server.h"
#include "process_server.h"

static uint32_t
say(void *context, const struct caller *caller, uint32_t value, uint32_t *out_result)
{
	(void)context;
	(void)caller;
	*out_result = value;
	return E_OK;
}

static uint32_t
name(void *context, const struct caller *caller, void *out_name, uint32_t out_name_capacity,
	uint32_t *out_name_bytes)
{
	static const char text[] = "imported";

	(void)context;
	(void)caller;
	*out_name_bytes = sizeof text - 1 < out_name_capacity ? sizeof text - 1 : out_name_capacity;
	memcpy(out_name, text, *out_name_bytes);
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct echo_server echo = {.say = say, .name = name};

	return server_serve(caller, message, &echo);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
