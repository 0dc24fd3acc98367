/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server that answers as the seed in the request says: rightly, or wrongly in every way. */
#include <string.h>

#include "fuzz/wire/wire.h"
#include "gatehouse/ipc.h"
#include "process_liarserver.h"

int
main(void)
{
	static struct message message;
	const struct wire_method *method = wire_find("Wide", WIDE_ASK);
	struct received received;
	uint64_t seed;

	for (;;) {
		ipc_recv(HANDLE_ENDPOINT, &message, &received);
		if (received.kind == RECEIVED_MESSAGE) {
			memcpy(&seed, message.bytes, sizeof(seed));
			(void)wire_lie(seed, method, &message);
			(void)ipc_reply(0, &message);
		}
	}
}
