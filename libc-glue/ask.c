/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a server asks the monitor about its caller. */
#include "gatehouse/ipc.h"

#include "gen/core/reply.h"

uint32_t
ipc_ask(uint32_t reply, uint16_t label, uint16_t interface, uint16_t method,
	const struct message *arguments)
{
	return reply_ask(reply == 0 ? HANDLE_REPLY : reply, label, interface, method, reply != 0,
		arguments->bytes, info_length(arguments->info));
}
