/* SPDX-License-Identifier: 0BSD */
/* A server that asks the next one before it answers. */
#include "gatehouse/server.h"
#include "process_outer.h"

/* Middle and Outer have the same slots, so one program serves both. */
static bool
serve(const struct caller *caller, struct message *message)
{
	(void)caller;
	if (ipc_call(OUTER_NEXT, info_method(message->info), message) != E_OK) {
		gate_answer_error(message, 0);
	}
	return true;
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
