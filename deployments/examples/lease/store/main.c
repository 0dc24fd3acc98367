/* SPDX-License-Identifier: 0BSD */
/* The store: the memory is the client's, so each access may fail, and nothing read is believed
 * twice. */
#include "gatehouse/ipc.h"
#include "gatehouse/server.h"
#include "process_store.h"

#define KEPT_BYTES 65536u

static uint8_t kept[KEPT_BYTES];
static uint32_t kept_bytes;

static uint32_t
put(void *context, const struct caller *caller, struct lease data, uint32_t *out_sum)
{
	uint32_t sum = 0;

	(void)context;
	(void)caller;
	if (data.length_bytes > sizeof(kept)) {
		return STORE_ERROR_FULL;
	}
	/* Copied once, then looked at: the client could change its memory meanwhile. */
	uint32_t status = lease_read(&data, 0, kept, data.length_bytes);
	kept_bytes = status == E_OK ? data.length_bytes : 0;
	for (uint32_t i = 0; i < kept_bytes; i++) {
		sum += kept[i];
	}
	*out_sum = sum;
	return status;
}

static uint32_t
get(void *context, const struct caller *caller, struct lease data, uint32_t *out_length)
{
	(void)context;
	(void)caller;
	*out_length = kept_bytes < data.length_bytes ? kept_bytes : data.length_bytes;
	return lease_write(&data, 0, kept, *out_length);
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct store_server store = {.put = put, .get = get};

	return store_serve(caller, message, &store);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
