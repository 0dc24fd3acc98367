/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The audit rings: nothing is denied silently, and nobody pushes out another's records. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/notification.h"
#include "kernel/slot.h"
#include "ksm/engine/ksm.h"
#include "ksm/engine/plain.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define LINE 40u

static void
deny(uint16_t instance, uint32_t edge, int64_t operand)
{
	struct audit_record record = {
		.operand = operand, .instance = instance, .reason = KSM_DEFAULT, .event = KSM_CALL};

	fake_clock_advance(10);
	audit_write(&record, edge);
}

static void
test_order(void **state)
{
	struct audit_record record;
	uint32_t lost, before = 0;

	(void)state;
	for (int i = 0; i < 12; i++) {
		deny((uint16_t)(i * 5 % 4), 0, i);
	}
	for (int i = 0; i < 12; i++) {
		assert_true(world_audit_take(&record, &lost));
		assert_int_equal(record.operand, i);
		assert_int_equal(record.time_ns, 10 * (i + 1));
		assert_true(before == 0 || record.sequence == before + 1);
		assert_int_equal(lost, 0);
		before = record.sequence;
	}
	assert_false(world_audit_take(&record, &lost));
}

/* A flood overwrites the flooder's own records, and how many is told once. */
static void
test_flood(void **state)
{
	struct audit_record record;
	struct audit_counts counts;
	uint32_t lost, taken = 0, total_lost = 0;

	(void)state;
	deny(1, 5, 111);
	for (int i = 0; i < 1000; i++) {
		deny(2, 6, i);
	}
	while (world_audit_take(&record, &lost)) {
		taken++;
		total_lost += lost;
		if (record.instance == 1) {
			assert_int_equal(record.operand, 111);
			assert_int_equal(lost, 0);
		} else {
			assert_true(record.operand >= 1000 - (int)AUDIT_RECORDS);
		}
	}
	assert_int_equal(taken, 1 + AUDIT_RECORDS);
	assert_int_equal(total_lost, 1000 - AUDIT_RECORDS);
	assert_true(audit_counts(2, &counts));
	assert_int_equal(counts.denied, 1000);
	assert_int_equal(counts.lost, 1000 - AUDIT_RECORDS);
	assert_true(audit_counts(1, &counts));
	assert_int_equal(counts.denied, 1);
	assert_false(audit_counts(FAKE_INSTANCES, &counts));
}

/* The first denial at each edge stays, whatever comes after it. */
static void
test_first(void **state)
{
	struct audit_record record;

	(void)state;
	assert_false(audit_first(3, &record));
	for (int i = 0; i < 100; i++) {
		deny(1, 3, 40 + i);
		deny(2, UINT32_MAX, 70 + i);
	}
	assert_true(audit_first(3, &record));
	assert_int_equal(record.operand, 40);
	assert_true(audit_first(UINT32_C(0xffff0002), &record));
	assert_int_equal(record.operand, 70);
	assert_false(audit_first(UINT32_C(0xffff0001), &record));
	assert_false(audit_first(UINT32_C(0xffff0000) + FAKE_INSTANCES, &record));
	assert_false(audit_first(FAKE_EDGES, &record));
	assert_false(audit_first(UINT32_C(0x80000000), &record));
}

/* R17: what must be recorded finds no room until one is read; what never is, is counted. */
static void
test_room(void **state)
{
	struct audit_record record = {.instance = 1, .event = KSM_CALL};
	struct audit_counts counts;
	uint32_t lost;

	(void)state;
	for (uint32_t i = 0; i < AUDIT_RECORDS; i++) {
		assert_false(audit_is_full(1));
		audit_write(&record, UINT32_MAX);
	}
	assert_true(audit_is_full(1));
	assert_false(audit_is_full(0));
	audit_count(1);
	assert_true(audit_counts(1, &counts));
	assert_int_equal(counts.denied, 1);
	assert_int_equal(counts.lost, 0);
	assert_true(world_audit_take(&record, &lost));
	assert_false(audit_is_full(1));
}

static void
test_grants_and_faults(void **state)
{
	struct audit_record grant = {.instance = 1, .event = KSM_CALL};
	struct audit_record done = {
		.instance = 1, .event = AUDIT_EVENT_FAULT, .method = FAULT_EXIT};
	struct audit_record fault = {
		.instance = 1, .event = AUDIT_EVENT_FAULT, .method = FAULT_EXIT, .operand = 9};
	struct audit_record record;
	struct audit_counts counts;
	uint32_t lost;

	(void)state;
	audit_write(&grant, 2);
	audit_write(&done, UINT32_MAX);
	assert_true(audit_counts(1, &counts));
	assert_int_equal(counts.faults, 0);
	audit_write(&fault, UINT32_MAX);
	assert_true(audit_counts(1, &counts));
	assert_int_equal(counts.denied, 0);
	assert_int_equal(counts.faults, 1);
	assert_false(audit_first(2, &record));
	assert_true(world_audit_take(&record, &lost));
	assert_true(world_audit_take(&record, &lost));
	assert_true(world_audit_take(&record, &lost));
	assert_int_equal(record.operand, 9);
}

static void
test_reader_is_woken(void **state)
{
	struct slot *slot = world_make(KIND_NOTIFICATION, 0, 3);
	struct notification *notification = (struct notification *)slot->object;

	(void)state;
	audit_bind(notification, 0x20);
	deny(1, 1, 1);
	assert_int_equal(notification->bits, 0x20);
	world_delete(slot);
	notification->bits = 0;
	deny(1, 1, 2); /* the reader is gone: its notification is not touched */
	assert_int_equal(notification->bits, 0);
}

/* Any order of writing and taking: every record is taken or counted as lost. */
static void
test_nothing_vanishes(void **state)
{
	struct audit_record record;
	uint32_t lost, written = 0, taken = 0, told = 0, last = 0;

	(void)state;
	random_start(8);
	for (int step = 0; step < 20000; step++) {
		if (random_below(3) != 0) {
			deny((uint16_t)random_below(8), (uint32_t)random_below(80), step);
			written++;
		} else if (world_audit_take(&record, &lost)) {
			assert_true(record.sequence > last || lost > 0);
			last = record.sequence;
			taken++;
			told += lost;
		}
	}
	while (world_audit_take(&record, &lost)) {
		taken++;
		told += lost;
	}
	assert_int_equal(taken + told, written);
}

/* One step of asking for what the first edge granted, while an interrupt waits; true: it has
 * answered. */
static bool
edge_step(struct thread *reader, uint32_t handle, uint64_t *granted)
{
	uint8_t in[ARCH_PAYLOAD_BYTES] = {0};

	world_run_as(reader);
	world_syscall(SYS_call, handle, info_make(AUDIT_EDGE, AUDIT_EDGE_CALL_BYTES), in);
	if (reader->context.answer == FAKE_RESTART) {
		return false;
	}
	assert_int_equal(world_status(reader), E_OK);
	*granted = get_u64(reader->context.payload + AUDIT_EDGE_OUT_GRANTED_OFFSET);
	return true;
}

/* The methods of an edge are added up some at a time: no count is missed, none is older than its
 * call, and whoever dies in the middle leaves nothing to the next. */
static void
test_many_methods(void **state)
{
	struct thread *reader = world_thread(world_process(3), 10);
	struct capability audit = {.object = audit_object(),
		.label = 5,
		.interface = KIND_AUDIT,
		.rights = RIGHT_MANAGE};
	struct slot *slot;
	struct ksm_edge *edge = monitor_table();
	uint64_t granted = 0;
	uint32_t steps = 1;

	(void)state;
	assert_int_equal(slot_place(reader->process, &audit, NULL, &slot), E_OK);
	uint16_t methods = edge->methods;
	edge->methods = 256;
	uint64_t others = 0;
	for (uint32_t i = 0; i < 256 * KSM_EVENTS; i++) {
		others += ksm_entry_at(edge, 1 + i / KSM_EVENTS)->granted[i % KSM_EVENTS];
	}
	ksm_entry_at(edge, 1)->granted[KSM_CALL] += 3;
	ksm_entry_at(edge, SUM_METHODS + 1)->granted[KSM_REPLY] += 5;
	ksm_entry_at(edge, 256)->granted[KSM_ERROR] += 7;
	arch_irq_unmask(LINE);
	fake_irq_raise(LINE);
	assert_false(edge_step(reader, slot->handle, &granted));
	ksm_entry_at(edge, 256)->granted[KSM_CALL] += 11; /* not yet looked at */
	for (; !edge_step(reader, slot->handle, &granted); steps++) {
	}
	assert_int_equal(steps, 256 / SUM_METHODS - 1);
	assert_int_equal(granted, others + 3 + 5 + 7 + 11);
	/* A call that nobody will finish; another one counts anew. */
	assert_false(edge_step(reader, slot->handle, &granted));
	reader->slow &= (uint16_t)~SLOW_RESUMED;
	ksm_entry_at(edge, 1)->granted[KSM_CALL] += 13;
	while (!edge_step(reader, slot->handle, &granted)) {
	}
	assert_int_equal(granted, others + 39);
	/* A counter that begins again at 0 in the middle of it is not missed. */
	assert_false(edge_step(reader, slot->handle, &granted));
	ksm_entry_at(edge, 1)->granted[KSM_CALL] -= 1;
	edge->granted_wraps++;
	while (!edge_step(reader, slot->handle, &granted)) {
	}
	assert_true(granted == others + 38 + (UINT64_C(1) << 32));
	edge->methods = methods;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_start, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_order),
		TEST(test_flood),
		TEST(test_first),
		TEST(test_room),
		TEST(test_grants_and_faults),
		TEST(test_reader_is_woken),
		TEST(test_nothing_vanishes),
		TEST(test_many_methods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
