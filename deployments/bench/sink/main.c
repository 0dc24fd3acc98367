/* SPDX-License-Identifier: 0BSD */
/* The server of leases and handles: reads all that is lent to it, takes what it is given. */
#include "gatehouse/ipc.h"
#include "gatehouse/server.h"
#include "process_sink.h"

static _Alignas(4096) uint8_t bytes[64 << 10];

static uint32_t
put(void *context, const struct caller *caller, struct lease data)
{
	(void)context;
	(void)caller;
	return lease_read(&data, 0, bytes, data.length_bytes);
}

static uint32_t
take(void *context, const struct caller *caller, uint64_t word, uint32_t echo)
{
	(void)context;
	(void)caller;
	(void)word;
	(void)echo;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct store_server store = {.put = put, .take = take};

	return sink_serve(caller, message, &store);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
