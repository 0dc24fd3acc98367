/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Works for everybody, for as long as they ask; one caller waits for the next like it. */
#include "gatehouse/ipc.h"
#include "gatehouse/server.h"
#include "gen/core/reply.h"
#include "process_worker.h"

#define NS_PER_US UINT64_C(1000)

static uint32_t
work_compute_now(void *context, const struct caller *caller, uint16_t us)
{
	uint64_t end_ns = sys_clock() + us * NS_PER_US;

	(void)context;
	(void)caller;
	while (sys_clock() < end_ns) {
	}
	return E_OK;
}

static uint32_t
work_nothing(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return E_OK;
}

static const struct work_server work = {
	.compute = work_compute_now,
	.later = work_nothing,
	.refused = work_nothing,
};

static bool
serve(const struct caller *caller, struct message *message)
{
	static struct message late;

	if (info_method(message->info) != WORK_LATER) {
		return worker_serve(caller, message, &work);
	}
	late.info = info_make(0, 0);
	(void)ipc_reply(HANDLE_REPLY, &late); /* the one before has died meanwhile, mostly */
	return reply_hold(HANDLE_REPLY) != E_OK;
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
