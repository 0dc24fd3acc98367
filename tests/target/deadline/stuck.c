/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server whose first call never ends. */
#include "gatehouse/server.h"
#include "process_stuck.h"

static uint32_t
never_answers(void *context, const struct caller *caller)
{
	volatile uint64_t turns = 1;

	(void)context;
	(void)caller;
	while (turns != 0) {
		turns++;
	}
	return E_OK;
}

static const struct silent_server silent = {.answer = never_answers};

static bool
serve(const struct caller *caller, struct message *message)
{
	return stuck_serve(caller, message, &silent);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
