/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers: whose they are, whether they may be, and what became of them. */
#include "ksm/hosts/linux/reply.h"

#include <stddef.h>

#include "abi/abi.h"
#include "ksm/format_shape.h"
#include "ksm/hosts/linux/call.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/linux/share.h"

/* Whom a ticket stands for; NULL: nobody who waits for this server. */
static struct peer *
caller_find(const struct peer *server, uint32_t ticket)
{
	struct peer *caller = peer_at(ticket & (PEERS_MAX - 1));

	return caller->call.server == server->home && caller->call.is_delivered &&
			       caller->call.ticket == ticket
		       ? caller
		       : NULL;
}

/* The caller has its answer. */
static void
reply_deliver(struct peer *caller, struct packet *packet)
{
	const struct ksm_wire head = {.kind = KSM_WIRE_ANSWER, .info = packet->head.info};

	caller->call.server = NULL;
	caller->state = PEER_RUNNING;
	caller->deadline_ns = UINT64_MAX;
	peer_write(caller, &head, packet->bytes, packet->descriptors, packet->descriptor_count);
}

/* A server says that its caller broke the protocol. */
static void
reply_fault(struct peer *server, struct peer *caller)
{
	struct record record = {
		.label = caller->home->member->label,
		.instance = caller->home->member->number,
		.method = FAULT_PROTOCOL,
		.event = RECORD_FAULT,
		.operand = server->home->member->label,
		.badge = info_method(caller->call.info),
		.field = UINT16_MAX,
	};

	journal_write(&record);
	peer_break(caller);
	call_end(caller, E_DENIED);
	server->home->orphans--;
}

uint32_t
reply_packet(struct peer *server, struct packet *packet)
{
	struct peer *caller = caller_find(server, packet->head.handle);
	uint32_t info = packet->head.info;
	uint32_t shape;
	uint32_t handles;

	if (caller == NULL) {
		if (server->home->orphans != 0) {
			server->home->orphans--; /* the caller left: no fault of the server's */
			return E_CANCELLED;
		}
		judge_refuse(server, packet->head.handle, NULL, KSM_REPLY, info_method(info),
			KSM_CAPABILITY);
		return E_HANDLE;
	}
	if (info == info_make(REPLY_FAULT, 0)) {
		reply_fault(server, caller);
		return E_OK;
	}
	shape = judge_shape(caller->call.edge, KSM_REPLY, info_method(caller->call.info));
	handles = info_method(info) == 0 ? format_shape_handles(shape, true) : 0;
	if ((info & ~CALL_INFO_KNOWN) != 0) {
		judge_refuse_reply(server, caller, info);
	} else if (!share_is_own(server, packet, handles)) {
		judge_refuse(server, packet->head.handle, NULL, KSM_REPLY, info_method(info),
			KSM_CAPABILITY);
	} else if (judge_reply(server, caller, packet) &&
		   share_is_allowed(server, packet->bytes, handles, caller->home->member->label)) {
		reply_deliver(caller, packet);
		return E_OK;
	}
	call_end(caller, E_DENIED);
	server->home->orphans--; /* it has answered */
	return E_DENIED;
}

uint32_t
reply_ask(struct peer *server, const struct packet *packet)
{
	struct peer *caller = caller_find(server, packet->head.handle);
	uint32_t member = (uint32_t)(server->home->member - system_member(0));

	if (caller == NULL) {
		return E_STATE;
	}
	if (!journal_owns(member, packet->head.label)) {
		return E_ARGUMENT;
	}
	return judge_ask(caller, packet->head.label, packet->head.instance, packet) ? E_OK
										    : E_DENIED;
}
