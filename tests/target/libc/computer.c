/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Floating point in a process of its own, beside whoever asked for it. */
#include "gatehouse/ipc.h"
#include "libc/series.h"
#include "process_computer.h"

static struct {
	uint32_t seed;
	uint32_t steps;
	uint64_t bits;
} task;

static uint32_t
start(void *context, const struct caller *caller, uint32_t seed, uint32_t steps)
{
	(void)context;
	(void)caller;
	task.seed = seed;
	task.steps = steps;
	return E_OK;
}

static uint32_t
result(void *context, const struct caller *caller, uint64_t *out_bits)
{
	(void)context;
	(void)caller;
	*out_bits = task.bits;
	return E_OK;
}

int
main(void)
{
	static const struct series_server series = {.start = start, .result = result};
	struct message message;
	struct received received;

	for (;;) {
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE &&
			computer_serve(&received.caller, &message, &series)) {
			(void)ipc_reply(0, &message);
		}
		if (task.steps != 0) {
			task.bits = series_compute(task.seed, task.steps);
			task.steps = 0;
		}
	}
}
