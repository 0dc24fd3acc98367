/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities in messages, requests without an answer, cancelled calls, faulted clients. */
#include "abi/abi.h"
#include "calls/counts.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define MS      UINT64_C(1000000)
#define PENDING 1000u /* no status */

static void
test_request(void)
{
	uint32_t status = PENDING;

	expect_equal(pass_take(TESTER_PASS, TESTER_BELL, &status), E_OK);
	expect_equal(status, E_OK);
	check_case("it went with the answer");
	expect_equal(pass_taken(TESTER_PASS, &status), E_OK);
	expect_equal(status, E_HANDLE);
	check_case("the sender has it as before");
	expect_equal(sys_signal(TESTER_BELL), E_OK);
	record_drain(TESTER_MONITOR);
}

static void
test_refused(void)
{
	uint32_t status = PENDING;

	check_case("not what the interface says");
	expect_equal(pass_take(TESTER_PASS, TESTER_WORK, &status), E_DENIED);
	counts_expect_denial(KSM_SHAPE, TESTER_PASS);
	check_case("nothing");
	expect_equal(pass_take(TESTER_PASS, 0, &status), E_HANDLE);
	counts_expect_denial(KSM_CAPABILITY, 0);
	check_case("what nothing is said through");
	expect_equal(pass_take(TESTER_PASS, HANDLE_ENDPOINT, &status), E_HANDLE);
	counts_expect_denial(KSM_CAPABILITY, HANDLE_ENDPOINT);
	check_case("what the receiver may not have");
	expect_equal(pass_take_ring(TESTER_PASS, TESTER_RING), E_DENIED);
}

static void
test_reply(void)
{
	uint32_t bell = 0;

	expect_equal(pass_give(TESTER_PASS, false, &bell), E_OK);
	expect(bell != 0 && bell != TESTER_BELL);
	expect_equal(sys_signal(bell), E_OK);
	expect_equal(process_delete(HANDLE_PROCESS, bell), E_OK);
	expect_equal(sys_signal(bell), E_HANDLE);
	expect_equal(pass_give(TESTER_PASS, true, &bell), E_DENIED);
	record_drain(TESTER_MONITOR);
}

static void
test_oneway(void)
{
	uint32_t value = 0;

	expect_equal(pass_tell(TESTER_PASS, 0x1234), E_OK);
	expect_equal(pass_told(TESTER_PASS, &value), E_OK);
	expect_equal(value, 0x1234);
}

static volatile uint32_t cancelled_status;

static void
call_slow(uintptr_t time_ms)
{
	struct message message = {.info = info_make(WORK_SLOW, 8)};
	uint64_t time_ns = time_ms * MS;

	__builtin_memcpy(message.bytes, &time_ns, sizeof(time_ns));
	cancelled_status = sys_call(TESTER_WORK, &message);
}

static void
wait_long(uintptr_t time_ms)
{
	uint32_t bits;

	sys_deadline(sys_clock() + time_ms * MS);
	cancelled_status = sys_wait(0, &bits);
}

static void
test_cancel(void)
{
	static void (*const tasks[])(uintptr_t) = {call_slow, wait_long};
	uint32_t bits;

	for (uint32_t i = 0; i < 2; i++) {
		cancelled_status = PENDING;
		expect_equal(raw_start(0, 8, tasks[i], 20), E_OK);
		raw_sleep(MS);
		expect_equal(cancelled_status, PENDING);
		expect_equal(thread_cancel(raw_handle(0)), E_OK);
		raw_sleep(MS);
		expect_equal(cancelled_status, E_CANCELLED);
		expect_equal(raw_stop(0), E_OK);
		expect_equal(thread_cancel(raw_handle(0)), E_STATE);
	}
	check_case("itself, which runs");
	expect_equal(thread_cancel(HANDLE_THREAD), E_STATE);
	raw_sleep(30 * MS); /* the server's answer to nobody is no offence */
	expect_equal(record_drain(TESTER_MONITOR), 0);
	sys_poll(HANDLE_NOTIFICATION, &bits);
}

/* A server says that its client broke the protocol: the client dies of it, and it is on record. */
static void
test_blame(void)
{
	struct record record;
	uint32_t incarnation = 0;

	expect_equal(mortal_die(TESTER_MORTAL, 4), E_DIED);
	expect(record_next(TESTER_MONITOR, &record));
	expect_equal(record.event, RECORD_FAULT);
	expect_equal(record.method, FAULT_PROTOCOL);
	expect_equal(record.badge, PASS_BLAME);
	raw_sleep(1500 * MS);
	expect_equal(mortal_ping(TESTER_MORTAL, &incarnation), E_RESTARTED);
	expect_equal(mortal_ping(TESTER_MORTAL, &incarnation), E_OK);
	record_drain(TESTER_MONITOR);
}

void
passes_test(void)
{
	record_drain(TESTER_MONITOR);
	check_test("a capability that comes with a request");
	test_request();
	check_test("capabilities that do not arrive");
	test_refused();
	check_test("a capability that comes with an answer");
	test_reply();
	check_test("a request without an answer");
	test_oneway();
	check_test("cancelled");
	test_cancel();
	check_test("a client that is faulted by its server");
	test_blame();
}
