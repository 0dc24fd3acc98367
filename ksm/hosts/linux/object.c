/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Methods of Audit and Policy, with the payloads that kernel/core.gate gives them. What says how
 * Linux runs a process (stack, panic) says that there is nothing to be seen. */
#include "ksm/hosts/linux/object.h"

#include <stdbool.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/system.h"
#include "core_abi.h"
#include "ksm/format.h"
#include "ksm/hosts/linux/call.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/linux/trial.h"

#define NS_PER_MS UINT64_C(1000000)

/* Number, label and state of the n-th instance as a process sees them. */
#define STATE_ABSENT  0u
#define STATE_RUNNING 1u

struct reply_bytes {
	_Alignas(8) uint8_t bytes[64];
	uint32_t length_bytes;
};

static void
put(struct reply_bytes *out, uint32_t offset, uint32_t width, uint64_t value)
{
	for (uint32_t i = 0; i < width; i++) {
		out->bytes[offset + i] = (uint8_t)(value >> 8 * i);
	}
}

static void
audit_next(struct reply_bytes *out)
{
	struct record record;

	out->length_bytes = AUDIT_NEXT_REPLY_BYTES;
	if (!journal_take(&record)) {
		return;
	}
	put(out, AUDIT_NEXT_OUT_TIME_NS_OFFSET, 8, record.time_ns);
	put(out, AUDIT_NEXT_OUT_OPERAND_OFFSET, 8, (uint64_t)record.operand);
	put(out, AUDIT_NEXT_OUT_SEQUENCE_OFFSET, 4, record.sequence);
	put(out, AUDIT_NEXT_OUT_HANDLE_OFFSET, 4, record.handle);
	put(out, AUDIT_NEXT_OUT_BADGE_OFFSET, 4, record.badge);
	put(out, AUDIT_NEXT_OUT_LABEL_OFFSET, 2, record.label);
	put(out, AUDIT_NEXT_OUT_INSTANCE_OFFSET, 2, record.instance);
	put(out, AUDIT_NEXT_OUT_TARGET_OFFSET, 2, record.target);
	put(out, AUDIT_NEXT_OUT_INTERFACE_OFFSET, 2, record.interface);
	put(out, AUDIT_NEXT_OUT_METHOD_OFFSET, 2, record.method);
	put(out, AUDIT_NEXT_OUT_RULE_OFFSET, 4, record.rule);
	put(out, AUDIT_NEXT_OUT_FIELD_OFFSET, 2, record.field);
	put(out, AUDIT_NEXT_OUT_EPOCH_OFFSET, 2, record.epoch);
	put(out, AUDIT_NEXT_OUT_EVENT_OFFSET, 1, record.event);
	put(out, AUDIT_NEXT_OUT_REASON_OFFSET, 1, record.reason);
	put(out, AUDIT_NEXT_OUT_POLICY_OFFSET, 1, record.policy);
	put(out, AUDIT_NEXT_OUT_COUNT_OFFSET, 1, 1);
	put(out, AUDIT_NEXT_OUT_LOST_OFFSET, 4, record.lost);
}

static void
audit_edge(const uint8_t *in, struct reply_bytes *out)
{
	const struct ksm_edge *edge = judge_edge_at(format_u32(in + AUDIT_EDGE_NUMBER_OFFSET));
	uint64_t denied = 0;

	out->length_bytes = AUDIT_EDGE_REPLY_BYTES;
	if (edge == NULL) {
		return;
	}
	for (uint32_t i = 0; i < KSM_REASONS; i++) {
		denied += edge->denied[i];
	}
	put(out, AUDIT_EDGE_OUT_GRANTED_OFFSET, 8, judge_granted(edge));
	put(out, AUDIT_EDGE_OUT_DENIED_OFFSET, 8, denied);
	put(out, AUDIT_EDGE_OUT_HOLDER_OFFSET, 2, edge->holder);
	put(out, AUDIT_EDGE_OUT_TARGET_OFFSET, 2, edge->target);
	put(out, AUDIT_EDGE_OUT_INTERFACE_OFFSET, 2, edge->interface);
	put(out, AUDIT_EDGE_OUT_FOUND_OFFSET, 1, 1);
}

static void
audit_reason(const uint8_t *in, struct reply_bytes *out)
{
	const struct ksm_edge *edge = judge_edge_at(format_u32(in + AUDIT_REASON_EDGE_OFFSET));
	uint8_t reason = in[AUDIT_REASON_REASON_OFFSET];

	out->length_bytes = AUDIT_REASON_REPLY_BYTES;
	if (edge != NULL && reason < KSM_REASONS) {
		put(out, AUDIT_REASON_OUT_COUNT_OFFSET, 4, edge->denied[reason]);
	}
}

static void
audit_instance(const uint8_t *in, struct reply_bytes *out)
{
	uint32_t number = format_u32(in + AUDIT_INSTANCE_NUMBER_OFFSET);

	out->length_bytes = AUDIT_INSTANCE_REPLY_BYTES;
	for (uint32_t i = 0; i < system_members(); i++) {
		const struct station *station = station_at(i);
		struct journal_counts counts = journal_counts_of(i);

		if (station->member->number != number) {
			continue;
		}
		put(out, AUDIT_INSTANCE_OUT_DENIED_OFFSET, 4, counts.denied);
		put(out, AUDIT_INSTANCE_OUT_LOST_OFFSET, 4, counts.lost);
		put(out, AUDIT_INSTANCE_OUT_LABEL_OFFSET, 2, station->member->label);
		put(out, AUDIT_INSTANCE_OUT_STATE_OFFSET, 1,
			station->threads == 0 ? STATE_ABSENT : STATE_RUNNING);
		put(out, AUDIT_INSTANCE_OUT_FOUND_OFFSET, 1, 1);
	}
}

static uint32_t
audit_call(struct peer *peer, uint32_t method, const uint8_t *in, struct reply_bytes *out)
{
	switch (method) {
	case AUDIT_NEXT:
		audit_next(out);
		return E_OK;
	case AUDIT_BIND:
		peer->home->notify_bits = format_u32(in + AUDIT_BIND_BITS_OFFSET);
		return E_OK;
	case AUDIT_EDGE:
		audit_edge(in, out);
		return E_OK;
	case AUDIT_REASON:
		audit_reason(in, out);
		return E_OK;
	case AUDIT_INSTANCE:
		audit_instance(in, out);
		return E_OK;
	case AUDIT_FIRST:
		out->length_bytes = AUDIT_FIRST_REPLY_BYTES;
		return E_OK;
	case AUDIT_STACK:
		out->length_bytes = AUDIT_STACK_REPLY_BYTES;
		return E_OK;
	case AUDIT_PANIC:
		out->length_bytes = AUDIT_PANIC_REPLY_BYTES;
		return E_OK;
	default:
		return E_CALL;
	}
}

static void
policy_info(const uint8_t *in, struct reply_bytes *out)
{
	uint32_t number = in[POLICY_INFO_NUMBER_OFFSET];
	uint64_t due_ns = trial_due_ns();

	out->length_bytes = POLICY_INFO_REPLY_BYTES;
	if (number >= judge_policies()) {
		return;
	}
	put(out, POLICY_INFO_OUT_VERSION_OFFSET, 8, ksm_policy_version(judge_blob(number)));
	put(out, POLICY_INFO_OUT_FLOOR_OFFSET, 8, trial_floor());
	put(out, POLICY_INFO_OUT_TRIAL_END_NS_OFFSET, 8, due_ns == UINT64_MAX ? 0 : due_ns);
	put(out, POLICY_INFO_OUT_EPOCH_OFFSET, 4, judge_epoch());
	put(out, POLICY_INFO_OUT_IN_FORCE_OFFSET, 1, judge_policy() == number);
	put(out, POLICY_INFO_OUT_FOUND_OFFSET, 1, 1);
}

static uint32_t
policy_call(struct peer *peer, uint32_t method, const uint8_t *in, struct reply_bytes *out)
{
	switch (method) {
	case POLICY_LOAD:
		return trial_load(peer, in[POLICY_LOAD_NUMBER_OFFSET],
			format_u32(in + POLICY_LOAD_TRIAL_MS_OFFSET) * NS_PER_MS);
	case POLICY_CONFIRM:
		return trial_confirm(peer);
	case POLICY_REVERT:
		return trial_revert(peer);
	case POLICY_INFO:
		policy_info(in, out);
		return E_OK;
	default:
		return E_CALL;
	}
}

void
object_call(struct peer *peer, uint8_t kind)
{
	uint32_t method = info_method(peer->call.info);
	const uint8_t *in = peer->call.packet.bytes;
	struct reply_bytes out = {.length_bytes = 0};
	uint32_t status = kind == SYSTEM_AUDIT ? audit_call(peer, method, in, &out)
					       : policy_call(peer, method, in, &out);

	if (status != E_OK) {
		call_answer(peer, status);
		return;
	}
	const struct ksm_wire head = {
		.kind = KSM_WIRE_ANSWER, .info = info_make(0, out.length_bytes)};
	peer_write(peer, &head, out.bytes, NULL, 0);
}
