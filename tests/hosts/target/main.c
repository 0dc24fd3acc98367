/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers as it was told to, right or wrong: what of it arrives, the monitor says. */
#include <string.h>

#include "gatehouse/server.h"
#include "process_target.h"

static struct {
	uint16_t status;
	uint16_t length;
	uint8_t bytes[16];
} planned;

static uint32_t
plan_next_answer(void *context, const struct caller *caller, uint16_t status, uint16_t length,
	uint64_t low, uint64_t high)
{
	(void)context;
	(void)caller;
	planned.status = status;
	planned.length = length;
	memcpy(planned.bytes, &low, 8);
	memcpy(planned.bytes + 8, &high, 8);
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct plan_server plan = {.next = plan_next_answer};

	if (caller->badge >> BADGE_GIVES_SHIFT == TARGET_GIVES_PLAN) {
		return plan_dispatch(&plan, caller, message);
	}
	memset(message->bytes, 0, planned.length);
	memcpy(message->bytes, planned.bytes, planned.length < 16 ? planned.length : 16);
	message->info = info_make(planned.status, planned.length);
	return true;
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
