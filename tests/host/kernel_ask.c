/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a server asks about its callers: only about them, and exactly what it says. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_pair.h"
#include "tests/host/support/kernel_world.h"

#define TARGET    9u
#define INTERFACE 17u
#define METHOD    5u
#define ARGUMENTS 40u /* bytes: with what stands before them, more than fits in registers */

static uint32_t
ask(bool is_held)
{
	uint8_t bytes[REPLY_ASK_CALL_BYTES + ARGUMENTS] = {0};

	put_u16(bytes + REPLY_ASK_TARGET_OFFSET, TARGET);
	put_u16(bytes + REPLY_ASK_INTERFACE_OFFSET, INTERFACE);
	put_u16(bytes + REPLY_ASK_METHOD_OFFSET, METHOD);
	bytes[REPLY_ASK_HELD_OFFSET] = is_held;
	pair_fill(bytes + REPLY_ASK_CALL_BYTES, ARGUMENTS, 50);
	memcpy(pair.server->buffer, bytes, sizeof(bytes));
	world_run_as(pair.server);
	world_syscall(SYS_call, pair.reply, info_make(REPLY_ASK, sizeof(bytes)), bytes);
	return world_status(pair.server);
}

static void
serve(void)
{
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_ptr_equal(pair_call(8, 1), pair.server);
}

static void
check_asked(uint32_t times)
{
	uint8_t arguments[ARGUMENTS];

	pair_fill(arguments, ARGUMENTS, 50);
	assert_int_equal(fake_monitor.asks, times);
	assert_int_equal(fake_monitor.asked_client, LABEL_INIT + 2);
	assert_int_equal(fake_monitor.asked_target, TARGET);
	assert_int_equal(fake_monitor.asked_interface, INTERFACE);
	assert_int_equal(fake_monitor.asked_info, info_make(METHOD, ARGUMENTS));
	assert_memory_equal(fake_monitor.asked, arguments, ARGUMENTS);
}

static void
test_present(void **state)
{
	(void)state;
	serve();
	assert_int_equal(ask(false), E_OK);
	check_asked(1);
	fake_monitor.deny_asks = true;
	assert_int_equal(ask(false), E_DENIED);
	check_asked(2);
	/* It still owes the answer. */
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_OK);
	assert_int_equal(ask(false), E_STATE);
	assert_int_equal(fake_monitor.asks, 2);
}

static void
test_held(void **state)
{
	(void)state;
	serve();
	assert_int_equal(ask(true), E_STATE); /* the object holds nobody */
	world_syscall(SYS_call, pair.reply, info_make(REPLY_HOLD, 0), NULL);
	assert_int_equal(ask(false), E_STATE);
	assert_int_equal(fake_monitor.asks, 0);
	assert_int_equal(ask(true), E_OK);
	check_asked(1);
	world_syscall(SYS_reply, pair.reply, info_make(0, 0), NULL);
	assert_int_equal(ask(true), E_STATE);
}

static void
test_client_gone(void **state)
{
	(void)state;
	serve();
	thread_stop(pair.client);
	assert_int_equal(ask(false), E_STATE);
	assert_int_equal(fake_monitor.asks, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pair_start, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_present),
		TEST(test_held),
		TEST(test_client_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
