/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Handles that name nothing, or the wrong thing: refused and recorded by every system call. */
#include "abi/abi.h"
#include "calls/counts.h"
#include "calls/raw.h"
#include "calls/tests.h"
#include "check.h"
#include "gatehouse/syscall.h"
#include "gen/core/core_abi.h"
#include "ksm/engine/ksm.h"
#include "process_tester.h"
#include "records.h"

static uint32_t
by_call(uint32_t handle)
{
	return raw_call(handle, info_make(1, 0));
}

static uint32_t
by_signal(uint32_t handle)
{
	return sys_signal(handle);
}

static uint32_t
by_wait(uint32_t handle)
{
	uint32_t bits;

	return sys_wait(handle, &bits);
}

static uint32_t
by_poll(uint32_t handle)
{
	uint32_t bits;

	return sys_poll(handle, &bits);
}

static uint32_t
by_recv(uint32_t handle)
{
	struct message message;
	struct caller caller;

	sys_recv(handle, &message, &caller);
	expect_equal(message.info & ~INFO_METHOD_MASK, INFO_FAILED);
	expect_equal(caller.badge, 0);
	expect_equal(caller.label, 0);
	return info_method(message.info);
}

static uint32_t
by_reply(uint32_t handle)
{
	const struct message message = {.info = info_make(0, 0)};

	return sys_reply(handle, &message);
}

static const struct {
	const char *name;
	uint32_t (*call)(uint32_t handle);
	bool zero_is_special;
} ways[] = {
	{"call", by_call, false},
	{"signal", by_signal, false},
	{"wait", by_wait, true},
	{"poll", by_poll, false},
	{"recv", by_recv, false},
	{"reply", by_reply, true},
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))

static void
expect_refused(uint32_t way, uint32_t handle, uint32_t status)
{
	check_case(ways[way].name);
	expect_equal(ways[way].call(handle), status);
	counts_expect_denial(KSM_CAPABILITY, handle);
}

static void
test_bad(void)
{
	static const uint32_t handles[] = {
		0,                              /* never valid */
		8,                              /* a slot that is used, generation 0 */
		HANDLE_INITIAL(0),              /* the slot that leads to the process */
		HANDLE_INITIAL(7),              /* between the fixed ones and the uses: empty */
		HANDLE_INITIAL(15),             /* an optional use that is not wired */
		HANDLE_INITIAL(200),            /* never used, or behind the table */
		HANDLE_INITIAL(4095),           /* the last that a handle can name */
		HANDLE_INITIAL(8) + (1u << 12), /* the generation after */
		HANDLE_INITIAL(3) + (1u << 12),
		HANDLE_INITIAL(8) | UINT32_C(0x80000000),
		HANDLE_INDEX_MASK, /* slot 0's own word, should anybody guess it */
		UINT32_MAX,
	};

	for (uint32_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++) {
		for (uint32_t way = 0; way < WAYS; way++) {
			if (handles[i] != 0 || !ways[way].zero_is_special) {
				expect_refused(way, handles[i], E_HANDLE);
			}
		}
	}
}

static void
test_wrong_kind(void)
{
	static const uint32_t no_signal[] = {HANDLE_PROCESS, HANDLE_ACCOUNT, HANDLE_ENDPOINT,
		HANDLE_NOTIFICATION, HANDLE_THREAD, HANDLE_REPLY, TESTER_WORK, TESTER_MONITOR,
		TESTER_POWER};

	for (uint32_t i = 0; i < sizeof(no_signal) / sizeof(no_signal[0]); i++) {
		uint32_t handle = no_signal[i];
		expect_refused(1, handle, E_HANDLE);
		if (handle != HANDLE_NOTIFICATION) {
			expect_refused(2, handle, E_HANDLE);
			expect_refused(3, handle, E_HANDLE);
		}
		if (handle != HANDLE_ENDPOINT) {
			expect_refused(4, handle, E_HANDLE);
		}
		/* Of the right kind, but nobody waits. */
		expect_refused(5, handle, handle == HANDLE_REPLY ? E_STATE : E_HANDLE);
	}
	/* The right to receive is not the right to send, and the other way round. */
	expect_refused(0, HANDLE_ENDPOINT, E_HANDLE);
	expect_refused(2, TESTER_BELL, E_HANDLE);
	expect_refused(3, TESTER_BELL, E_HANDLE);
	expect_refused(4, TESTER_WORK, E_HANDLE);
}

/* A method that the policy grants, but the capability has not the right: on record like any bad
 * handle (decisions B5). */
static void
test_without_right(void)
{
	uint32_t denied = counts_denied();

	expect_equal(raw_call(HANDLE_NOTIFICATION, info_make(NOTIFICATION_CLEAR, 0)), E_HANDLE);
	counts_expect_denial(KSM_CAPABILITY, HANDLE_NOTIFICATION);
	expect_equal(counts_denied() - denied, 1);
}

static void
test_zero(void)
{
	uint32_t bits;

	record_drain(TESTER_MONITOR);
	check_case("wait for nothing, for ever");
	expect_equal(sys_wait(0, &bits), E_ARGUMENT);
	check_case("answer to nobody");
	expect_equal(by_reply(0), E_STATE);
	counts_expect_denial(KSM_CAPABILITY, 0);
}

void
handles_test(void)
{
	record_drain(TESTER_MONITOR);
	check_test("handles that name nothing");
	test_bad();
	check_test("handles that name something else");
	test_wrong_kind();
	check_test("a kernel method without the right is refused and recorded");
	test_without_right();
	check_test("handle 0");
	test_zero();
}
