/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Knows a code, a key and numbers, and gives them to whoever asks: the policy says who may. */
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

static uint32_t
random_take_bytes(void *context, const struct caller *caller, uint32_t count, void *out_bytes,
	uint32_t out_bytes_capacity, uint32_t *out_bytes_bytes)
{
	uint32_t bytes = count < out_bytes_capacity ? count : out_bytes_capacity;

	(void)context;
	(void)caller;
	memcpy(out_bytes, CANARY_RANDOM, bytes < CANARY_BYTES ? bytes : CANARY_BYTES);
	*out_bytes_bytes = bytes;
	return E_OK;
}

static const struct service_server service = {.open = service_open_code};
static const struct tlskey_server key = {.export = key_export_bytes};
static const struct random_server random_bytes = {.take = random_take_bytes};

static bool
serve(const struct caller *caller, struct message *message)
{
	return vault_serve(caller, message, &service, &key, &random_bytes);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
