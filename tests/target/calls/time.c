/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Deadlines of every blocking call, in virtual time: one instruction is one nanosecond. */
#include "abi/abi.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "process_tester.h"
#include "records.h"

#define US      UINT64_C(1000)
#define MS      UINT64_C(1000000)
#define LATE_NS (100 * US) /* more than the way through the kernel, far less than a turn */

static uint32_t
sleep_once(void)
{
	uint32_t bits;

	return sys_wait(0, &bits);
}

static uint32_t
wait_once(void)
{
	uint32_t bits;

	return sys_wait(HANDLE_NOTIFICATION, &bits);
}

static uint32_t
receive_once(void)
{
	struct message message;
	struct caller caller;

	sys_recv(HANDLE_ENDPOINT, &message, &caller);
	expect_equal(message.info & ~INFO_METHOD_MASK, INFO_FAILED);
	return info_method(message.info);
}

/* The server holds it: received, but never answered. */
static uint32_t
call_held(void)
{
	return raw_call(TESTER_WORK, info_make(WORK_LATER, 0));
}

static const struct {
	const char *name;
	uint32_t (*block)(void);
} ways[] = {
	{"sleep", sleep_once},
	{"wait", wait_once},
	{"recv", receive_once},
	{"call", call_held},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

static void
expect_timeout(uint32_t (*block)(void), uint64_t start_ns, uint64_t deadline_ns)
{
	expect_equal(sys_deadline(deadline_ns), E_OK);
	expect_equal(block(), E_TIMEOUT);
	uint64_t now_ns = sys_clock();
	uint64_t due_ns = deadline_ns > start_ns ? deadline_ns : start_ns;
	expect(now_ns >= deadline_ns);
	expect(now_ns - due_ns < LATE_NS);
}

static void
test_deadlines(void)
{
	static const uint64_t times_ns[] = {1, US, 77 * US, MS, 9999999, 25 * MS, 5000 * MS};

	for (uint32_t way = 0; way < WAYS; way++) {
		check_case(ways[way].name);
		for (uint32_t i = 0; i < sizeof(times_ns) / sizeof(times_ns[0]); i++) {
			uint64_t start_ns = sys_clock();
			expect_timeout(ways[way].block, start_ns, start_ns + times_ns[i]);
		}
	}
}

static void
test_past(void)
{
	for (uint32_t way = 0; way < WAYS; way++) {
		check_case(ways[way].name);
		expect_timeout(ways[way].block, sys_clock(), 1);
	}
}

static void
busy_server(uintptr_t time_ms)
{
	struct message message = {.info = info_make(WORK_SLOW, 8)};
	uint64_t time_ns = time_ms * MS;

	__builtin_memcpy(message.bytes, &time_ns, sizeof(time_ns));
	(void)sys_call(TESTER_WORK, &message);
}

static uint32_t
call_last(void)
{
	return raw_call(TESTER_WORK, info_make(WORK_LAST, 0));
}

/* A caller whose request was not even received leaves the queue, and the server is none the wiser.
 */
static void
test_queued(void)
{
	expect_equal(raw_start(15, 16, busy_server, 20), E_OK);
	raw_sleep(MS); /* it is with the server by now */
	uint64_t start_ns = sys_clock();
	expect_timeout(call_last, start_ns, start_ns + 2 * MS);
	expect_equal(call_last(), E_OK);
	expect(sys_clock() - start_ns > 15 * MS);
	expect_equal(raw_stop(15), E_OK);
}

/* A deadline is used up by the call that it is for. */
static void
test_used_up(void)
{
	uint32_t bits = 0;

	expect_equal(sys_deadline(sys_clock() + MS), E_OK);
	expect_equal(call_last(), E_OK);
	expect_equal(sys_wait(0, &bits), E_ARGUMENT);
	expect_equal(sys_deadline(sys_clock() + MS), E_OK);
	expect_equal(sys_deadline(0), E_OK);
	expect_equal(sys_wait(0, &bits), E_ARGUMENT);
}

/* ... and by nothing else: what never blocks may stand between the two. */
static void
test_not_used_up(void)
{
	uint32_t bits = 0;
	uint64_t start_ns = sys_clock();

	expect_equal(sys_deadline(start_ns + MS), E_OK);
	sys_yield();
	expect_equal(sys_signal(0), E_HANDLE);
	expect_equal(sys_poll(HANDLE_NOTIFICATION, &bits), E_OK);
	expect(sys_clock() - start_ns < MS);
	expect_equal(sys_wait(0, &bits), E_TIMEOUT);
	expect(sys_clock() - start_ns >= MS);
}

static volatile uint64_t order[4];
static volatile uint32_t order_count;

static void
sleep_and_note(uintptr_t time_ms)
{
	raw_sleep(time_ms * MS);
	order[order_count++] = time_ms;
}

static void
test_order(void)
{
	static const uint64_t times_ms[] = {9, 3, 12, 6};

	order_count = 0;
	for (uint32_t i = 0; i < 4; i++) {
		expect_equal(raw_start(i, 8, sleep_and_note, (uintptr_t)times_ms[i]), E_OK);
	}
	raw_sleep(20 * MS);
	expect_equal(order_count, 4);
	for (uint32_t i = 0; i < 4; i++) {
		expect_equal(order[i], 3 * (i + 1));
		expect_equal(raw_stop(i), E_OK);
	}
}

static void
test_clock(void)
{
	uint64_t last_ns = sys_clock();

	for (uint32_t i = 0; i < 5000; i++) {
		uint64_t now_ns = sys_clock();
		if (now_ns < last_ns || now_ns - last_ns > LATE_NS) {
			expect_equal(now_ns, last_ns);
		}
		last_ns = now_ns;
	}
}

void
time_test(void)
{
	check_test("clock goes on and never back");
	test_clock();
	check_test("every blocking call ends at its deadline");
	test_deadlines();
	check_test("a deadline that has passed");
	test_past();
	check_test("a deadline in a server's queue");
	test_queued();
	check_test("what does not block leaves a deadline alone");
	test_not_used_up();
	check_test("a deadline is for one call");
	test_used_up();
	check_test("sleepers wake in the order of their deadlines");
	test_order();
	record_drain(TESTER_MONITOR);
}
