/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Knows a code and keeps a key, and gives it to whoever asks: the policy says who may have it. */
#include <string.h>

#include "../canary.h"
#include "gatehouse/server.h"
#include "process_vault.h"

static uint32_t
service_open_code(void *context, const struct caller *caller, uint32_t code, bool *out_ok)
{
	(void)context;
	(void)caller;
	*out_ok = code == CANARY_CODE;
	return E_OK;
}

static uint32_t
key_export_bytes(void *context, const struct caller *caller, void *out_key,
	uint32_t out_key_capacity, uint32_t *out_key_bytes)
{
	(void)context;
	(void)caller;
	memcpy(out_key, CANARY_KEY, out_key_capacity);
	*out_key_bytes = out_key_capacity;
	return E_OK;
}

static const struct service_server service = {.open = service_open_code};
static const struct tlskey_server key = {.export = key_export_bytes};

static bool
serve(const struct caller *caller, struct message *message)
{
	return vault_serve(caller, message, &service, &key);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
