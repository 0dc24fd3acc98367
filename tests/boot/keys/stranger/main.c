/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Wants a key itself, then waits for one that somebody leaves. */
#include <stdlib.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "key.h"
#include "process_stranger.h"

static uint32_t
drop_leave_key(void *context, const struct caller *caller, uint32_t key)
{
	uint8_t tag[32];
	uint32_t bytes = 0;

	(void)context;
	(void)caller;
	(void)key_mac(key, "mine", 4, tag, sizeof(tag), &bytes);
	exit(EXIT_FAILURE); /* it should not have come here */
}

static uint32_t
drop_take_note(void *context, const struct caller *caller, uint32_t from, uint32_t count,
	const void *where, uint32_t where_bytes)
{
	(void)context;
	(void)caller;
	(void)from;
	(void)count;
	(void)where;
	return where_bytes >= sizeof("/keys") - 1 ? E_OK : E_STATE;
}

static const struct drop_server drop = {.leave = drop_leave_key, .note = drop_take_note};

static bool
serve(const struct caller *caller, struct message *message)
{
	return stranger_serve(caller, message, &drop);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	const struct timespec pause = {.tv_nsec = 1000000};
	uint32_t status, key;
	uint8_t tag[32];
	uint32_t bytes = 0;

	while ((status = keystore_open(STRANGER_STORE, 0, &key)) == KEYSTORE_ERROR_ABSENT) {
		nanosleep(&pause, NULL);
	}
	if (status != KEYSTORE_ERROR_DENIED) {
		return EXIT_FAILURE;
	}
	/* The endpoint itself is no key, though there is one of this instance's number. */
	if (process_info()->instance != 5 ||
		key_mac(STRANGER_KEY, "mine", 4, tag, sizeof(tag), &bytes) != KEY_ERROR_ABSENT) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
