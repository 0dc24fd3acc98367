/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Calls whose server, client or endpoint closes, dies, restarts or goes meanwhile. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/endpoint.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_pair.h"
#include "tests/host/support/kernel_world.h"

static void
restart(void)
{
	while (endpoint_restart_step(pair.endpoint)) {
	}
}

/* The endpoint closes while its server works: the answer arrives, and then nobody is left there. */
static void
test_closed_while_serving(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_ptr_equal(pair_call(5, 1), pair.server);
	while (endpoint_close_step((struct endpoint *)pair.endpoint->object)) {
	}
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, pair.receive, info_make(0, 3), NULL), pair.server);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_CANCELLED);
	assert_int_equal(world_status(pair.client), E_OK);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), pair.client);
	assert_ptr_equal(pair_call(5, 1), pair.client);
	assert_int_equal(world_status(pair.client), E_DIED);
	restart();
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), pair.server);
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.client);
	pair_call(5, 1);
	assert_int_equal(world_status(pair.client), E_RESTARTED);
	assert_ptr_equal(pair_call(5, 1), pair.server);
	pair_check_received(pair.server, 5, 1);
}

static void
test_restarted_once(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	restart();
	assert_ptr_equal(pair_call(1, 1), pair.client);
	assert_int_equal(world_status(pair.client), E_RESTARTED);
	assert_int_equal(fake_monitor.requests, 0);
	assert_ptr_equal(pair_call(1, 1), pair.server);
	/* Only clients learn it: the receiver's own capability still works. */
	world_syscall(SYS_reply_recv, pair.receive, info_make(0, 0), NULL);
	assert_int_equal(pair.server->state, THREAD_RECEIVING);
}

static void
test_server_dies(void **state)
{
	struct thread *second = world_thread(pair.client_process, 9);

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(1, 1);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	world_run_as(second);
	world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 0), NULL);
	assert_int_equal(second->state, THREAD_QUEUED);
	while (process_stop_step(pair.server_process)) {
	}
	world_run_as(pair.client);
	assert_int_equal(world_status(pair.client), E_DIED);
	while (endpoint_close_step((struct endpoint *)pair.endpoint->object)) {
	}
	assert_int_equal(world_status(second), E_DIED);
	assert_ptr_equal(pair_call(1, 1), pair.client);
	assert_int_equal(world_status(pair.client), E_DIED);
}

static void
test_endpoint_destroyed(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	while (slot_child(pair.endpoint) != NULL) {
		world_delete(slot_child(pair.endpoint));
	}
	world_delete(pair.endpoint);
	assert_ptr_equal(world_run(), pair.server);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_CANCELLED);
}

/* Who only manages an endpoint gets no message there, whichever way it asks. */
static void
test_manager_receives_nothing(void **state)
{
	uint32_t manage =
		world_grant(pair.server_process, pair.endpoint, 0, RIGHT_MANAGE | RIGHT_SEND, 0);

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, manage, 0, NULL);
	assert_int_equal(pair.server->state, THREAD_READY);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_HANDLE);
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_ptr_equal(pair_call(1, 1), pair.server);
	assert_ptr_equal(world_syscall(SYS_reply_recv, manage, info_make(0, 0), NULL), pair.server);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_HANDLE);
}

/* What keeps a caller goes: nobody can answer that one any more, so its call ends. */
static void
test_reply_destroyed(void **state)
{
	struct slot *reply = world_make(KIND_REPLY, 0, 3);
	uint32_t handle = world_grant(pair.server_process, reply, KIND_REPLY, 7, 0);

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(1, 1);
	world_syscall(SYS_call, handle, info_make(REPLY_HOLD, 0), NULL);
	assert_int_equal(world_status(pair.server), E_OK);
	world_delete(slot_child(reply));
	assert_int_equal(pair.client->state, THREAD_CALLING);
	world_delete(reply);
	assert_int_equal(pair.client->state, THREAD_READY);
	assert_int_equal(world_status(pair.client), E_DIED);
	/* The server owes nothing: it serves the next call. */
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.client);
	assert_ptr_equal(pair_call(5, 1), pair.server);
	pair_check_received(pair.server, 5, 1);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, pair_start, world_end),                              \
		cmocka_unit_test_setup_teardown(name, pair_start_plain, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_closed_while_serving),
		TEST(test_restarted_once),
		TEST(test_server_dies),
		TEST(test_endpoint_destroyed),
		TEST(test_reply_destroyed),
		TEST(test_manager_receives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
