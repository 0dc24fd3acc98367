/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The engine's host: memory, clock, digest, records. This is what a port to another RTOS writes. */
#include "ksm/hosts/bare/judge.h"

#include "core_abi.h"
#include "gatehouse/syscall.h"
#include "ksm/engine/audit.h"
#include "ksm/engine/plain.h"
#include "ksm/hosts/bare/task.h"
#include "ksm/hosts/system.h"
#include "mbedtls/sha256.h"

#define MEMORY_BYTES 65536u
#define RECORDS      64u
#define NS_PER_S     UINT64_C(1000000000)

static const uint8_t core_digest[32] = CORE_ABI_DIGEST;
static _Alignas(8) uint8_t memory[MEMORY_BYTES];
static struct ksm ksm;

static struct {
	struct judge_record ring[RECORDS];
	uint32_t newest; /* number of records ever */
	uint32_t taken;
	uint32_t lost;
} records;

const char *
judge_open(const uint8_t *blob, size_t length_bytes)
{
	size_t offset = ksm_digest_offset();
	uint8_t digest[32] = {0};
	enum ksm_verify_error error;

	if (length_bytes > offset) {
		(void)mbedtls_sha256_ret(blob + offset, length_bytes - offset, digest, 0);
	}
	error = ksm_verify(blob, length_bytes, digest, core_digest);
	if (error != KSM_OK) {
		return ksm_verify_text(error);
	}
	if (ksm_memory_bytes(blob, length_bytes) > sizeof(memory)) {
		return "the policy remembers more than there is memory for";
	}
	ksm_init(&ksm, blob, length_bytes, memory);
	return NULL;
}

struct ksm_edge *
judge_edge(uint16_t holder, uint16_t target, uint16_t interface)
{
	return ksm_edge_open(&ksm, holder, target, interface);
}

uint32_t
judge_edges(void)
{
	return ksm.edge_count;
}

/* Whole seconds first: ticks times 10^9 would not fit after a few minutes. */
static uint64_t
now_ns(void)
{
	uint64_t ticks = bare_ticks();
	uint64_t per_s = bare_ticks_per_s();

	return ticks / per_s * NS_PER_S + ticks % per_s * NS_PER_S / per_s;
}

static void
record_write(
	struct judge_record *record, const struct task *subject, const struct ksm_verdict *verdict)
{
	record->label = subject->member->label;
	record->instance = subject->member->number;
	record->reason = verdict->reason;
	record->rule = verdict->rule;
	record->field = verdict->field;
	record->operand = verdict->operand;
	if (records.newest - records.taken == RECORDS) {
		records.taken++;
		records.lost++;
	}
	records.ring[records.newest++ % RECORDS] = *record;
}

bool
judge_request(struct task *caller, uint32_t handle)
{
	struct call *call = &caller->call;
	const struct ksm_query query = {
		.event = KSM_CALL,
		.method = info_method(call->info),
		.number = call->badge & BADGE_NUMBER,
		.bytes = call->bytes,
		.length_bytes = info_length(call->info),
		.now_ns = now_ns(),
	};
	struct ksm_verdict verdict = ksm_decide(&ksm, call->edge, &query);

	if (ksm_wants_record(&verdict)) {
		struct judge_record record = {
			.handle = handle,
			.badge = call->badge,
			.target = call->edge->target,
			.interface = call->edge->interface,
			.method = (uint16_t)query.method,
			.event = KSM_CALL,
		};

		record_write(&record, caller, &verdict);
	}
	call->rule = verdict.rule;
	call->epoch = ksm.epoch;
	return verdict.reason == KSM_GRANTED;
}

bool
judge_reply(struct task *server, struct task *caller, const struct message *answer)
{
	const struct call *call = &caller->call;
	const struct ksm_query query = {
		.event = ksm_answer(info_method(answer->info)),
		.method = info_method(call->info),
		.number = call->badge & BADGE_NUMBER,
		.call_rule = call->epoch == ksm.epoch ? call->rule : KSM_CALL_OLD,
		.bytes = answer->bytes,
		.length_bytes = info_length(answer->info),
		.now_ns = now_ns(),
	};
	struct ksm_verdict verdict = ksm_decide(&ksm, call->edge, &query);

	if (ksm_wants_record(&verdict)) {
		struct judge_record record = {
			.badge = call->badge,
			.target = caller->member->label,
			.interface = call->edge->interface,
			.method = (uint16_t)query.method,
			.event = (uint8_t)(query.event & KSM_KIND),
		};

		record_write(&record, server, &verdict);
	}
	return verdict.reason == KSM_GRANTED;
}

void
judge_refuse(struct task *task, uint32_t handle, struct ksm_edge *edge, enum ksm_event event,
	uint32_t method, enum ksm_reason reason)
{
	const struct ksm_verdict verdict = {.reason = (uint8_t)reason, .field = UINT16_MAX};
	struct judge_record record = {
		.handle = handle, .method = (uint16_t)method, .event = (uint8_t)event};

	if (edge != NULL) {
		record.target = edge->target;
		record.interface = edge->interface;
		ksm_count_denial(edge, reason);
	}
	record_write(&record, task, &verdict);
}

void
judge_abort(struct task *caller)
{
	const struct call *call = &caller->call;

	const struct ksm_query end = {
		.method = info_method(call->info),
		.number = call->badge & BADGE_NUMBER,
		.call_rule = call->epoch == ksm.epoch ? call->rule : KSM_CALL_OLD,
		.now_ns = now_ns(),
	};

	(void)ksm_abort(&ksm, call->edge, &end);
}

bool
judge_take(struct judge_record *record, uint32_t *lost)
{
	if (records.taken == records.newest) {
		return false;
	}
	*record = records.ring[records.taken++ % RECORDS];
	*lost = records.lost;
	records.lost = 0;
	return true;
}
