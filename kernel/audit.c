/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Audit: a ring for each instance, a first record for each edge, counts; nothing is denied
 * silently. The rings belong to instances, so one that floods denials pushes out its own records
 * only (decisions D3), and a restart loses none.
 */
#include "kernel/audit_ring.h"

#include "arch/arch.h"
#include "kernel/assert.h"
#include "kernel/memory.h"
#include "kernel/notification.h"
#include "kernel/trace.h"

struct audit audit = {.object = {.kind = KIND_AUDIT, .label = LABEL_INIT}};

size_t __attribute__((section(".boot.text"))) audit_memory_bytes(uint32_t instances, uint32_t edges)
{
	return instances * sizeof(struct audit_log) + edges * sizeof(struct audit_record);
}

void __attribute__((section(".boot.text")))
audit_init(void *memory, uint32_t instances, uint32_t edges)
{
	memory_clear(memory, audit_memory_bytes(instances, edges));
	audit.logs = memory;
	audit.firsts = (struct audit_record *)(audit.logs + instances);
	audit.instances = instances;
	audit.edges = edges;
}

struct object *
audit_object(void)
{
	return &audit.object;
}

static void
count(struct audit_log *log, const struct audit_record *record, uint32_t edge)
{
	if (record->event == AUDIT_EVENT_FAULT) {
		/* Who ends as it should has not failed. */
		log->counts.faults += record->method != FAULT_EXIT || record->operand != 0;
		return;
	}
	if (record->reason == 0) {
		return;
	}
	log->counts.denied++;
	struct audit_record *first = edge < audit.edges ? &audit.firsts[edge] : &log->first;
	if (first->sequence == 0) {
		*first = *record;
	}
}

void
audit_policy(uint32_t policy, uint32_t epoch)
{
	audit.policy = (uint8_t)policy;
	audit.epoch = (uint16_t)epoch;
}

void
audit_write(struct audit_record *record, uint32_t edge)
{
	kernel_assert(record->instance < audit.instances);
	struct audit_log *log = &audit.logs[record->instance];

	record->time_ns = arch_clock_ns();
	record->sequence = ++audit.sequence;
	record->policy = audit.policy;
	record->epoch = audit.epoch;
	*audit_claim(log) = *record;
	count(log, record, edge);
	if (record->event < AUDIT_EVENT_FAULT) {
		trace_verdict(record);
	}
	if (audit.notification != NULL) {
		notification_signal(audit.notification, audit.bits);
	}
}

void
audit_count(uint32_t instance)
{
	kernel_assert(instance < audit.instances);
	audit.logs[instance].counts.denied++;
}

bool
audit_is_full(uint32_t instance)
{
	kernel_assert(instance < audit.instances);
	return audit.logs[instance].written - audit.logs[instance].taken == AUDIT_RECORDS;
}

static struct audit_record *
unread(struct audit_log *log)
{
	return log->taken == log->written ? NULL : &log->records[log->taken & (AUDIT_RECORDS - 1)];
}

static bool
is_older(const struct audit_record *record, const struct audit_record *than)
{
	return (int32_t)(record->sequence - than->sequence) < 0;
}

/* Whoever calls next goes on. What is written meanwhile is younger; that a ring which was looked at
 * drops its oldest can only make another one the oldest, by as little. */
bool
audit_seek_step(void)
{
	for (uint32_t step = 0; step < SEEK_LOGS && audit.sought < audit.instances; step++) {
		struct audit_log *log = &audit.logs[audit.sought++];
		if (unread(log) != NULL &&
			(audit.oldest == NULL || is_older(unread(log), unread(audit.oldest)))) {
			audit.oldest = log;
		}
	}
	return audit.sought < audit.instances;
}

bool
audit_take(struct audit_record *record, uint32_t *lost)
{
	struct audit_log *oldest = audit.oldest;

	kernel_assert(audit.sought == audit.instances);
	audit.oldest = NULL;
	audit.sought = 0;
	if (oldest == NULL) {
		return false;
	}
	*record = *unread(oldest);
	*lost = oldest->counts.lost - oldest->lost_told;
	oldest->lost_told = oldest->counts.lost;
	oldest->taken++;
	return true;
}

bool
audit_first(uint32_t edge, struct audit_record *record)
{
	const struct audit_record *first;

	if (edge < audit.edges) {
		first = &audit.firsts[edge];
	} else if (edge >= UINT32_C(0xffff0000) && (edge & 0xffff) < audit.instances) {
		first = &audit.logs[edge & 0xffff].first;
	} else {
		return false;
	}
	*record = *first;
	return first->sequence != 0;
}

void
audit_incarnation(uint16_t instance, uint16_t label)
{
	kernel_assert(instance < audit.instances);
	audit.logs[instance].counts.incarnation++;
	audit.logs[instance].counts.label = label;
}

uint32_t
audit_instances(void)
{
	return audit.instances;
}

bool
audit_counts(uint32_t instance, struct audit_counts *counts)
{
	if (instance >= audit.instances) {
		return false;
	}
	*counts = audit.logs[instance].counts;
	return true;
}

void
audit_bind(struct notification *notification, uint32_t bits)
{
	audit.notification = notification;
	audit.bits = bits;
}

void
audit_forget(const struct notification *notification)
{
	if (audit.notification == notification) {
		audit.notification = NULL;
	}
}
