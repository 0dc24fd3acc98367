/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Policies, the engine's state, and what is asked of it about each event. One thread calls all of
 * this, which is the lock that the engine wants. */
#include "ksm/hosts/linux/judge.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "core_abi.h"
#include "ksm/engine/audit.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/step.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/peer.h"
#include "tools/host/sha256.h"

static const uint8_t core_digest[32] = CORE_ABI_DIGEST;

static struct ksm ksm;

static struct {
	const uint8_t *blobs[POLICIES_MAX];
	uint64_t *words[2]; /* what the one in force remembers, and room for the next */
	uint32_t count;
	uint32_t number;
} policies;

static const char *
blob_check(const uint8_t *blob, size_t length_bytes)
{
	uint8_t digest[32] = {0};
	size_t offset = ksm_digest_offset();
	enum ksm_verify_error error;

	if (length_bytes > offset) {
		sha256(blob + offset, length_bytes - offset, digest);
	}
	error = ksm_verify(blob, length_bytes, digest, core_digest);
	return error == KSM_OK ? NULL : ksm_verify_text(error);
}

const char *
judge_open(const uint8_t *const *blobs, const size_t *lengths, uint32_t count, uint32_t *number)
{
	size_t most = 0;
	void *memory;

	for (uint32_t i = 0; i < count; i++) {
		const char *error = blob_check(blobs[i], lengths[i]);

		*number = i;
		if (error != NULL) {
			return error;
		}
		if (!ksm_is_for_same(blobs[0], blobs[i])) {
			return "it is for another system than the first policy; build each --also "
			       "beside the others";
		}
		policies.blobs[i] = blobs[i];
		size_t bytes = ksm_state_bytes(blobs[i]);
		most = bytes > most ? bytes : most;
	}
	policies.count = count;
	memory = malloc(ksm_memory_bytes(blobs[0], lengths[0]) + 2 * most);
	if (memory == NULL) {
		return "there is not enough memory for what it remembers";
	}
	ksm_init(&ksm, blobs[0], lengths[0], memory);
	policies.words[0] = ksm.words;
	policies.words[1] = ksm.words + most / sizeof(*ksm.words);
	return NULL;
}

uint32_t
judge_policies(void)
{
	return policies.count;
}

uint32_t
judge_policy(void)
{
	return policies.number;
}

const uint8_t *
judge_blob(uint32_t number)
{
	return policies.blobs[number];
}

uint32_t
judge_epoch(void)
{
	return ksm.epoch;
}

bool
judge_swap(uint32_t number, bool may_forget)
{
	uint64_t *words = policies.words[ksm.words == policies.words[0]];

	if (!ksm_swap(&ksm, policies.blobs[number], words, peer_now_ns(), may_forget)) {
		return false;
	}
	policies.number = number;
	return true;
}

struct ksm_edge *
judge_edge(uint16_t holder, uint16_t target, uint16_t interface)
{
	return ksm_edge_open(&ksm, holder, target, interface);
}

const struct ksm_edge *
judge_edge_at(uint32_t number)
{
	return number < ksm.edge_count ? &ksm.edges[number] : NULL;
}

uint64_t
judge_granted(const struct ksm_edge *edge)
{
	return ksm_edge_granted(edge);
}

uint32_t
judge_shape(const struct ksm_edge *edge, enum ksm_event event, uint32_t method)
{
	return ksm_shape(edge, event, method);
}

/* The one reading of the clock for an event; none if no decision can depend on it. */
static uint64_t
now_ns(void)
{
	return ksm.count[FORMAT_STATES] != 0 ? peer_now_ns() : 0;
}

static struct ksm_verdict
decide(struct ksm_edge *edge, struct ksm_query *query)
{
	query->now_ns = now_ns();
	/* After a swap each event brings some entries up to date, so that it ends. */
	if (ksm.is_stale) {
		(void)ksm_settle_step(&ksm);
	}
	return ksm_decide(&ksm, edge, query);
}

static struct record
record_of(const struct peer *subject, const struct ksm_verdict *verdict)
{
	return (struct record){
		.label = subject->home->member->label,
		.instance = subject->home->member->number,
		.reason = verdict->reason,
		.rule = verdict->rule,
		.field = verdict->field,
		.operand = verdict->operand,
	};
}

static struct ksm_verdict
judge_call(const struct peer *subject, struct ksm_edge *edge, uint32_t handle, uint32_t badge,
	struct ksm_query *query)
{
	struct ksm_verdict verdict;

	query->number = badge & BADGE_NUMBER;
	verdict = decide(edge, query);
	if (ksm_wants_record(&verdict)) {
		struct record record = record_of(subject, &verdict);

		record.handle = handle;
		record.badge = badge;
		record.target = edge->target;
		record.interface = edge->interface;
		record.method = (uint16_t)query->method;
		record.event = KSM_CALL;
		journal_write(&record);
	}
	return verdict;
}

bool
judge_request(struct peer *caller)
{
	struct call *call = &caller->call;
	struct ksm_query query = {
		.method = info_method(call->info),
		.bytes = call->packet.bytes,
		.length_bytes = info_length(call->info),
	};
	struct ksm_verdict verdict =
		judge_call(caller, call->edge, call->handle, call->badge, &query);

	call->rule = verdict.rule;
	call->epoch = ksm.epoch;
	return verdict.reason == KSM_GRANTED;
}

bool
judge_signal(struct peer *peer, struct ksm_edge *edge, uint32_t handle, uint32_t badge)
{
	struct ksm_query query = {.method = 1};

	return judge_call(peer, edge, handle, badge, &query).reason == KSM_GRANTED;
}

bool
judge_ask(
	const struct peer *client, uint16_t target, uint16_t interface, const struct packet *packet)
{
	struct ksm_edge *edge = judge_edge(client->home->member->label, target, interface);
	struct ksm_query query = {
		.event = KSM_ASK,
		.method = info_method(packet->head.info),
		.bytes = packet->bytes,
		.length_bytes = info_length(packet->head.info),
	};

	if (edge != NULL) {
		return judge_call(client, edge, 0, 0, &query).reason == KSM_GRANTED;
	}
	const struct ksm_verdict verdict = {.reason = KSM_DEFAULT, .field = UINT16_MAX};
	struct record record = record_of(client, &verdict);
	record.target = target;
	record.interface = interface;
	record.method = (uint16_t)query.method;
	record.event = KSM_CALL;
	journal_write(&record);
	return false;
}

static void
record_reply(struct peer *server, struct peer *caller, enum ksm_event event,
	const struct ksm_verdict *verdict)
{
	struct record record = record_of(server, verdict);

	record.badge = caller->call.badge;
	record.target = caller->home->member->label;
	record.interface = caller->call.edge->interface;
	record.method = (uint16_t)info_method(caller->call.info);
	record.event = (uint8_t)event;
	journal_write(&record);
}

static uint32_t
granted_by(const struct call *call)
{
	return call->epoch == ksm.epoch ? call->rule : KSM_CALL_OLD;
}

bool
judge_reply(struct peer *server, struct peer *caller, const struct packet *answer)
{
	struct ksm_query query = {
		.event = ksm_answer(info_method(answer->head.info)),
		.method = info_method(caller->call.info),
		.number = caller->call.badge & BADGE_NUMBER,
		.call_rule = granted_by(&caller->call),
		.bytes = answer->bytes,
		.length_bytes = info_length(answer->head.info),
	};
	struct ksm_verdict verdict = decide(caller->call.edge, &query);

	if (ksm_wants_record(&verdict)) {
		record_reply(server, caller, (enum ksm_event)(query.event & KSM_KIND), &verdict);
	}
	return verdict.reason == KSM_GRANTED;
}

void
judge_refuse(const struct peer *peer, uint32_t handle, struct ksm_edge *edge, enum ksm_event event,
	uint32_t method, enum ksm_reason reason)
{
	const struct ksm_verdict verdict = {.reason = (uint8_t)reason, .field = UINT16_MAX};
	struct record record = record_of(peer, &verdict);

	record.handle = handle;
	record.method = (uint16_t)method;
	record.event = (uint8_t)event;
	if (edge != NULL) {
		record.target = edge->target;
		record.interface = edge->interface;
		ksm_count_denial(edge, reason);
	}
	journal_write(&record);
}

void
judge_refuse_share(const struct peer *sender, uint16_t label, uint16_t interface, uint16_t receiver)
{
	const struct ksm_verdict verdict = {
		.reason = KSM_DEFAULT, .field = UINT16_MAX, .operand = label};
	struct record record = record_of(sender, &verdict);

	record.target = receiver;
	record.interface = interface;
	record.event = KSM_CALL;
	journal_write(&record);
}

void
judge_refuse_reply(struct peer *server, struct peer *caller, uint32_t info)
{
	enum ksm_event event = info_method(info) == 0 ? KSM_REPLY : KSM_ERROR;
	struct ksm_verdict verdict = {.reason = KSM_SHAPE, .field = UINT16_MAX};

	ksm_count_denial(caller->call.edge, KSM_SHAPE);
	record_reply(server, caller, event, &verdict);
}

void
judge_abort(struct peer *caller)
{
	const struct call *call = &caller->call;

	if (ksm.count[FORMAT_ABORTS] != 0) {
		const struct ksm_query end = {
			.method = info_method(call->info),
			.number = call->badge & BADGE_NUMBER,
			.call_rule = granted_by(call),
			.now_ns = now_ns(),
		};

		(void)ksm_abort(&ksm, call->edge, &end);
	}
}

void
judge_restart(uint16_t label)
{
	ksm_restart(&ksm, label);
}
