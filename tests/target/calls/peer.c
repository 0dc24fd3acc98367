/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Signals whoever asked for it, later; and tries to signal one that no rule names. */
#include "gatehouse/clock.h"
#include "gatehouse/server.h"
#include "process_peer.h"

static struct {
	uint64_t due_ns;
	uint32_t times;
} alarm_state;

static uint32_t
ring(void *context, const struct caller *caller, uint64_t time_ns, uint32_t times)
{
	(void)context;
	(void)caller;
	alarm_state.due_ns = sys_clock() + time_ns;
	alarm_state.times = times;
	return E_OK;
}

static void
ring_due(void)
{
	clock_sleep_until(alarm_state.due_ns);
	for (; alarm_state.times > 0; alarm_state.times--) {
		(void)sys_signal(PEER_BELL);
	}
	(void)sys_signal(PEER_DEAF);
}

int
main(void)
{
	static const struct ring_server server = {.ring = ring};
	struct message message;
	struct received received;

	for (;;) {
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind != RECEIVED_MESSAGE) {
			continue;
		}
		if (peer_serve(&received.caller, &message, &server)) {
			(void)ipc_reply(0, &message);
		}
		ring_due();
	}
}
