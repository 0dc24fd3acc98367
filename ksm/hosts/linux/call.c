/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The life of a call, from its packet to its one end. */
#include "ksm/hosts/linux/call.h"

#include <string.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "ksm/format_shape.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/object.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/linux/reply.h"
#include "ksm/hosts/linux/share.h"

/* Beside each line of the system's tables. */
static struct {
	struct ksm_edge *edge; /* NULL: nothing can be said over it */
	bool is_stale;         /* its server is new: says so once */
} meanings[SYSTEM_CAPABILITIES_MAX];

static uint64_t next_due_ns = UINT64_MAX;
static bool has_records; /* that somebody wants to hear of */

/* What stands behind the line is one of the broker's own objects. */
static bool
is_object(const struct system_line *line)
{
	return line->kind == SYSTEM_AUDIT || line->kind == SYSTEM_SWAP;
}

static bool
can_call(const struct system_line *line)
{
	return is_object(line) ||
	       (line->kind == SYSTEM_CLIENT && line->target != SYSTEM_TARGET_INIT);
}

void
call_open(void)
{
	for (uint32_t i = 0; i < system_members(); i++) {
		const struct system_member *member = system_member(i);

		for (uint32_t n = 0; n < member->capability_count; n++) {
			const struct system_line *line = system_line(member->first_capability + n);

			meanings[member->first_capability + n].edge =
				judge_edge(member->label, line->label, line->interface);
		}
	}
}

static void
send(struct peer *peer, enum ksm_wire_kind kind, uint32_t status)
{
	const struct ksm_wire head = {.kind = kind, .status = status};

	peer_write(peer, &head, NULL, NULL, 0);
}

void
call_answer(struct peer *peer, uint32_t status)
{
	peer->state = PEER_RUNNING;
	peer->deadline_ns = UINT64_MAX;
	send(peer, KSM_WIRE_ANSWER, status);
}

static void
set_deadline(struct peer *peer, uint64_t timeout_ns)
{
	uint64_t now_ns = timeout_ns == 0 ? 0 : peer_now_ns();

	peer->deadline_ns = timeout_ns == 0 || timeout_ns > UINT64_MAX - 1 - now_ns
				    ? UINT64_MAX
				    : now_ns + timeout_ns;
	next_due_ns = peer->deadline_ns < next_due_ns ? peer->deadline_ns : next_due_ns;
}

/* Nothing is received any more. */
static void
received(struct peer *peer)
{
	struct peer **at = &peer->home->receivers;

	while (*at != peer) {
		at = &(*at)->next_receiver;
	}
	*at = peer->next_receiver;
	peer->state = PEER_RUNNING;
	peer->deadline_ns = UINT64_MAX;
}

static void
unqueue(struct peer *caller)
{
	struct peer **at = &caller->call.server->waiting;

	while (*at != caller) {
		at = &(*at)->call.next;
	}
	*at = caller->call.next;
}

/* The call is over without an answer. */
void
call_end(struct peer *caller, uint32_t status)
{
	struct call *call = &caller->call;

	if (call->is_delivered) {
		call->server->orphans++;
	} else {
		unqueue(caller);
	}
	judge_abort(caller);
	packet_close(&call->packet);
	call->server = NULL;
	call_answer(caller, status);
}

static void
deliver(struct peer *caller, struct peer *server)
{
	struct call *call = &caller->call;
	const struct ksm_wire head = {
		.kind = KSM_WIRE_REQUEST,
		.handle = call->ticket,
		.info = call->info,
		.badge = call->badge,
		.label = caller->home->member->label,
		.instance = caller->home->member->number,
	};

	received(server);
	call->is_delivered = true;
	peer_write(server, &head, call->packet.bytes, call->packet.descriptors,
		call->packet.descriptor_count);
	packet_close(&call->packet);
}

/* The oldest receiver that wants one of this; NULL: there is none. */
static struct peer *
receiver_find(const struct station *station, uint32_t wants)
{
	struct peer *peer = station->receivers;

	while (peer != NULL && (peer->wants & wants) == 0) {
		peer = peer->next_receiver;
	}
	return peer;
}

static void
serve_bits(struct station *station)
{
	struct peer *receiver = receiver_find(station, KSM_WIRE_WANT_BITS);

	if (station->bits != 0 && receiver != NULL) {
		const struct ksm_wire head = {.kind = KSM_WIRE_NOTIFY, .badge = station->bits};

		station->bits = 0;
		received(receiver);
		peer_write(receiver, &head, NULL, NULL, 0);
	}
}

/* Delivers what waits for threads that receive. A policy that came into force meanwhile judges once
 * more (SPEC S29). */
static void
serve(struct station *station)
{
	struct peer *receiver;

	serve_bits(station);
	while (station->waiting != NULL &&
		(receiver = receiver_find(station, KSM_WIRE_WANT_REQUEST)) != NULL) {
		struct peer *caller = station->waiting;

		if (caller->call.epoch == judge_epoch() || judge_request(caller)) {
			station->waiting = caller->call.next;
			deliver(caller, receiver);
		} else {
			call_end(caller, E_DENIED);
		}
	}
}

/* The more important first, then who came first. */
static void
queue(struct peer *caller, struct station *server)
{
	struct peer **at = &server->waiting;

	while (*at != NULL && (*at)->home->member->priority >= caller->home->member->priority) {
		at = &(*at)->call.next;
	}
	caller->call.server = server;
	caller->call.next = *at;
	*at = caller;
}

/* The line behind a handle; NULL: there is none, or nothing can be said over it. */
static const struct system_line *
line_find(const struct peer *peer, uint32_t handle, uint32_t *index)
{
	uint32_t slot = handle & HANDLE_INDEX_MASK;
	uint32_t n = slot - HANDLE_FIRST_INDEX;

	if (handle != HANDLE_INITIAL(slot) || n >= peer->home->member->capability_count) {
		return NULL;
	}
	*index = peer->home->member->first_capability + n;
	return meanings[*index].edge == NULL ? NULL : system_line(*index);
}

/* What keeps a call from being judged at all. E_OK: nothing. */
static uint32_t
request_check(struct peer *peer, const struct packet *packet, struct ksm_edge *edge)
{
	uint32_t method = info_method(packet->head.info);
	uint32_t shape = judge_shape(edge, KSM_CALL, method);
	uint32_t handles = shape == FORMAT_SHAPE_NONE ? 0 : format_shape_handles(shape, false);

	if ((packet->head.info & ~CALL_INFO_KNOWN) != 0) {
		judge_refuse(peer, packet->head.handle, edge, KSM_CALL, method, KSM_SHAPE);
		return E_DENIED;
	}
	if (shape != FORMAT_SHAPE_NONE && format_shape_leases(shape) != 0) {
		return E_LEASE; /* memory cannot be lent through a socket */
	}
	if (!share_is_own(peer, packet, handles)) {
		judge_refuse(peer, packet->head.handle, NULL, KSM_CALL, method, KSM_CAPABILITY);
		return E_HANDLE;
	}
	return E_OK;
}

static void
call_begin(struct peer *peer, struct packet *packet)
{
	uint32_t index = 0;
	const struct system_line *line = line_find(peer, packet->head.handle, &index);
	struct call *call = &peer->call;
	uint32_t status;

	if (line == NULL || !can_call(line)) {
		judge_refuse(peer, packet->head.handle, NULL, KSM_CALL,
			info_method(packet->head.info), KSM_CAPABILITY);
		call_answer(peer, E_HANDLE);
		return;
	}
	status = request_check(peer, packet, meanings[index].edge);
	if (status == E_OK && meanings[index].is_stale) {
		meanings[index].is_stale = false;
		status = E_RESTARTED;
	}
	if (status != E_OK) {
		call_answer(peer, status);
		return;
	}
	call->edge = meanings[index].edge;
	call->is_delivered = false;
	call->info = packet->head.info;
	call->handle = packet->head.handle;
	call->badge = line->badge | (is_object(line) ? 0 : peer->home->member->number);
	call->ticket = peer_index(peer) | ++peer->sequence * PEERS_MAX;
	memcpy(call->packet.bytes, packet->bytes, info_length(call->info));
	if (!judge_request(peer)) {
		call_answer(peer, E_DENIED);
		return;
	}
	if (is_object(line)) {
		object_call(peer, line->kind);
		return;
	}
	struct station *server = station_at(line->target);
	if (!share_is_allowed(
		    peer, call->packet.bytes, packet->descriptor_count, server->member->label)) {
		judge_abort(peer);
		call_answer(peer, E_DENIED);
		return;
	}
	memcpy(call->packet.descriptors, packet->descriptors, sizeof(packet->descriptors));
	call->packet.descriptor_count = packet->descriptor_count;
	packet->descriptor_count = 0;
	peer->state = PEER_CALLING;
	set_deadline(peer, packet->head.timeout_ns);
	queue(peer, server);
	serve(server);
}

static void
signal_send(struct peer *peer, const struct packet *packet)
{
	uint32_t index = 0;
	const struct system_line *line = line_find(peer, packet->head.handle, &index);
	uint32_t status = E_OK;

	if (line == NULL || line->kind != SYSTEM_SIGNAL || line->target == SYSTEM_TARGET_INIT) {
		judge_refuse(peer, packet->head.handle, NULL, KSM_CALL, 1, KSM_CAPABILITY);
		status = E_HANDLE;
	} else if (!judge_signal(peer, meanings[index].edge, packet->head.handle, line->badge)) {
		status = E_DENIED;
	} else {
		station_at(line->target)->bits |= line->badge;
		serve(station_at(line->target));
	}
	call_answer(peer, status);
}

static void
receive(struct peer *peer, uint32_t wants, uint64_t timeout_ns)
{
	struct peer **at = &peer->home->receivers;

	while (*at != NULL) {
		at = &(*at)->next_receiver;
	}
	*at = peer;
	peer->next_receiver = NULL;
	peer->state = PEER_RECEIVING;
	peer->wants = wants;
	set_deadline(peer, timeout_ns);
	serve(peer->home);
}

static void
poll_bits(struct peer *peer)
{
	const struct ksm_wire head = {.kind = KSM_WIRE_NOTIFY, .badge = peer->home->bits};

	peer->home->bits = 0;
	peer_write(peer, &head, NULL, NULL, 0);
}

static void
dispatch(struct peer *peer, struct packet *packet)
{
	uint32_t status;

	switch (packet->head.kind) {
	case KSM_WIRE_CALL:
		call_begin(peer, packet);
		break;
	case KSM_WIRE_SIGNAL:
		signal_send(peer, packet);
		break;
	case KSM_WIRE_RECEIVE:
		receive(peer, packet->head.handle, packet->head.timeout_ns);
		break;
	case KSM_WIRE_REPLY:
		call_answer(peer, reply_packet(peer, packet));
		break;
	case KSM_WIRE_REPLY_RECEIVE:
		status = reply_packet(peer, packet);
		if (status == E_OK || status == E_CANCELLED) {
			receive(peer, KSM_WIRE_WANT_REQUEST | packet->head.badge,
				packet->head.timeout_ns);
		} else {
			send(peer, KSM_WIRE_FAILED, status);
		}
		break;
	case KSM_WIRE_ASK:
		call_answer(peer, reply_ask(peer, packet));
		break;
	case KSM_WIRE_POLL:
		poll_bits(peer);
		break;
	default:
		peer_break(peer);
	}
}

void
call_packet(struct peer *peer, struct packet *packet)
{
	if (peer->state == PEER_RUNNING) {
		dispatch(peer, packet);
	} else {
		peer_break(peer);
	}
	packet_close(packet);
}

/* An instance begins anew: its clients hear of it once. */
static void
begin_anew(const struct station *station)
{
	judge_restart(station->member->label);
	for (uint32_t i = 0; i < system_lines(); i++) {
		const struct system_line *line = system_line(i);

		meanings[i].is_stale |= line->kind == SYSTEM_CLIENT &&
					line->target != SYSTEM_TARGET_INIT &&
					station_at(line->target) == station;
	}
	for (uint32_t n = 0; n < station->member->capability_count; n++) {
		meanings[station->member->first_capability + n].is_stale = false;
	}
}

void
call_connected(struct peer *peer)
{
	struct station *station = peer->home;
	size_t length = strlen(station->member->attributes);
	const struct ksm_wire head = {
		.kind = KSM_WIRE_HELLO,
		.label = station->member->label,
		.instance = station->member->number,
		.handle = station->member->capability_count,
		.badge = station->member->resource_label,
		.info = info_make(
			0, (uint32_t)(length < KSM_WIRE_BYTES_MAX ? length : KSM_WIRE_BYTES_MAX)),
	};

	if (station->threads++ == 0) {
		if (!station->is_new) {
			begin_anew(station);
		}
		station->is_new = false;
		station->bits = 0;
		station->orphans = 0;
		station->notify_bits = 0;
	}
	peer_write(peer, &head, (const uint8_t *)station->member->attributes, NULL, 0);
}

void
call_gone(struct peer *peer)
{
	struct station *station = peer->home;

	if (peer->call.server != NULL) {
		call_end(peer, E_CANCELLED);
	}
	if (peer->state == PEER_RECEIVING) {
		received(peer);
	}
	station->threads--;
	for (uint32_t i = 0; station->threads == 0 && i < PEERS_MAX; i++) {
		struct peer *caller = peer_at(i);

		if (caller->home != NULL && caller->call.server == station &&
			caller->call.is_delivered) {
			call_end(caller, E_DIED);
		}
	}
}

uint64_t
call_expire(uint64_t now_ns)
{
	if (now_ns < next_due_ns) {
		return next_due_ns;
	}
	next_due_ns = UINT64_MAX;
	for (uint32_t i = 0; i < PEERS_MAX; i++) {
		struct peer *peer = peer_at(i);

		if (peer->home == NULL) {
			continue;
		}
		if (now_ns < peer->deadline_ns) {
			next_due_ns =
				peer->deadline_ns < next_due_ns ? peer->deadline_ns : next_due_ns;
		} else if (peer->state == PEER_CALLING) {
			call_end(peer, E_TIMEOUT);
		} else {
			received(peer);
			send(peer, KSM_WIRE_FAILED, E_TIMEOUT);
		}
	}
	return next_due_ns;
}

void
call_notify_records(void)
{
	for (uint32_t i = 0; i < system_members(); i++) {
		station_at(i)->bits |= station_at(i)->notify_bits;
	}
	has_records = true;
}

void
call_settle(void)
{
	while (has_records) {
		has_records = false;
		for (uint32_t i = 0; i < system_members(); i++) {
			if (station_at(i)->notify_bits != 0) {
				serve(station_at(i));
			}
		}
	}
}
