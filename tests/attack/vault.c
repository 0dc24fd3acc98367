/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server with something to lose: items, a queue of callers, a secret in its registers. */
#include <string.h>

#include "gatehouse/server.h"
#include "process_vaultserver.h"

#define ITEM   0x1000u
#define SECRET 0x5eu

#define STORED_OFFSET 128u /* Vault.store: 16 words, then the value */

static uint32_t signal_count;

static uint32_t
open_item(void *context, const struct caller *caller, uint8_t item, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = ITEM + item;
	return E_OK;
}

static uint32_t
who(void *context, const struct caller *caller, uint16_t claimed, uint16_t *out_label)
{
	(void)context;
	(void)claimed;
	*out_label = caller->label;
	return E_OK;
}

static uint32_t
slow(void *context, const struct caller *caller, uint64_t time_ns, uint32_t *out_value)
{
	uint32_t bits;
	uint64_t end_ns = sys_clock() + time_ns;

	(void)context;
	(void)caller;
	(void)sys_deadline(end_ns);
	(void)sys_wait(0, &bits);
	*out_value = ITEM;
	return E_OK;
}

static uint32_t
secret(void *context, const struct caller *caller, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = ITEM;
	return E_OK;
}

static uint32_t
exchange(void *context, const struct caller *caller, struct lease from, struct lease to,
	uint32_t *out_read, uint32_t *out_written)
{
	static uint8_t bytes[64];

	(void)context;
	(void)caller;
	*out_read = lease_read(&from, 0, bytes, from.length_bytes);
	memset(bytes, SECRET, sizeof(bytes));
	*out_written = lease_write(&to, 0, bytes, to.length_bytes);
	return E_OK;
}

static uint32_t
signals(void *context, const struct caller *caller, uint32_t *out_count)
{
	(void)context;
	(void)caller;
	*out_count = signal_count;
	return E_OK;
}

/* The words of `store` are only there to fill registers: it is served without its stub. What is
 * behind an answer is the vault's own affair, and goes with it into registers. */
static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct vault_server vault = {.open = open_item,
		.who = who,
		.slow = slow,
		.secret = secret,
		.exchange = exchange,
		.signals = signals};
	bool answers = true;

	if (info_method(message->info) == VAULT_STORE) {
		vault_store_reply(message, message->bytes[STORED_OFFSET]);
	} else {
		answers = vaultserver_serve(caller, message, &vault);
	}
	uint32_t length = info_length(message->info);

	memset(message->bytes + length, SECRET, sizeof(message->bytes) - length);
	return answers;
}

static void
notified(uint32_t bits)
{
	(void)bits;
	signal_count++;
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};

	server_run(&server);
}
