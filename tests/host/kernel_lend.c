/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Who runs on which budget: a caller's while a server works for it, the rest on credit. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/budget.h"
#include "kernel/endpoint.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"

#define INTERFACE 16u
#define INFO      info_make(3, 0)
#define MS        UINT64_C(1000000)
#define AMOUNT    (2 * MS)
#define PERIOD    (10 * MS)
#define RESERVE   (3 * MS)

static struct process *server_process, *client_process, *other_process;
static struct thread *server, *client, *other;
static struct slot *endpoint;
static uint32_t receive_handle, call_handle, other_handle;

/* A server with a reserve, a client with a budget, another client with none. */
static int
setup(void **state)
{
	world_start(state);
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	server_process = world_process(1);
	client_process = world_process(2);
	other_process = world_process(3);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	call_handle = world_grant(client_process, endpoint, INTERFACE, RIGHT_SEND, 77);
	other_handle = world_grant(other_process, endpoint, INTERFACE, RIGHT_SEND, 78);
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	other = world_thread(other_process, 5);
	assert_int_equal(budget_declare(client_process->budget, AMOUNT, PERIOD, 0), E_OK);
	assert_int_equal(budget_declare(server_process->budget, 0, 0, RESERVE), E_OK);
	world_run_as(server);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), client);
	return 0;
}

/* The same with the kernel's short way of messages. */
static int
setup_short(void **state)
{
	setup(state);
	fake_monitor_set_plain();
	return 0;
}

/* The thread that runs computes; who runs after that. */
static struct thread *
compute(uint64_t ns)
{
	fake_clock_advance(ns);
	return world_interrupt();
}

static void
test_parked(void **state)
{
	(void)state;
	assert_ptr_equal(compute(AMOUNT - 1), client);
	assert_ptr_equal(compute(1), other);
	assert_int_equal(client->state, THREAD_READY);
	assert_ptr_equal(compute(PERIOD - AMOUNT - 1), other);
	assert_ptr_equal(compute(1), client);
	assert_ptr_equal(compute(AMOUNT), other);
	assert_int_equal(client_process->budget->used_ticks, 2 * AMOUNT);
	assert_int_equal(other_process->budget->used_ticks, PERIOD - AMOUNT);
}

/* A thread that is stopped, or whose process dies, while it waits for a refill. */
static void
test_stopped_while_parked(void **state)
{
	(void)state;
	assert_ptr_equal(compute(AMOUNT), other);
	assert_true(client->is_parked);
	thread_stop(client);
	assert_false(client->is_parked);
	assert_ptr_equal(compute(PERIOD), other);
	assert_int_equal(thread_start(client, 0x400000, 0x3d0000, 0, 7), E_OK);
	assert_ptr_equal(compute(1), client);
	assert_ptr_equal(compute(AMOUNT), other);
	while (process_stop_step(client_process)) {
	}
	assert_ptr_equal(compute(PERIOD), other);
}

/* All threads of an instance use the one budget; a refill wakes all that wait. */
static void
test_threads_share(void **state)
{
	struct thread *second = world_thread(client_process, 12);

	(void)state;
	assert_ptr_equal(compute(0), second);
	assert_ptr_equal(compute(AMOUNT), other);
	assert_true(second->is_parked && client->is_parked);
	assert_ptr_equal(compute(PERIOD - AMOUNT), second);
	assert_false(second->is_parked || client->is_parked);
}

/* The client pays for the server's work; afterwards the server works for somebody else at once. */
static void
test_lent(void **state)
{
	(void)state;
	assert_ptr_equal(world_syscall(SYS_call, call_handle, INFO, NULL), server);
	assert_ptr_equal(compute(MS), server);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL), client);
	assert_ptr_equal(compute(MS), other);
	assert_true(client->is_parked);
	assert_int_equal(client_process->budget->used_ticks, AMOUNT);
	assert_int_equal(server_process->budget->used_ticks, 0);
	assert_ptr_equal(world_syscall(SYS_call, other_handle, INFO, NULL), server);
	assert_ptr_equal(compute(5 * MS), server);
	assert_int_equal(other_process->budget->used_ticks, 0);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL), other);
	assert_ptr_equal(compute(PERIOD), client);
	assert_int_equal(other_process->budget->used_ticks, PERIOD + 5 * MS);
}

/* The budget ends inside the server: it finishes, and the client pays it back. */
static void
test_overrun_is_paid_back(void **state)
{
	(void)state;
	assert_ptr_equal(world_syscall(SYS_call, call_handle, INFO, NULL), server);
	assert_ptr_equal(compute(AMOUNT), server);
	assert_true(server->slow & SLOW_CREDIT);
	assert_ptr_equal(compute(MS), server);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL), other);
	assert_int_equal(world_status(client), E_OK);
	assert_false(server->slow & SLOW_CREDIT);
	assert_ptr_equal(compute(PERIOD - AMOUNT - MS), client);
	assert_ptr_equal(compute(AMOUNT - MS), other); /* 1 ms of its 2 ms was used already */
	assert_ptr_equal(compute(PERIOD - AMOUNT + MS), client);
	assert_ptr_equal(compute(AMOUNT), other);
}

/* Being delayed by others costs nothing: what it uses of a refill comes back one period after that
 * was due, not after it could run at last. */
static void
test_no_drift(void **state)
{
	struct thread *urgent = world_thread(other_process, 15);

	(void)state;
	for (uint64_t end_ns = 2 * PERIOD; end_ns <= 20 * PERIOD; end_ns += 2 * PERIOD) {
		/* Delayed by 6 ms ... */
		assert_ptr_equal(compute(0), urgent);
		assert_ptr_equal(compute(6 * MS), urgent);
		world_syscall(SYS_deadline, (uint32_t)end_ns, 0, NULL);
		assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), client);
		assert_ptr_equal(compute(AMOUNT), other);
		/* ... and in time again. */
		assert_ptr_equal(compute(PERIOD - 6 * MS - AMOUNT), client);
		assert_ptr_equal(compute(AMOUNT), other);
		fake_clock_advance(PERIOD - AMOUNT);
	}
	assert_int_equal(client_process->budget->used_ticks, 20 * AMOUNT);
}

/* A call of its own is charged to the same client, and counts for the server that runs. */
static void
test_nested(void **state)
{
	struct slot *deep_endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct process *deep_process = world_process(4);
	uint32_t deep_receive = world_grant(deep_process, deep_endpoint, 0, RIGHT_RECEIVE, 0);
	uint32_t deep_call = world_grant(server_process, deep_endpoint, INTERFACE, RIGHT_SEND, 1);
	struct thread *deep = world_thread(deep_process, 25);

	(void)state;
	assert_int_equal(budget_declare(deep_process->budget, 0, 0, RESERVE), E_OK);
	assert_ptr_equal(compute(0), deep);
	assert_ptr_equal(world_syscall(SYS_recv, deep_receive, 0, NULL), client);
	world_syscall(SYS_call, call_handle, INFO, NULL);
	assert_ptr_equal(compute(AMOUNT), server);
	assert_ptr_equal(compute(RESERVE - MS), server);
	assert_ptr_equal(world_syscall(SYS_call, deep_call, INFO, NULL), deep);
	/* The deeper server has its own reserve, of which nothing was used. */
	assert_ptr_equal(compute(RESERVE - MS), deep);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, deep_receive, info_make(0, 0), NULL), server);
	assert_ptr_equal(compute(MS - 1), server);
	assert_ptr_equal(compute(1), other);
	assert_int_equal(server->state, THREAD_QUEUED);
	assert_int_equal(client_process->budget->used_ticks, AMOUNT + 2 * RESERVE - MS);
}

/* Beyond its reserve it is the server's fault: its supervisor is told, and ends the call. */
static void
test_reserve_fault(void **state)
{
	const uint8_t *report = server->stage;

	(void)state;
	world_syscall(SYS_call, call_handle, INFO, NULL);
	assert_ptr_equal(compute(AMOUNT), server);
	assert_ptr_equal(compute(RESERVE - 1), server);
	assert_ptr_equal(compute(1), other);
	assert_int_equal(server->state, THREAD_QUEUED);
	assert_ptr_equal(server->call.endpoint, world.endpoint->object);
	assert_int_equal(report[FAULT_REPORT_KIND_OFFSET], FAULT_RESERVE);
	while (process_stop_step(server_process)) {
	}
	assert_int_equal(world_status(client), E_DIED);
	assert_true(client_process->budget->used_ticks == AMOUNT + RESERVE);
	/* Overrun by one and a half budgets: nothing before the second refill. */
	assert_ptr_equal(compute(PERIOD), other);
	assert_ptr_equal(compute(PERIOD), client);
}

/* Each call has the whole reserve: what one client overran does not fault the server with the
 * next. */
static void
test_reserve_is_for_each_call(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_ptr_equal(world_syscall(SYS_call, call_handle, INFO, NULL), server);
		assert_ptr_equal(compute(AMOUNT), server);
		assert_ptr_equal(compute(RESERVE - 1), server);
		assert_ptr_equal(
			world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL),
			other);
		assert_ptr_equal(compute(10 * PERIOD), client);
	}
}

/* A queued call of a client that has nothing left is not begun: it waits for the refill. */
static void
test_queued_call_waits(void **state)
{
	struct thread *second = world_thread(client_process, 11);

	(void)state;
	assert_ptr_equal(compute(0), second);
	assert_ptr_equal(world_syscall(SYS_call, call_handle, INFO, NULL), server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), client);
	assert_ptr_equal(world_syscall(SYS_call, call_handle, INFO, NULL), other);
	assert_int_equal(client->state, THREAD_QUEUED);
	assert_ptr_equal(compute(1000), server);
	assert_ptr_equal(compute(AMOUNT), server);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL), other);
	assert_int_equal(server->state, THREAD_RECEIVING);
	assert_true(client->is_parked);
	assert_int_equal(client->context.answer, FAKE_RESTART);
	assert_ptr_equal(compute(PERIOD), second);
}

/* The caller leaves while the server runs on its credit: the rest is the server's own. */
static void
test_caller_dies_meanwhile(void **state)
{
	(void)state;
	world_syscall(SYS_call, call_handle, INFO, NULL);
	assert_ptr_equal(compute(AMOUNT + MS), server);
	assert_true(server->slow & SLOW_CREDIT);
	while (process_stop_step(client_process)) {
	}
	assert_ptr_equal(compute(MS), server);
	assert_false(server->slow & SLOW_CREDIT);
	assert_ptr_equal(compute(100 * MS), server);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL), other);
	assert_int_equal(server_process->budget->used_ticks, 100 * MS);
}

/* An answer that is put off is owed, but not worked on: the server runs on its own. */
static void
test_held_answer(void **state)
{
	uint32_t reply =
		world_grant(server_process, world_make(KIND_REPLY, 0, 3), KIND_REPLY, 7, 0);

	(void)state;
	world_syscall(SYS_call, call_handle, INFO, NULL);
	assert_ptr_equal(compute(MS), server);
	world_syscall(SYS_call, reply, info_make(REPLY_HOLD, 0), NULL);
	assert_int_equal(world_status(server), E_OK);
	assert_ptr_equal(compute(10 * MS), server);
	assert_int_equal(client_process->budget->used_ticks, MS);
	world_syscall(SYS_reply, reply, info_make(0, 0), NULL);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), client);
}

/* Only of an instance that has not started. */
static void
test_method(void **state)
{
	struct slot *slot = world_make(KIND_PROCESS, 16, LABEL_INIT);
	struct process *process = (struct process *)slot->object;

	(void)state;
	assert_int_equal(process_budget(process, AMOUNT, PERIOD, 0), E_STATE); /* no instance */
	assert_int_equal(process_budget(client_process, AMOUNT, PERIOD, 0), E_STATE); /* started */
	process->label = LABEL_FIRST;
	assert_int_equal(process_budget(process, 0, 0, RESERVE), E_OK);
	process->label = LABEL_NONE;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_parked, setup, world_end),
		cmocka_unit_test_setup_teardown(test_stopped_while_parked, setup, world_end),
		cmocka_unit_test_setup_teardown(test_threads_share, setup, world_end),
		cmocka_unit_test_setup_teardown(test_lent, setup, world_end),
		cmocka_unit_test_setup_teardown(test_lent, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_overrun_is_paid_back, setup, world_end),
		cmocka_unit_test_setup_teardown(test_overrun_is_paid_back, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_no_drift, setup, world_end),
		cmocka_unit_test_setup_teardown(test_nested, setup, world_end),
		cmocka_unit_test_setup_teardown(test_nested, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_reserve_fault, setup, world_end),
		cmocka_unit_test_setup_teardown(test_reserve_fault, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_reserve_is_for_each_call, setup, world_end),
		cmocka_unit_test_setup_teardown(
			test_reserve_is_for_each_call, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_queued_call_waits, setup, world_end),
		cmocka_unit_test_setup_teardown(test_caller_dies_meanwhile, setup, world_end),
		cmocka_unit_test_setup_teardown(test_caller_dies_meanwhile, setup_short, world_end),
		cmocka_unit_test_setup_teardown(test_held_answer, setup, world_end),
		cmocka_unit_test_setup_teardown(test_method, setup, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
