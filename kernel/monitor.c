/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel as a host of the monitor: every event passes here, every denial is recorded here. */
#include "kernel/monitor.h"

#include "abi/image.h"
#include "abi/policy.h"
#include "core_abi.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/derivation.h"
#include "kernel/process.h"
#include "ksm/engine/audit.h"
#include "ksm/engine/plain.h"
#include "ksm/engine/range.h"
#include "ksm/engine/step.h"

static struct ksm ksm;

/* Of the image, in its order; policy 0 is in force at boot. */
static struct {
	const uint8_t *blobs[POLICIES_MAX];
	uint64_t *words[2]; /* what the one in force remembers, and room for the next */
	uint32_t count;
	uint32_t number; /* in force */
} policies;

/* Takes note of each. Returns how many bytes the states of the largest have. */
/*@ requires are_verified(blobs, 0, length_bytes) && length_bytes <= INT32_MAX;
  @ assigns policies.count, policies.blobs[0 .. POLICIES_MAX - 1];
  @ ensures \forall integer i; 0 <= i < policies.count ==> is_verified(policies.blobs[i]);
  @*/
static size_t __attribute__((section(".boot.text")))
policies_find(const uint8_t *blobs, size_t length_bytes)
{
	size_t most = 0;

	policies.count = 0;
	/*@ loop invariant are_verified(blobs, at, length_bytes);
	  @ loop invariant \forall integer i; 0 <= i < policies.count ==>
	  @   is_verified(policies.blobs[i]);
	  @ loop assigns at, most, policies.count, policies.blobs[0 .. POLICIES_MAX - 1];
	  @*/
	for (size_t at = 0; at < length_bytes;) {
		const uint8_t *blob = blobs + at;
		size_t bytes = ksm_state_bytes(blob);

		/*@ assert is_verified(blobs + at) &&
		  @   are_verified(blobs, at + room_of(blobs + at), length_bytes); */
		policies.blobs[policies.count++] = blob;
		most = bytes > most ? bytes : most;
		at += (ksm_length_bytes(blob) + POLICY_ALIGN - 1) / POLICY_ALIGN * POLICY_ALIGN;
		/*@ assert at == \at(at, LoopCurrent) + room_of(blobs + \at(at, LoopCurrent)); */
	}
	return most;
}

size_t __attribute__((section(".boot.text")))
monitor_memory_bytes(const uint8_t *blobs, size_t length_bytes)
{
	size_t words = policies_find(blobs, length_bytes);
	size_t bytes = ksm_memory_bytes(blobs, ksm_length_bytes(blobs));

	return policies.count == 1 ? bytes : bytes + 2 * words - ksm_state_bytes(blobs);
}

/*@ requires are_verified(blobs, 0, length_bytes) && 0 < length_bytes <= INT32_MAX; */
void __attribute__((section(".boot.text")))
monitor_init(const uint8_t *blobs, size_t length_bytes, void *memory)
{
	size_t words = policies_find(blobs, length_bytes);

	ksm_init(&ksm, blobs, ksm_length_bytes(blobs), memory);
	slot_lists.are_counted = ksm.count[FORMAT_ABORTS] != 0;
	policies.words[0] = ksm.words;
	policies.words[1] = ksm.words + words / sizeof(*ksm.words);
}

uint32_t
monitor_policies(void)
{
	return policies.count;
}

uint32_t
monitor_policy(void)
{
	return policies.number;
}

uint64_t
monitor_policy_version(uint32_t number)
{
	return ksm_policy_version(policies.blobs[number]);
}

/*@ requires \forall integer i; 0 <= i < policies.count ==> is_verified(policies.blobs[i]); */
enum ksm_swapped
monitor_swap_step(uint32_t number, bool may_forget)
{
	uint64_t *words = policies.words[ksm.words == policies.words[0]];
	enum ksm_swapped swapped;

	kernel_assert(number < policies.count);
	swapped = ksm_swap_step(&ksm, policies.blobs[number], words, arch_clock_ns(), may_forget);
	if (swapped == KSM_SWAP_DONE) {
		policies.number = number;
		slot_lists.are_counted = ksm.count[FORMAT_ABORTS] != 0;
		audit_policy(number, ksm.epoch);
	}
	return swapped;
}

bool
monitor_is_stale(void)
{
	return ksm.is_stale;
}

/* Capabilities travel the same ways again and again: the last edges that were found are tried
 * first.
 */
uint32_t
monitor_edge(uint32_t holder, uint32_t target, uint32_t interface)
{
	static uint16_t found[EDGES_FOUND];
	uint16_t *last = &found[(holder + target * 5 + interface) % EDGES_FOUND];
	const struct ksm_edge *edge = &ksm.edges[*last];

	if (*last < ksm.edge_count && edge->holder == holder && edge->target == target &&
		edge->interface == interface) {
		return *last;
	}
	edge = ksm_edge_open(&ksm, (uint16_t)holder, (uint16_t)target, (uint16_t)interface);
	if (edge == NULL) {
		return SLOT_NO_EDGE;
	}
	uint32_t number = (uint32_t)(edge - ksm.edges);
	*last = (uint16_t)number; /* another number than this one is no match */
	return number;
}

const struct ksm_edge *
monitor_edge_at(uint32_t number)
{
	return number < ksm.edge_count ? &ksm.edges[number] : NULL;
}

uint32_t
monitor_edges(void)
{
	return ksm.edge_count;
}

uint32_t
monitor_instances(void)
{
	return ksm.instance_count;
}

uint32_t
monitor_epoch(void)
{
	return ksm.epoch;
}

static void
record_subject(struct audit_record *record, const struct thread *thread, uint16_t label)
{
	record->label = label;
	record->instance = thread->process->instance;
}

static void
record_verdict(struct audit_record *record, const struct ksm_verdict *verdict, uint32_t edge)
{
	if (!ksm_wants_record(verdict)) {
		audit_count(record->instance);
		return;
	}
	record->reason = verdict->reason;
	record->rule = verdict->rule & FORMAT_ACTION_NUMBER;
	record->field = verdict->field;
	record->operand = verdict->operand;
	audit_write(record, edge);
}

/* The one reading of the clock for an event; none if no decision can depend on it. */
static uint64_t
now_ns(void)
{
	return ksm.count[FORMAT_STATES] != 0 ? arch_clock_ns() : 0;
}

/* by: who the record of it would be about. */
static struct ksm_verdict
decide(const struct thread *by, uint32_t edge, struct ksm_query *query)
{
	kernel_assert(edge < ksm.edge_count);
	query->now_ns = now_ns();
	query->is_audit_full = audit_is_full(by->process->instance);
	/* After a swap each event brings some entries up to date, until the short way is free
	 * again. */
	if (ksm.is_stale) {
		(void)ksm_settle_step(&ksm);
	}
	return ksm_decide(&ksm, &ksm.edges[edge], query);
}

struct ksm_edge *
monitor_table(void)
{
	return ksm.edges;
}

uint32_t
monitor_shape(uint32_t edge, enum ksm_event event, uint32_t method)
{
	kernel_assert(edge < ksm.edge_count);
	return ksm_shape(&ksm.edges[edge], event, method);
}

/* A call, or what stands for one, by someone under a label: denied, or a grant that is wanted. */
static void __attribute__((noinline)) record_call(const struct thread *subject, uint16_t label,
	const struct call *call, const struct ksm_verdict *verdict)
{
	const struct ksm_edge *edge = &ksm.edges[call->edge];
	struct audit_record record = {
		.handle = call->handle,
		.badge = call->badge,
		.target = edge->target,
		.interface = edge->interface,
		.method = (uint16_t)info_method(call->info),
		.event = KSM_CALL,
	};

	record_subject(&record, subject, label);
	record_verdict(&record, verdict, call->edge);
}

static struct ksm_verdict
judge_call(const struct thread *subject, uint16_t label, const struct call *call,
	struct ksm_query *query)
{
	struct ksm_verdict verdict;

	query->method = info_method(call->info);
	query->length_bytes = info_length(call->info);
	query->number = call->badge & BADGE_NUMBER;
	verdict = decide(subject, call->edge, query);
	if (verdict.reason != KSM_GRANTED || verdict.audit != KSM_AUDIT_UNSAID) {
		record_call(subject, label, call, &verdict);
	}
	return verdict;
}

bool
monitor_judge_request(struct thread *caller, const uint8_t *bytes)
{
	struct call *call = &caller->call;
	struct ksm_query query = {.bytes = bytes, .given = caller->sent_numbers};
	struct ksm_verdict verdict = judge_call(caller, thread_call_label(caller), call, &query);

	call->rule = verdict.rule;
	if (verdict.reason != KSM_GRANTED) {
		return false;
	}
	call->row = ksm_entry_at(&ksm.edges[call->edge], query.method);
	call->epoch = ksm.epoch;
	return true;
}

/* Inline: part of direct_call, which is compiled for speed, while this file is for size. */
inline bool
monitor_grants_at(struct thread *caller, struct ksm_entry *row, const uint8_t *bytes)
{
	struct call *call = &caller->call;
	const struct ksm_range *range =
		ksm_call_in_range(&ksm, row, bytes, info_length(call->info));

	if (range == NULL) {
		return false;
	}
	call->row = row;
	call->epoch = ksm.epoch;
	call->rule = range->rule;
	ksm_count_grant(&ksm.edges[call->edge], row, KSM_CALL);
	return true;
}

bool
monitor_ask(const struct thread *client, uint16_t target, uint16_t interface, uint32_t info,
	const uint8_t *bytes)
{
	uint16_t label = thread_call_label(client);
	struct call call = {
		.edge = monitor_edge(label, target, interface),
		.info = info,
	};
	struct ksm_query query = {.event = KSM_ASK, .bytes = bytes};

	if (call.edge != SLOT_NO_EDGE) {
		return judge_call(client, label, &call, &query).reason == KSM_GRANTED;
	}
	struct audit_record record = {
		.target = target,
		.interface = interface,
		.method = (uint16_t)info_method(info),
		.field = UINT16_MAX,
		.event = KSM_CALL,
		.reason = KSM_DEFAULT,
	};
	record_subject(&record, client, label);
	audit_write(&record, SLOT_NO_EDGE);
	return false;
}

static void
record_reply(struct thread *server, struct thread *caller, enum ksm_event event,
	const struct ksm_verdict *verdict)
{
	struct audit_record record = {
		.badge = caller->call.badge,
		.target = thread_call_label(caller),
		.interface = ksm.edges[caller->call.edge].interface,
		.method = (uint16_t)info_method(caller->call.info),
		.event = (uint8_t)event,
	};
	record_subject(&record, server, server->process->label);
	record_verdict(&record, verdict, caller->call.edge);
}

/* Calls of the short way do not say their epoch, so theirs is an older one: of them no policy asks
 * which rule it was, because one rule alone allows what goes that way. */
static uint32_t
granted_by(const struct call *call)
{
	return call->epoch == ksm.epoch ? call->rule : KSM_CALL_OLD;
}

bool
monitor_judge_reply(
	struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes)
{
	uint32_t status = info_method(info);
	struct ksm_query query = {
		.event = ksm_answer(status),
		.method = info_method(caller->call.info),
		.call_rule = granted_by(&caller->call),
		.number = caller->call.badge & BADGE_NUMBER,
		.given = server->sent_numbers,
		.bytes = bytes,
		.length_bytes = info_length(info),
	};
	struct ksm_verdict verdict = decide(server, caller->call.edge, &query);

	if (verdict.reason != KSM_GRANTED || verdict.audit != KSM_AUDIT_UNSAID) {
		record_reply(server, caller, (enum ksm_event)(query.event & KSM_KIND), &verdict);
	}
	return verdict.reason == KSM_GRANTED;
}

void
monitor_abort(struct thread *caller)
{
	const struct call *call = &caller->call;

	if (ksm.count[FORMAT_ABORTS] != 0 && !(caller->slow & SLOW_FAULT)) {
		const struct ksm_query end = {
			.method = info_method(call->info),
			.call_rule = granted_by(call),
			.number = call->badge & BADGE_NUMBER,
			.now_ns = now_ns(),
		};

		(void)ksm_abort(&ksm, &ksm.edges[call->edge], &end);
	}
}

uint32_t
monitor_restart(uint16_t label, uint32_t from)
{
	return ksm_restart_step(&ksm, label, from);
}

void
monitor_refuse_reply(struct thread *server, struct thread *caller, uint32_t info)
{
	enum ksm_event event = info_method(info) == 0 ? KSM_REPLY : KSM_ERROR;
	struct ksm_verdict verdict = {.reason = KSM_SHAPE, .field = UINT16_MAX};

	ksm.edges[caller->call.edge].denied[KSM_SHAPE]++;
	record_reply(server, caller, event, &verdict);
}

bool
monitor_judge_signal(struct thread *thread, const struct slot *slot)
{
	uint32_t interface = ksm.edges[slot->edge].interface;
	const struct call call = {
		.edge = slot->edge,
		.info = interface == INTERFACE_SIGNAL ? SIGNAL_SIGNAL : NOTIFICATION_SIGNAL,
		.badge = slot->badge,
		.handle = slot->handle,
	};
	struct ksm_query query = {0};

	return judge_call(thread, thread->process->label, &call, &query).reason == KSM_GRANTED;
}

bool
monitor_passes(uint32_t edge, uint32_t badge, bool goes)
{
	return !slot_lists.are_counted || edge == SLOT_NO_EDGE ||
	       ksm_passes(&ksm, edge, badge & BADGE_NUMBER, goes).reason == KSM_GRANTED;
}

void
monitor_refuse_share(const struct thread *sender, const struct slot *slot, uint16_t receiver)
{
	struct audit_record record = {
		.operand = slot->label,
		.handle = slot->handle,
		.badge = slot->badge,
		.target = receiver,
		.interface = ksm.edges[slot->edge].interface,
		.field = UINT16_MAX,
		.event = KSM_CALL,
		.reason = KSM_DEFAULT,
	};
	uint32_t edge = monitor_edge(receiver, slot->label, record.interface);

	if (edge != SLOT_NO_EDGE) {
		struct ksm_verdict verdict =
			ksm_passes(&ksm, edge, slot->badge & BADGE_NUMBER, false);
		record.reason = verdict.reason;
		record.rule = verdict.rule & FORMAT_ACTION_NUMBER;
	}
	record_subject(&record, sender, sender->process->label);
	audit_write(&record, SLOT_NO_EDGE);
}

void
monitor_refuse(struct thread *thread, uint32_t handle, const struct slot *slot,
	enum ksm_event event, uint32_t method, enum ksm_reason reason)
{
	uint32_t edge = slot == NULL ? SLOT_NO_EDGE : slot->edge;
	struct audit_record record = {
		.handle = handle,
		.method = (uint16_t)method,
		.field = UINT16_MAX,
		.event = (uint8_t)event,
		.reason = (uint8_t)reason,
	};

	if (edge != SLOT_NO_EDGE) {
		record.target = ksm.edges[edge].target;
		record.interface = ksm.edges[edge].interface;
		record.badge = slot->badge;
		ksm.edges[edge].denied[reason]++;
	}
	record_subject(&record, thread, thread->process->label);
	audit_write(&record, edge);
}
