/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Counts and records equal what was provoked, to the last one. */
#include "calls/counts.h"

#include <stddef.h>

#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/audit.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define EDGES_MOST   1024u
#define RING_RECORDS 16u /* kernel/config.h: AUDIT_RECORDS */

uint32_t
counts_denied(void)
{
	uint32_t denied = 0;
	bool found = false;

	expect_equal(audit_instance(TESTER_MONITOR, process_info()->instance, NULL, NULL, &denied,
			     NULL, NULL, NULL, NULL, &found),
		E_OK);
	expect(found);
	return denied;
}

uint32_t
counts_lost(void)
{
	uint32_t lost = 0;

	expect_equal(audit_instance(TESTER_MONITOR, process_info()->instance, NULL, NULL, NULL,
			     NULL, &lost, NULL, NULL, NULL),
		E_OK);
	return lost;
}

static uint64_t
granted(uint32_t edge, bool *found)
{
	uint64_t count = 0;
	uint16_t holder = 0;
	uint16_t interface = 0;

	expect_equal(
		audit_edge(TESTER_MONITOR, edge, &count, NULL, &holder, NULL, &interface, found),
		E_OK);
	return holder == process_info()->label && interface >= INTERFACE_USER ? count : 0;
}

uint32_t
counts_work_edge(void)
{
	static uint64_t before[EDGES_MOST];
	bool found = true;
	uint32_t edges = 0;

	for (; edges < EDGES_MOST; edges++) {
		before[edges] = granted(edges, &found);
		if (!found) {
			break;
		}
	}
	expect_equal(work_last(TESTER_WORK, NULL, NULL), E_OK);
	for (uint32_t edge = 0; edge < edges; edge++) {
		/* The call and its reply. */
		if (granted(edge, &found) == before[edge] + 2) {
			return edge;
		}
	}
	expect(!"no edge counted the call");
	return 0;
}

void
counts_expect_denial(uint8_t reason, uint32_t handle)
{
	struct record record;

	if (!expect(record_next(TESTER_MONITOR, &record))) {
		return;
	}
	expect_equal(record.instance, process_info()->instance);
	expect_equal(record.label, process_info()->label);
	expect_equal(record.reason, reason);
	expect_equal(record.handle, handle);
	expect_equal(record_drain(TESTER_MONITOR), 0);
}

static uint32_t
reason_count(uint32_t edge, uint8_t reason)
{
	uint32_t count = 0;

	expect_equal(audit_reason(TESTER_MONITOR, edge, reason, &count), E_OK);
	return count;
}

static void
provoke(uint32_t times, uint32_t method, uint32_t length, uint8_t value)
{
	struct message message = {.info = info_make(method, length), .bytes = {value}};

	for (uint32_t i = 0; i < times; i++) {
		message.info = info_make(method, length);
		message.bytes[0] = value;
		expect_equal(sys_call(TESTER_WORK, &message), E_DENIED);
	}
}

static void
test_reasons(void)
{
	uint32_t edge = counts_work_edge();
	uint32_t before[KSM_REASONS];
	uint32_t expected[KSM_REASONS] = {0};
	uint32_t denied = counts_denied();

	expected[KSM_SHAPE] = 3 + 2;
	expected[KSM_DEFAULT] = 5;
	expected[KSM_GUARD] = 7;
	expected[KSM_CAPABILITY] = 4;
	for (uint32_t reason = 1; reason < KSM_REASONS; reason++) {
		before[reason] = reason_count(edge, (uint8_t)reason);
	}
	provoke(3, WORK_RANGED, 1, 8);
	provoke(2, 99, 0, 0);
	provoke(5, WORK_REFUSED, 0, 0);
	provoke(7, WORK_RANGED, 1, 5);
	for (uint32_t i = 0; i < 4; i++) {
		expect_equal(sys_signal(TESTER_WORK), E_HANDLE);
	}
	for (uint32_t reason = 1; reason < KSM_REASONS; reason++) {
		expect_equal(
			reason_count(edge, (uint8_t)reason) - before[reason], expected[reason]);
	}
	expect_equal(counts_denied() - denied, 3 + 2 + 5 + 7 + 4);
}

static void
test_granted(void)
{
	uint32_t edge = counts_work_edge();
	bool found;
	uint64_t before = granted(edge, &found);

	for (uint32_t i = 0; i < 10; i++) {
		expect_equal(work_last(TESTER_WORK, NULL, NULL), E_OK);
	}
	expect_equal(granted(edge, &found) - before, 20);
	/* An error is an answer, and counts. */
	uint8_t value;
	expect_equal(work_ranged(TESTER_WORK, 3, &value), WORK_ERROR_UNLUCKY);
	expect_equal(granted(edge, &found) - before, 22);
}

static void
test_overflow(void)
{
	const uint32_t count = 40;
	struct record record;
	uint32_t sequence = 0;

	record_drain(TESTER_MONITOR);
	uint32_t lost = counts_lost();
	provoke(count, WORK_REFUSED, 0, 0);
	expect_equal(counts_lost() - lost, count - RING_RECORDS);
	for (uint32_t i = 0; i < RING_RECORDS; i++) {
		if (!expect(record_next(TESTER_MONITOR, &record))) {
			return;
		}
		expect_equal(record.lost, i == 0 ? count - RING_RECORDS : 0);
		expect(sequence == 0 || record.sequence == sequence + 1);
		sequence = record.sequence;
	}
	expect(!record_next(TESTER_MONITOR, &record));
}

/* The record of the newest is complete, the first of an edge is never overwritten. */
static void
test_first(void)
{
	uint32_t edge = counts_work_edge();
	uint32_t sequence = 0;
	uint32_t again = 0;
	uint8_t count = 0;
	struct record record;

	expect_equal(audit_first(TESTER_MONITOR, edge, NULL, NULL, &sequence, NULL, NULL, NULL,
			     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &count),
		E_OK);
	expect_equal(count, 1);
	provoke(20, WORK_RANGED, 1, 6);
	expect_equal(audit_first(TESTER_MONITOR, edge, NULL, NULL, &again, NULL, NULL, NULL, NULL,
			     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		E_OK);
	expect_equal(again, sequence);
	record_drain(TESTER_MONITOR);
	provoke(1, WORK_RANGED, 1, 6);
	expect(record_next(TESTER_MONITOR, &record));
	expect_equal(record.operand, 6);
	expect_equal(record.field, 0);
	expect_equal(record.method, WORK_RANGED);
	expect_equal(record.event, KSM_CALL);
	expect_equal(record.handle, TESTER_WORK);
}

void
counts_test(void)
{
	check_test("counts by reason equal what was provoked");
	test_reasons();
	check_test("counts of granted messages");
	test_granted();
	check_test("a full ring keeps the newest and counts the lost");
	test_overflow();
	check_test("records name field, value, method and handle");
	test_first();
}
