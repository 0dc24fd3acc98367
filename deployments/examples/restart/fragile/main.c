/* SPDX-License-Identifier: 0BSD */
/* The server: counts, and dies at every third call, as a program with a bug does. */
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_fragile.h"

#define LAST_CALL 3

static uint32_t
count_add(void *context, const struct caller *caller, uint32_t *out_count, uint32_t *out_life)
{
	static uint32_t count;

	(void)context;
	(void)caller;
	if (++count == LAST_CALL) {
		abort();
	}
	*out_count = count;
	*out_life = process_info()->incarnation;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct counter_server counter = {.add = count_add};

	return fragile_serve(caller, message, &counter);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
