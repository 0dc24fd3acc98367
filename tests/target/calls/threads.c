/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Threads: what can be done to them and when, who runs, and for how long. */
#include "abi/abi.h"
#include "abi/process.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "process_tester.h"

#define MS           UINT64_C(1000000)
#define BUFFER       (PROCESS_DEVICES + UINT64_C(0x05000000))
#define LOW          8
#define MIDDLE       10
#define HIGH         12
#define PRIORITY_OWN 16

static volatile uint32_t counters[16];
static volatile uint32_t woken_at; /* value of counters[0] when the higher thread ran */

static void
count_for_ever(uintptr_t number)
{
	for (;;) {
		counters[number]++;
	}
}

static void
nothing(uintptr_t argument)
{
	(void)argument;
}

static void
test_configure(void)
{
	uint32_t thread = 0;

	expect_equal(untyped_retype(HANDLE_ACCOUNT, 0, 0, KIND_THREAD, &thread), E_OK);
	check_case("started before it is configured");
	expect_equal(thread_start(thread, (uintptr_t)nothing, PROCESS_STACK, 0, 0), E_STATE);
	check_case("priority");
	expect_equal(
		thread_configure(thread, BUFFER, HANDLE_PROCESS, PRIORITY_OWN + 1), E_ARGUMENT);
	expect_equal(thread_configure(thread, BUFFER, HANDLE_PROCESS, 255), E_ARGUMENT);
	check_case("buffer");
	expect_equal(thread_configure(thread, 0, HANDLE_PROCESS, LOW), E_ARGUMENT);
	expect_equal(thread_configure(thread, BUFFER + 8, HANDLE_PROCESS, LOW), E_ARGUMENT);
	expect_equal(thread_configure(thread, PROCESS_TOP, HANDLE_PROCESS, LOW), E_ARGUMENT);
	expect_equal(thread_configure(thread, UINT64_C(0x100000000) + BUFFER, HANDLE_PROCESS, LOW),
		E_ARGUMENT);
	expect_equal(thread_configure(thread, PROCESS_TEXT, HANDLE_PROCESS, LOW), E_STATE);
	expect_equal(thread_configure(thread, PROCESS_BUFFER, HANDLE_PROCESS, LOW), E_STATE);
	check_case("process");
	expect_equal(thread_configure(thread, BUFFER, 0, LOW), E_HANDLE);
	expect_equal(thread_configure(thread, BUFFER, HANDLE_ACCOUNT, LOW), E_HANDLE);
	expect_equal(thread_configure(thread, BUFFER, HANDLE_PROCESS, LOW), E_OK);
	check_case("twice");
	expect_equal(thread_configure(thread, BUFFER + PAGE_BYTES, HANDLE_PROCESS, LOW), E_STATE);
	expect_equal(
		thread_configure(HANDLE_THREAD, BUFFER + PAGE_BYTES, HANDLE_PROCESS, LOW), E_STATE);
	check_case("where it starts");
	expect_equal(thread_start(thread, PROCESS_TOP, PROCESS_STACK, 0, 0), E_ARGUMENT);
	expect_equal(thread_start(thread, UINT64_C(1) << 32, PROCESS_STACK, 0, 0), E_ARGUMENT);
	expect_equal(thread_start(thread, PROCESS_TEXT, PROCESS_TOP + 1, 0, 0), E_ARGUMENT);
	expect_equal(thread_start(thread, PROCESS_TEXT, PROCESS_STACK, PROCESS_TOP, 0), E_ARGUMENT);
	check_case("running");
	expect_equal(thread_start(HANDLE_THREAD, PROCESS_TEXT, PROCESS_STACK, 0, 0), E_STATE);
	check_case("stopped");
	expect_equal(thread_stop(thread), E_OK);
	expect_equal(thread_stop(thread), E_OK);
}

static void
test_stop(void)
{
	expect_equal(raw_start(0, LOW, count_for_ever, 0), E_OK);
	raw_sleep(2 * MS);
	expect(counters[0] != 0);
	expect_equal(thread_start(raw_handle(0), PROCESS_TEXT, PROCESS_STACK, 0, 0), E_STATE);
	expect_equal(raw_stop(0), E_OK);
	uint32_t seen = counters[0];
	raw_sleep(2 * MS);
	expect_equal(counters[0], seen);
	check_case("started again");
	expect_equal(raw_start(0, LOW, count_for_ever, 0), E_OK);
	raw_sleep(2 * MS);
	expect(counters[0] != seen);
	expect_equal(raw_stop(0), E_OK);
}

static void
stop_itself(uintptr_t number)
{
	struct message message = {.info = info_make(THREAD_STOP, 0)};

	counters[number] = 1;
	(void)sys_call(raw_handle((uint32_t)number), &message);
	counters[number] = 2;
}

static void
wait_for_ever(uintptr_t number)
{
	uint32_t bits;

	counters[number] = 1;
	counters[number] = 10 + sys_wait(HANDLE_NOTIFICATION, &bits);
}

static void
receive_for_ever(uintptr_t number)
{
	struct message message;
	struct caller caller;

	counters[number] = 1;
	sys_recv(HANDLE_ENDPOINT, &message, &caller);
	counters[number] = 10 + info_method(message.info);
}

static void
call_held(uintptr_t number)
{
	counters[number] = 1;
	counters[number] = 10 + raw_call(TESTER_WORK, info_make(WORK_LATER, 0));
}

/* Stopped wherever it waits, it leaves nothing behind: the same can be done again. */
static void
test_stop_blocked(void)
{
	static void (*const ways[])(uintptr_t) = {
		stop_itself, wait_for_ever, receive_for_ever, call_held};
	uint32_t status;

	for (uint32_t round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
			counters[1] = 0;
			expect_equal(raw_start(1, LOW, ways[i], 1), E_OK);
			raw_sleep(MS);
			expect_equal(counters[1], 1);
			expect_equal(raw_stop(1), E_OK);
			raw_sleep(MS);
			expect_equal(counters[1], 1);
		}
	}
	/* The server's reply object is empty: its caller is gone. */
	expect_equal(work_release(TESTER_WORK, 1, &status), E_OK);
	expect_equal(status, E_CANCELLED);
	expect_equal(work_release(TESTER_WORK, 1, &status), E_OK);
	expect_equal(status, E_STATE);
}

static void
set_deadline_and_spin(uintptr_t argument)
{
	(void)argument;
	sys_deadline(sys_clock() + 3 * MS);
	for (;;) {
	}
}

/* A deadline belongs to the next blocking call of a thread, not to its next life. */
static void
test_deadline_of_earlier_life(void)
{
	expect_equal(raw_start(2, LOW, set_deadline_and_spin, 2), E_OK);
	raw_sleep(MS);
	expect_equal(raw_stop(2), E_OK);
	counters[2] = 0;
	expect_equal(raw_start(2, LOW, wait_for_ever, 2), E_OK);
	raw_sleep(10 * MS);
	expect_equal(counters[2], 1);
	expect_equal(raw_stop(2), E_OK);
}

static void
sleep_then_look(uintptr_t time_ms)
{
	raw_sleep(time_ms * MS);
	woken_at = counters[0];
	raw_spin(2 * MS);
	counters[3] = counters[0] - woken_at;
	counters[4] = 1;
}

/* A ready thread of higher priority runs at once, and nobody below it while it does. */
static void
test_priorities(void)
{
	counters[0] = 0;
	counters[4] = 0;
	expect_equal(raw_start(0, LOW, count_for_ever, 0), E_OK);
	check_case("below this one");
	raw_spin(5 * MS);
	expect_equal(counters[0], 0);
	check_case("while it sleeps");
	expect_equal(raw_start(9, HIGH, sleep_then_look, 3), E_OK);
	raw_sleep(20 * MS);
	expect(counters[0] > 0);
	expect(woken_at > 0);
	expect_equal(counters[4], 1);
	check_case("below the one that woke up");
	expect_equal(counters[3], 0);
	expect_equal(raw_stop(0), E_OK);
	expect_equal(raw_stop(9), E_OK);
}

/* Equals take turns of 10 ms. */
static void
test_turns(void)
{
	static const uint32_t numbers[] = {4, 5, 6};
	uint32_t low = UINT32_MAX;
	uint32_t high = 0;

	for (uint32_t i = 0; i < 3; i++) {
		counters[numbers[i]] = 0;
		expect_equal(raw_start(numbers[i], MIDDLE, count_for_ever, numbers[i]), E_OK);
	}
	raw_sleep(25 * MS);
	check_case("all three have had a turn within 25 ms");
	for (uint32_t i = 0; i < 3; i++) {
		expect(counters[numbers[i]] != 0);
	}
	raw_sleep(300 * MS);
	for (uint32_t i = 0; i < 3; i++) {
		expect_equal(raw_stop(numbers[i]), E_OK);
		uint32_t count = counters[numbers[i]];
		low = count < low ? count : low;
		high = count > high ? count : high;
	}
	check_case("none had much more than another");
	expect(high - low < high / 5);
}

static void
count_and_yield(uintptr_t number)
{
	for (;;) {
		counters[number]++;
		sys_yield();
	}
}

/* Who yields lets equals run, never somebody below. */
static void
test_yield(void)
{
	counters[4] = 0;
	counters[5] = 0;
	counters[0] = 0;
	expect_equal(raw_start(0, LOW, count_for_ever, 0), E_OK);
	expect_equal(raw_start(4, MIDDLE, count_and_yield, 4), E_OK);
	expect_equal(raw_start(5, MIDDLE, count_and_yield, 5), E_OK);
	raw_sleep(5 * MS);
	expect_equal(raw_stop(4), E_OK);
	expect_equal(raw_stop(5), E_OK);
	expect_equal(counters[0], 0);
	uint32_t difference = counters[4] - counters[5];
	/* One is ahead by one, and by one more if the turn that is counted meanwhile ends. */
	expect(difference + 2 <= 4);
	expect(counters[4] > 100);
	expect_equal(raw_stop(0), E_OK);
}

void
threads_test(void)
{
	check_test("threads are configured once, within bounds");
	test_configure();
	check_test("threads stop and start");
	test_stop();
	check_test("threads stop wherever they wait");
	test_stop_blocked();
	check_test("a deadline does not outlive its thread");
	test_deadline_of_earlier_life();
	check_test("a lower thread never runs while a higher one is ready");
	test_priorities();
	check_test("equals take turns");
	test_turns();
	check_test("who yields lets its equals run");
	test_yield();
}
