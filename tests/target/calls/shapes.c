/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Requests that are not what their interface says: methods, info words, lengths, values. */
#include "abi/abi.h"
#include "calls/counts.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "gen/core/core_abi.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

#define OWN 0x55u /* what the payload registers hold where a test does not care */

static void
expect_denied(uint32_t handle, uint32_t info, uint8_t first, uint8_t reason)
{
	struct message message = {.info = info};

	for (uint32_t i = 0; i < sys_payload_bytes; i++) {
		message.bytes[i] = i == 0 ? first : OWN;
	}
	expect_equal(sys_call(handle, &message), E_DENIED);
	/* Nothing of it comes back. */
	expect_equal(message.info, 0);
	counts_expect_denial(reason, handle);
}

static void
test_methods(void)
{
	static const uint32_t methods[] = {0, 12, 13, 99, 0x100, 0x7fff, 0x8000, 0xffff};

	for (uint32_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		expect_denied(TESTER_WORK, methods[i], 0, KSM_SHAPE);
		expect_denied(HANDLE_ACCOUNT, methods[i], 0, KSM_SHAPE);
		expect_denied(TESTER_MONITOR, methods[i], 0, KSM_SHAPE);
	}
}

static void
test_info(void)
{
	for (uint32_t bit = 27; bit < 32; bit++) {
		expect_denied(TESTER_WORK, UINT32_C(1) << bit | WORK_LAST, 0, KSM_SHAPE);
		expect_denied(HANDLE_ACCOUNT, UINT32_C(1) << bit | UNTYPED_INFO, 0, KSM_SHAPE);
	}
	for (uint32_t length = 1025; length < 2048; length += 93) {
		expect_denied(TESTER_WORK, info_make(WORK_ECHO, length), 0, KSM_SHAPE);
	}
	expect_denied(TESTER_WORK, info_make(WORK_ECHO, 2047), 0, KSM_SHAPE);
}

static void
test_lengths(void)
{
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 0), 0, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 2), 0, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 1024), 0, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_LAST, 1), 0, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_SLOW, 7), 0, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_SLOW, 9), 0, KSM_SHAPE);
	expect_denied(HANDLE_ACCOUNT, info_make(UNTYPED_INFO, 1), 0, KSM_SHAPE);
	expect_denied(HANDLE_ACCOUNT, info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES - 1), 0,
		KSM_SHAPE);
	expect_denied(HANDLE_ACCOUNT, info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES + 1), 0,
		KSM_SHAPE);
}

static void
test_values(void)
{
	uint8_t value;

	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 1), 8, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 1), 255, KSM_SHAPE);
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 1), 4, KSM_GUARD);
	expect_denied(TESTER_WORK, info_make(WORK_RANGED, 1), 7, KSM_GUARD);
	expect_denied(TESTER_WORK, info_make(WORK_REFUSED, 0), 0, KSM_DEFAULT);
	for (uint8_t i = 0; i < 3; i++) {
		expect_equal(work_ranged(TESTER_WORK, i, &value), E_OK);
		expect_equal(value, i);
	}
	expect_equal(work_ranged(TESTER_WORK, 3, &value), WORK_ERROR_UNLUCKY);
}

/* The policy counts amount + steps.len + 3, up to 40, and asks for spent + 2 * amount below 30. */
static void
test_sums(void)
{
	static const uint16_t steps[] = {1, 2, 3, 4};
	static const struct {
		uint8_t amount, most, count;
		uint8_t reason;
	} calls[] = {
		{5, 2, 2, KSM_GRANTED}, /* 10 are spent */
		{5, 1, 2, KSM_GUARD},   /* more steps than it says */
		{10, 0, 0, KSM_GUARD},
		{9, 0, 0, KSM_GRANTED}, /* 22 */
		{4, 4, 4, KSM_GUARD},
		{3, 4, 4, KSM_GRANTED}, /* 32 */
		{0, 0, 0, KSM_GUARD},
	};

	for (uint32_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		uint32_t status = work_spend(
			TESTER_WORK, calls[i].amount, calls[i].most, steps, calls[i].count);

		expect_equal(status, calls[i].reason == KSM_GRANTED ? E_OK : E_DENIED);
		if (calls[i].reason != KSM_GRANTED) {
			counts_expect_denial(calls[i].reason, TESTER_WORK);
		}
	}
}

/* What the generated rules leave out: methods of kernel objects that are init's. */
static void
test_kernel_methods(void)
{
	expect_denied(HANDLE_ACCOUNT, info_make(UNTYPED_RESET, 0), 0, KSM_DEFAULT);
	expect_denied(HANDLE_PROCESS, info_make(PROCESS_STOP, 0), 0, KSM_DEFAULT);
	expect_denied(
		HANDLE_PROCESS, info_make(PROCESS_START, PROCESS_START_CALL_BYTES), 0, KSM_DEFAULT);
}

void
shapes_test(void)
{
	record_drain(TESTER_MONITOR);
	check_test("methods that do not exist");
	test_methods();
	check_test("info words with bits that mean nothing");
	test_info();
	check_test("payload too short or too long");
	test_lengths();
	check_test("values outside of type, range and rule");
	test_values();
	check_test("sums, counted and asked for");
	test_sums();
	check_test("kernel methods that no rule gives a process");
	test_kernel_methods();
}
