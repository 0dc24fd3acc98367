/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Takes what it is given. */
#include "gatehouse/server.h"
#include "process_sink.h"

static uint32_t
sink_take(void *context, const struct caller *caller, uint8_t n)
{
	(void)context;
	(void)caller;
	(void)n;
	return E_OK;
}

static const struct sink_server sink = {.put = sink_take, .spill = sink_take};

static bool
serve(const struct caller *caller, struct message *message)
{
	return sink_serve(caller, message, &sink);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
	return 0;
}
