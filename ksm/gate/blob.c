/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob.c: a finished policy blob asked through the engine, as the kernel asks it. */
#include "blob.h"

#include "arena.h"
#include "l1.h"
#include "ksm/format_shape.h"
#include "l1_eval.h"
#include "tools/host/sha256.h"

enum ksm_verify_error
blob_open_known(struct ksm *ksm, struct arena *a, const struct l1 *l1, const void *bytes,
	size_t size, const uint8_t digest[32])
{
	enum ksm_verify_error error = ksm_verify(bytes, size, digest, l1->core_digest);

	if (error == KSM_OK) {
		ksm_init(ksm, bytes, size, arena_alloc(a, ksm_memory_bytes(bytes, size)));
	}
	return error;
}

enum ksm_verify_error
blob_open(struct ksm *ksm, struct arena *a, const struct l1 *l1, const void *bytes, size_t size)
{
	size_t offset = ksm_digest_offset();
	uint8_t digest[32];

	if (size < offset) {
		return KSM_LENGTH;
	}
	sha256((const uint8_t *)bytes + offset, size - offset, digest);
	return blob_open_known(ksm, a, l1, bytes, size, digest);
}

static struct l1_verdict
verdict_of(const struct ksm_verdict *verdict)
{
	bool is_plain = verdict->reason == KSM_GRANTED && verdict->audit == 0;

	return (struct l1_verdict){
		.reason = (enum ksm_reason)verdict->reason,
		.rule = verdict->rule,
		.field = is_plain ? L1_EVAL_FIELD_NONE : verdict->field,
		.operand = verdict->operand,
		.audit = (enum ksm_audit)verdict->audit,
	};
}

/* Of what is no message, none is told. */
static uint32_t
event_of(const struct l1_query *query)
{
	static const enum ksm_event kinds[] = {[L1_CALL] = KSM_CALL,
		[L1_REPLY] = KSM_REPLY,
		[L1_ERROR] = KSM_ERROR,
		[L1_ABORT] = KSM_CALL,
		[L1_COMES] = KSM_CALL,
		[L1_GOES] = KSM_CALL};
	uint32_t status = query->status < KSM_STATUS_MAX ? query->status : KSM_STATUS_MAX;

	if (query->event == L1_CALL) {
		return query->is_ask ? KSM_ASK : KSM_CALL;
	}
	return kinds[query->event] | status << KSM_STATUS_SHIFT;
}

_Static_assert(L1_EVAL_HANDLES == FORMAT_HANDLES_MAX, "what L1 and engine are told");

struct l1_verdict
blob_decide_at(struct ksm *ksm, struct ksm_edge *edge, const struct l1_query *query)
{
	const struct ksm_query asked = {
		.event = event_of(query),
		.is_audit_full = query->is_audit_full,
		.method = query->method,
		.number = query->number,
		.given = query->given,
		.call_rule = query->call_rule,
		.bytes = query->bytes,
		.length_bytes = query->length_bytes,
		.now_ns = query->now_ns,
	};
	struct ksm_verdict verdict;

	if (query->event >= L1_COMES) {
		verdict = ksm_passes(
			ksm, (uint32_t)(edge - ksm->edges), query->number, query->event == L1_GOES);
		return verdict_of(&verdict);
	}
	if (query->event == L1_ABORT) {
		verdict = ksm_abort(ksm, edge, &asked);
		if (verdict.reason == KSM_GRANTED && verdict.rule == 0) {
			verdict.reason = KSM_DEFAULT;
		}
		return verdict_of(&verdict);
	}
	verdict = ksm_decide(ksm, edge, &asked);
	return verdict_of(&verdict);
}

struct l1_verdict
blob_decide(struct ksm *ksm, const struct l1_query *query)
{
	struct ksm_edge *edge = ksm_edge_open(ksm, query->holder, query->target, query->interface);

	if (edge == NULL) {
		return (struct l1_verdict){.reason = KSM_DEFAULT, .field = L1_EVAL_FIELD_NONE};
	}
	return blob_decide_at(ksm, edge, query);
}
