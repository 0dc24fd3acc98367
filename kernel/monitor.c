/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel as a host of the monitor: every event passes here, every denial is recorded here. */
#include "kernel/monitor.h"

#include "core_abi.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "ksm/engine/plain.h"

static struct ksm ksm;

void __attribute__((section(".boot.text")))
monitor_init(const uint8_t *blob, size_t length_bytes, void *memory)
{
	ksm_init(&ksm, blob, length_bytes, memory);
}

/* Capabilities travel the same ways again and again: the last edges that were found are tried
 * first.
 */
uint32_t
monitor_edge(uint16_t holder, uint16_t target, uint16_t interface)
{
	static uint16_t found[EDGES_FOUND];
	uint16_t *last = &found[(holder + target * 5u + interface) % EDGES_FOUND];
	const struct ksm_edge *edge = &ksm.edges[*last];

	if (*last < ksm.edge_count && edge->holder == holder && edge->target == target &&
		edge->interface == interface) {
		return *last;
	}
	edge = ksm_edge_open(&ksm, holder, target, interface);
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

uint64_t
monitor_granted(const struct ksm_edge *edge)
{
	return ksm_edge_granted(&ksm, edge);
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
record_verdict(struct audit_record *record, const struct ksm_verdict *verdict)
{
	record->reason = verdict->reason;
	record->rule = verdict->rule;
	record->field = verdict->field;
	record->operand = verdict->operand;
}

/* The one reading of the clock for an event; none if no decision can depend on it. */
static uint64_t
now_ns(void)
{
	return ksm.count[FORMAT_STATES] != 0 ? arch_clock_ns() : 0;
}

static struct ksm_verdict
decide(uint32_t edge, struct ksm_query *query)
{
	kernel_assert(edge < ksm.edge_count);
	query->now_ns = now_ns();
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
	return ksm_shape(&ksm, &ksm.edges[edge], event, method);
}

/* A call, or what stands for one, by someone under a label. Recorded if it is denied or shall be.
 */
static struct ksm_verdict
judge_call(const struct thread *subject, uint16_t label, const struct call *call,
	struct ksm_query *query)
{
	const struct ksm_edge *edge = &ksm.edges[call->edge];
	struct ksm_verdict verdict;

	query->event = KSM_CALL;
	query->method = info_method(call->info);
	query->length_bytes = info_length(call->info);
	verdict = decide(call->edge, query);
	if (verdict.reason != KSM_GRANTED || verdict.audit != 0) {
		struct audit_record record = {
			.handle = call->handle,
			.badge = call->badge,
			.target = edge->target,
			.interface = edge->interface,
			.method = (uint16_t)query->method,
			.event = KSM_CALL,
		};
		record_subject(&record, subject, label);
		record_verdict(&record, &verdict);
		audit_write(&record, call->edge);
	}
	return verdict;
}

bool
monitor_judge_request(struct thread *caller, const uint8_t *bytes)
{
	struct call *call = &caller->call;
	struct ksm_query query = {.bytes = bytes};
	struct ksm_verdict verdict = judge_call(caller, thread_call_label(caller), call, &query);

	call->rule = verdict.rule;
	if (verdict.reason != KSM_GRANTED) {
		return false;
	}
	call->row = ksm_entry_at(ksm.edges, &ksm.edges[call->edge], query.method);
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
	struct ksm_query query = {.bytes = bytes, .is_ask = true};

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
	record_verdict(&record, verdict);
	audit_write(&record, caller->call.edge);
}

bool
monitor_judge_reply(
	struct thread *server, struct thread *caller, uint32_t info, const uint8_t *bytes)
{
	uint32_t status = info_method(info);
	struct ksm_query query = {
		.event = status == 0 ? KSM_REPLY : KSM_ERROR,
		.method = info_method(caller->call.info),
		.status = status,
		.call_rule = caller->call.rule,
		.bytes = bytes,
		.length_bytes = info_length(info),
	};
	struct ksm_verdict verdict = decide(caller->call.edge, &query);

	if (verdict.reason != KSM_GRANTED || verdict.audit != 0) {
		record_reply(server, caller, query.event, &verdict);
	}
	return verdict.reason == KSM_GRANTED;
}

void
monitor_abort(struct thread *caller)
{
	const struct call *call = &caller->call;

	if (ksm.count[FORMAT_ABORTS] != 0 && !(caller->slow & SLOW_FAULT)) {
		(void)ksm_abort(&ksm, &ksm.edges[call->edge], info_method(call->info), call->rule,
			now_ns());
	}
}

void
monitor_restart(uint16_t label)
{
	ksm_restart(&ksm, label);
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
