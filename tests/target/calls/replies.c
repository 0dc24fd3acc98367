/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers: later, twice, to nobody, and such as the policy does not let through. */
#include "abi/abi.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define MS      UINT64_C(1000000)
#define PENDING 1000u /* no status */

static struct {
	volatile uint32_t status;
	volatile uint32_t info;
	volatile uint32_t value;
} held;

static void
call_later(uintptr_t deadline_ms)
{
	struct message message;

	if (deadline_ms != 0) {
		sys_deadline(sys_clock() + deadline_ms * MS);
	}
	message.info = info_make(WORK_LATER, 0);
	uint32_t status = sys_call(TESTER_WORK, &message);
	held.info = message.info;
	held.value = message.bytes[0] | (uint32_t)message.bytes[1] << 8;
	held.status = status;
}

static void
start_held(uintptr_t deadline_ms)
{
	held.status = PENDING;
	expect_equal(raw_start(0, 8, call_later, deadline_ms), E_OK);
	raw_sleep(MS);
}

static uint32_t
release(uint32_t value)
{
	uint32_t status = PENDING;

	expect_equal(work_release(TESTER_WORK, value, &status), E_OK);
	raw_sleep(MS);
	return status;
}

/* A caller that left is no offence of the server's, and nothing is recorded; a second answer is. */
static void
expect_cancelled(void)
{
	struct record record;

	record_drain(TESTER_MONITOR);
	expect_equal(release(1), E_CANCELLED);
	expect_equal(record_drain(TESTER_MONITOR), 0);
	expect_equal(release(1), E_STATE);
	expect(record_next(TESTER_MONITOR, &record));
	expect_equal(record.reason, KSM_CAPABILITY);
	expect_equal(record.event, KSM_REPLY);
}

static void
test_held(void)
{
	uint32_t second = PENDING;

	check_case("answered later");
	start_held(0);
	expect_equal(held.status, PENDING);
	expect_equal(release(0x1234), E_OK);
	expect_equal(held.status, E_OK);
	expect_equal(held.info, info_make(0, 4));
	expect_equal(held.value, 0x1234);
	check_case("answered again");
	expect_equal(release(1), E_STATE);
	expect_equal(raw_stop(0), E_OK);
	check_case("one object holds one");
	start_held(0);
	expect_equal(work_hold_wrong(TESTER_WORK, &second), E_OK);
	expect_equal(second, E_STATE);
	expect_equal(release(7), E_OK);
	expect_equal(held.value, 7);
	expect_equal(raw_stop(0), E_OK);
	check_case("the caller did not wait so long");
	start_held(3);
	expect_equal(held.status, PENDING);
	raw_sleep(5 * MS);
	expect_equal(held.status, E_TIMEOUT);
	expect_cancelled();
	expect_equal(held.status, E_TIMEOUT);
	expect_equal(raw_stop(0), E_OK);
	check_case("the caller is gone");
	start_held(0);
	expect_equal(raw_stop(0), E_OK);
	expect_cancelled();
}

static void
test_owing(void)
{
	uint32_t status = PENDING;

	expect_equal(work_receive_owing(TESTER_WORK, &status), E_OK);
	expect_equal(status, E_STATE);
}

static void
test_answer(uint32_t how, uint32_t expected, uint32_t expected_first)
{
	uint8_t value = 0;
	uint32_t first = PENDING;
	uint32_t second = PENDING;

	expect_equal(work_answer(TESTER_WORK, how, &value), expected);
	expect_equal(value, expected == E_OK ? 5 : 0);
	expect_equal(work_last(TESTER_WORK, &first, &second), E_OK);
	expect_equal(first, expected_first);
	expect_equal(second, E_STATE);
}

static void
test_answers(void)
{
	test_answer(0, E_OK, E_OK);
	test_answer(1, WORK_ERROR_UNLUCKY, E_OK);
}

static void
test_denied_answers(void)
{
	static const char *const names[] = {[2] = "too short",
		"too long",
		"value out of range",
		"unknown error",
		"greatest error",
		"error with payload",
		"bit 27",
		"bit 29",
		"as a notification",
		"as a failure",
		"1025 bytes",
		"2047 bytes"};

	for (uint32_t how = 2; how < sizeof(names) / sizeof(names[0]); how++) {
		check_case(names[how]);
		test_answer(how, E_DENIED, E_DENIED);
	}
	record_drain(TESTER_MONITOR);
}

/* Every length both ways through the stubs of the C library; machine/exchange.c has the registers.
 */
static void
test_lengths(void)
{
	static uint8_t there[1024];
	static uint8_t back[1024];

	for (uint32_t i = 0; i < sizeof(there); i++) {
		there[i] = (uint8_t)(i * 7 + 1);
	}
	for (uint32_t length = 0; length <= sizeof(there); length++) {
		uint32_t returned = PENDING;
		__builtin_memset(back, 0, sizeof(back));
		expect_equal(
			work_echo(TESTER_WORK, there, length, back, sizeof(back), &returned), E_OK);
		expect_equal(returned, length);
		expect(__builtin_memcmp(there, back, length) == 0);
		expect(length == sizeof(back) || back[length] == 0);
	}
}

void
replies_test(void)
{
	check_test("answers through a reply object");
	test_held();
	check_test("no receive while an answer is owed");
	test_owing();
	check_test("an answer is given once");
	test_answers();
	check_test("answers that the policy does not let through");
	test_denied_answers();
	check_test("messages of every length");
	test_lengths();
}
