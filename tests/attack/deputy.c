/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server that does for everybody what it may do itself, without asking for whom. */
#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_deputyserver.h"

static uint32_t
use_handle(void *context, const struct caller *caller, uint32_t handle, uint32_t *out_status)
{
	struct message message = {.info = info_make(0, 0)};

	(void)context;
	(void)caller;
	*out_status = ipc_call(handle, 2, &message);
	return E_OK;
}

static uint32_t
ring(void *context, const struct caller *caller, uint32_t bell, uint32_t *out_status)
{
	(void)context;
	(void)caller;
	*out_status = sys_signal(bell);
	return E_OK;
}

static uint32_t
fetch(void *context, const struct caller *caller, uint8_t item, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	return vault_open(DEPUTYSERVER_VAULT, item, out_value);
}

static uint32_t
instance(void *context, const struct caller *caller, uint16_t *out_number)
{
	(void)context;
	(void)caller;
	*out_number = process_info()->instance;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct deputy_server deputy = {
		.instance = instance, .use_handle = use_handle, .ring = ring, .fetch = fetch};

	return deputyserver_serve(caller, message, &deputy);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
