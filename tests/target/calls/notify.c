/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Notifications: one's own, somebody else's, and one that ends a receive. */
#include "abi/abi.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/notification.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define MS UINT64_C(1000000)

static uint32_t own;
static volatile uint32_t woken[2];
static volatile uint32_t woken_count;

static uint32_t
poll_bits(uint32_t handle)
{
	uint32_t bits = 0;

	expect_equal(sys_poll(handle, &bits), E_OK);
	return bits;
}

static uint32_t
wait_bits(uint32_t handle)
{
	uint32_t bits = 0;

	sys_deadline(sys_clock() + 100 * MS);
	expect_equal(sys_wait(handle, &bits), E_OK);
	return bits;
}

static void
test_own(void)
{
	uint32_t bits;

	expect_equal(untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION, &own), E_OK);
	expect_equal(poll_bits(own), 0);
	expect_equal(sys_signal(own), E_OK);
	expect_equal(sys_signal(own), E_OK);
	expect_equal(poll_bits(own), 1);
	expect_equal(poll_bits(own), 0);
	expect_equal(notification_signal(own), E_OK);
	expect_equal(wait_bits(own), 1);
	expect_equal(sys_signal(own), E_OK);
	expect_equal(notification_clear(own), E_OK);
	expect_equal(poll_bits(own), 0);
	sys_deadline(sys_clock() + MS);
	expect_equal(sys_wait(own, &bits), E_TIMEOUT);
}

static void
test_other(void)
{
	struct record record;

	record_drain(TESTER_MONITOR);
	expect_equal(poll_bits(HANDLE_NOTIFICATION), 0);
	expect_equal(ring_ring(TESTER_RING, MS, 3), E_OK);
	expect_equal(wait_bits(HANDLE_NOTIFICATION), TESTER_SIGNALLED_BY_PEER);
	raw_sleep(MS);
	/* The other two came while nobody waited: bits do not count. */
	expect_equal(poll_bits(HANDLE_NOTIFICATION), TESTER_SIGNALLED_BY_PEER);
	expect_equal(poll_bits(HANDLE_NOTIFICATION), 0);
	expect_equal(sys_signal(TESTER_BELL), E_OK);
	check_case("no rule names the other one");
	expect(record_next(TESTER_MONITOR, &record));
	expect_equal(record.reason, KSM_DEFAULT);
	expect_equal(record.interface, INTERFACE_SIGNAL);
	expect_equal(record_drain(TESTER_MONITOR), 0);
}

static void
wait_own(uintptr_t number)
{
	uint32_t bits = 0;

	if (sys_wait(own, &bits) == E_OK && bits == 1) {
		woken[woken_count++] = (uint32_t)number;
	}
}

/* One signal wakes one, the one that waits longest. */
static void
test_waiters(void)
{
	woken_count = 0;
	for (uint32_t i = 0; i < 2; i++) {
		expect_equal(raw_start(i, 8, wait_own, i), E_OK);
		raw_sleep(MS);
	}
	for (uint32_t i = 0; i < 2; i++) {
		expect_equal(woken_count, i);
		expect_equal(sys_signal(own), E_OK);
		raw_sleep(MS);
		expect_equal(woken[i], i);
	}
	expect_equal(poll_bits(own), 0);
	for (uint32_t i = 0; i < 2; i++) {
		expect_equal(raw_stop(i), E_OK);
	}
}

static void
expect_received(uint32_t bits)
{
	struct message message;
	struct received received;

	sys_deadline(sys_clock() + 100 * MS);
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	expect_equal(received.kind, RECEIVED_NOTIFICATION);
	expect_equal(received.bits, bits);
	expect_equal(message.info, INFO_NOTIFICATION);
	expect_equal(received.caller.label, 0);
	expect_equal(received.caller.instance, 0);
}

static void
signal_later(uintptr_t time_ms)
{
	raw_sleep(time_ms * MS);
	(void)sys_signal(own);
}

static void
test_bound(void)
{
	uint32_t other = 0;
	struct message message;
	struct received received;

	expect_equal(untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_NOTIFICATION, &other), E_OK);
	expect_equal(thread_bind(HANDLE_THREAD, TESTER_BELL), E_HANDLE);
	expect_equal(thread_bind(HANDLE_THREAD, HANDLE_ACCOUNT), E_HANDLE);
	expect_equal(thread_bind(HANDLE_THREAD, 0), E_HANDLE);
	expect_equal(thread_bind(HANDLE_THREAD, own), E_OK);
	expect_equal(thread_bind(HANDLE_THREAD, own), E_STATE);
	expect_equal(thread_bind(HANDLE_THREAD, other), E_STATE);
	expect_equal(thread_bind(raw_handle(0), own), E_STATE);
	check_case("bits before the receive");
	expect_equal(sys_signal(own), E_OK);
	expect_received(1);
	check_case("bits during the receive");
	expect_equal(raw_start(0, 8, signal_later, 2), E_OK);
	expect_received(1);
	expect_equal(raw_stop(0), E_OK);
	check_case("no bits");
	sys_deadline(sys_clock() + MS);
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	expect_equal(received.kind, RECEIVED_FAILED);
	expect_equal(received.status, E_TIMEOUT);
}

void
notify_test(void)
{
	check_test("a notification of one's own");
	test_own();
	check_test("a notification that another process signals");
	test_other();
	check_test("one signal wakes one waiter, in order");
	test_waiters();
	check_test("a bound notification ends a receive");
	test_bound();
}
