/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The loop of a server: wait, serve, answer. */
#include "gatehouse/server.h"

#include <stddef.h>

#include "gatehouse/ipc.h"
#include "gen/core/thread.h"

/* Else it is the wait that ended: the answer before it went out. */
static bool
is_refusal(const struct received *received)
{
	return received->kind == RECEIVED_FAILED && received->status != E_TIMEOUT &&
	       received->status != E_CANCELLED;
}

_Noreturn void
server_run(const struct server *server)
{
	static struct message
		message; /* one loop a process: HANDLE_ENDPOINT is received from once */
	struct received received;

	if (server->notified != NULL) {
		/* E_STATE: device_irq_bind was here before. */
		(void)thread_bind(HANDLE_THREAD, HANDLE_NOTIFICATION);
	}
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	for (bool answers = false;;) {
		bool answered = answers;

		answers = false;
		if (received.kind == RECEIVED_MESSAGE) {
			answers = server->serve(&received.caller, &message);
		} else if (received.kind == RECEIVED_NOTIFICATION && server->notified != NULL) {
			server->notified(received.bits);
		} else if (answered && is_refusal(&received) && server->refused != NULL) {
			server->refused();
		}
		if (answers) {
			ipc_reply_recv(HANDLE_ENDPOINT, &message, &received);
		} else {
			ipc_recv(HANDLE_ENDPOINT, &message, &received);
		}
	}
}
