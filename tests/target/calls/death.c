/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Servers that die during a call, in front of a queue, for a while or for ever (decisions B8). */
#include "abi/abi.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "process_tester.h"
#include "records.h"

#define MS        UINT64_C(1000000)
#define RESTART   (1500 * MS) /* init waits at most 1 s */
#define PENDING   1000u
#define EXIT_CODE 42

static struct {
	volatile uint32_t status;
	volatile uint32_t value;
} results[3];

static uint32_t
ping(uint32_t handle)
{
	uint32_t incarnation = 0;
	uint32_t status = mortal_ping(handle, &incarnation);

	return status == E_OK ? incarnation : PENDING + status;
}

static void
die_later(uintptr_t handle)
{
	struct message message = {.info = info_make(MORTAL_DIE_LATER, 8)};
	uint64_t time_ns = 5 * MS;

	__builtin_memcpy(message.bytes, &time_ns, sizeof(time_ns));
	results[0].status = sys_call((uint32_t)handle, &message);
}

static void
ping_queued(uint32_t number, uint32_t handle)
{
	struct message message = {.info = info_make(MORTAL_PING, 0)};
	uint32_t status = sys_call(handle, &message);

	results[number].value = message.bytes[0];
	results[number].status = status;
}

static void
ping_first(uintptr_t handle)
{
	ping_queued(1, (uint32_t)handle);
}

static void
ping_second(uintptr_t handle)
{
	ping_queued(2, (uint32_t)handle);
}

/* One is with the server when it dies, two wait behind it. */
static void
die_before_queue(uint32_t handle)
{
	static void (*const tasks[])(uintptr_t) = {die_later, ping_first, ping_second};

	for (uint32_t i = 0; i < 3; i++) {
		results[i].status = PENDING;
		expect_equal(raw_start(i, 8, tasks[i], handle), E_OK);
		raw_sleep(MS);
	}
	raw_sleep(RESTART);
	for (uint32_t i = 0; i < 3; i++) {
		expect_equal(raw_stop(i), E_OK);
	}
}

static void
test_die(void)
{
	static const char *const names[] = {"fault", "exit", "holding its caller", "thread"};
	struct record record;

	for (uint32_t how = 0; how < sizeof(names) / sizeof(names[0]); how++) {
		check_case(names[how]);
		uint32_t incarnation = ping(TESTER_MORTAL);
		record_drain(TESTER_MONITOR);
		expect_equal(mortal_die(TESTER_MORTAL, how), E_DIED);
		expect(record_next(TESTER_MONITOR, &record));
		expect_equal(record.event, RECORD_FAULT);
		expect_equal(record.method, how == 1 ? FAULT_EXIT : FAULT_WRITE);
		expect_equal(record.operand, how == 1 ? EXIT_CODE : 8);
		raw_sleep(RESTART);
		expect_equal(ping(TESTER_MORTAL), PENDING + E_RESTARTED);
		expect_equal(ping(TESTER_MORTAL), incarnation + 1);
		expect_equal(ping(TESTER_MORTAL), incarnation + 1);
	}
}

static void
test_queue(void)
{
	uint32_t incarnation = ping(TESTER_MORTAL);

	die_before_queue(TESTER_MORTAL);
	expect_equal(results[0].status, E_DIED);
	for (uint32_t i = 1; i < 3; i++) {
		expect_equal(results[i].status, E_OK);
		expect_equal(results[i].value, incarnation + 1);
	}
	expect_equal(ping(TESTER_MORTAL), PENDING + E_RESTARTED);
	expect_equal(ping(TESTER_MORTAL), incarnation + 1);
}

/* Asked while there is no server: the call waits for the next one. */
static void
test_absent(void)
{
	uint32_t incarnation = ping(TESTER_MORTAL);

	expect_equal(mortal_die(TESTER_MORTAL, 0), E_DIED);
	expect_equal(ping(TESTER_MORTAL), incarnation + 1);
	expect_equal(ping(TESTER_MORTAL), PENDING + E_RESTARTED);
	expect_equal(ping(TESTER_MORTAL), incarnation + 1);
}

static void
test_once(void)
{
	expect_equal(ping(TESTER_ONCE), 1);
	die_before_queue(TESTER_ONCE);
	for (uint32_t i = 0; i < 3; i++) {
		expect_equal(results[i].status, E_DIED);
	}
	for (uint32_t i = 0; i < 10; i++) {
		uint64_t start_ns = sys_clock();
		expect_equal(ping(TESTER_ONCE), PENDING + E_DIED);
		expect(sys_clock() - start_ns < MS);
	}
}

void
death_test(void)
{
	check_test("a server that dies during a call");
	test_die();
	check_test("a server that dies before a queue");
	test_queue();
	check_test("a call while there is no server");
	test_absent();
	check_test("a server that is not started again");
	test_once();
	record_drain(TESTER_MONITOR);
}
