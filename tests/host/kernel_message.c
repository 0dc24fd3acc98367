/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Calls, receives, replies: what arrives, who waits, what is refused. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "ksm/engine/ksm.h"
#include "tests/host/support/kernel_pair.h"
#include "tests/host/support/kernel_world.h"

static void
test_server_first(void **state)
{
	const uint8_t answer[ARCH_PAYLOAD_BYTES] = {9, 8, 7};

	(void)state;
	world_run_as(pair.server);
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.client);
	assert_ptr_equal(pair_call(5, 40), pair.server);
	pair_check_received(pair.server, 5, 40);
	assert_int_equal(pair.client->state, THREAD_CALLING);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, pair.receive, info_make(0, 3), answer), pair.client);
	assert_int_equal(world_status(pair.client), E_OK);
	assert_int_equal(pair.client->context.info, info_make(0, 3));
	assert_memory_equal(pair.client->context.payload, answer, 3);
	assert_int_equal(fake_monitor.requests + fake_monitor_plain(KSM_CALL), 1);
	assert_int_equal(fake_monitor.replies + fake_monitor_plain(KSM_REPLY), 1);
}

static void
test_client_first(void **state)
{
	(void)state;
	world_run_as(pair.server);
	assert_ptr_equal(world_syscall(SYS_deadline, 1000, 0, NULL), pair.server);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), pair.client);
	assert_null(pair_call(PAIR_LONG, 1) == pair.client ? pair.client : NULL);
	assert_ptr_equal(world_interrupt(), pair.server);
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.server);
	pair_check_received(pair.server, PAIR_LONG, 1);
}

/* What is judged is what arrives: the sender's buffer changes while its message waits. */
static void
test_held_bytes(void **state)
{
	uint8_t expected[64];

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	pair_call(PAIR_LONG, 1);
	pair_fill(expected, sizeof(expected), 1);
	if (!fake_monitor.is_plain) {
		assert_memory_equal(fake_monitor.request, expected, sizeof(expected));
	}
	memset(pair.client->buffer, 0xff, PAGE_BYTES);
	assert_ptr_equal(world_interrupt(), pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_check_received(pair.server, PAIR_LONG, 1);
}

/* Each length arrives exactly, and not one byte more. */
static void
test_lengths(void **state)
{
	static const uint32_t lengths[] = {0, 1, 15, 16, 17, 31, 1023, 1024};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		world_run_as(pair.server);
		memset(pair.server->buffer, 0xcc, PAGE_BYTES);
		world_syscall(SYS_recv, pair.receive, 0, NULL);
		assert_ptr_equal(pair_call(lengths[i], 3), pair.server);
		pair_check_received(pair.server, lengths[i], 3);
		assert_int_equal(pair.server->buffer[lengths[i] < 16 ? 16 : lengths[i]], 0xcc);
		world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
		assert_int_equal(world_status(pair.server), E_OK);
	}
}

static void
test_bad_info(void **state)
{
	static const uint32_t infos[] = {UINT32_C(1) << 27, UINT32_C(1) << 30, UINT32_C(1) << 31,
		1025u << INFO_LENGTH_SHIFT, INFO_LENGTH_MASK << INFO_LENGTH_SHIFT};

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	for (uint32_t i = 0; i < 5; i++) {
		assert_ptr_equal(world_syscall(SYS_call, pair.call, infos[i] | PAIR_METHOD, NULL),
			pair.client);
		assert_int_equal(world_status(pair.client), E_DENIED);
		assert_int_equal(fake_monitor.refused_reason, KSM_SHAPE);
		assert_int_equal(fake_monitor.refusals, i + 1);
	}
	assert_int_equal(pair.server->state, THREAD_RECEIVING);
}

static void
test_denied(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	fake_monitor.deny_requests = true;
	assert_ptr_equal(pair_call(5, 1), pair.client);
	assert_int_equal(world_status(pair.client), E_DENIED);
	assert_int_equal(pair.server->state, THREAD_RECEIVING);
	fake_monitor.deny_requests = false;
	assert_ptr_equal(pair_call(5, 1), pair.server);
	fake_monitor.deny_replies = true;
	/* A denied answer ends the call for both, and nobody owes anything. */
	assert_ptr_equal(
		world_syscall(SYS_reply, 0, info_make(0, 4), "abcdefghijklmnop"), pair.server);
	assert_int_equal(world_status(pair.server), E_DENIED);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_int_equal(world_status(pair.client), E_DENIED);
	assert_true(pair.client->context.payload[0] == 0);
}

/* A queued request is judged again by the policy that is in force when it is received. */
static void
test_new_epoch(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	pair_call(PAIR_LONG, 1);
	fake_monitor.epoch++;
	fake_monitor.deny_requests = true;
	assert_ptr_equal(world_interrupt(), pair.server);
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.client);
	assert_int_equal(world_status(pair.client), E_DENIED);
	assert_int_equal(fake_monitor.requests + fake_monitor_plain(KSM_CALL), 2);
}

/* The server reads the records itself: a denial while it looks for a request does not let it sleep.
 */
static void
test_denied_while_receiving(void **state)
{
	struct notification *told =
		(struct notification *)world_make(KIND_NOTIFICATION, 0, 3)->object;

	(void)state;
	assert_int_equal(notification_bind(told, pair.server), E_OK);
	world_run_as(pair.server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	pair_call(PAIR_LONG, 1);
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), pair.server);
	fake_monitor.epoch++;
	fake_monitor.deny_requests = true;
	fake_monitor.told = told;
	assert_ptr_equal(world_syscall(SYS_recv, pair.receive, 0, NULL), pair.server);
	assert_int_equal(world_received_info(pair.server), INFO_NOTIFICATION);
	assert_int_equal(world_status(pair.client), E_DENIED);
}

static void
test_bad_handles(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive + 1, 0, NULL); /* the reply object */
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_recv, 0xdead, 0, NULL);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_call, pair.receive, info_make(PAIR_METHOD, 0), NULL);
	assert_int_equal(world_status(pair.server), E_HANDLE); /* may receive, may not send */
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	world_run_as(pair.client);
	world_syscall(SYS_recv, pair.call, 0, NULL);
	assert_int_equal(world_received_info(pair.client), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_signal, pair.call, 0, NULL);
	assert_int_equal(world_status(pair.client), E_HANDLE);
	assert_int_equal(fake_monitor.refusals, 5);
	assert_int_equal(fake_monitor.requests, 0);
}

static void
test_reply_owed_to_nobody(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_STATE);
	world_syscall(SYS_reply, pair.reply, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_STATE);
	world_syscall(SYS_reply, pair.receive, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_HANDLE);
	world_syscall(SYS_reply_recv, pair.receive, info_make(0, 0), NULL);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_STATE);
	assert_int_equal(fake_monitor.refusals, 4);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_ptr_equal(pair_call(1, 1), pair.server);
	/* Who owes an answer cannot take another request. */
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_STATE);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_OK);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_STATE);
}

static void
test_senders_by_priority(void **state)
{
	static const uint8_t priorities[] = {5, 9, 5, 12, 9};
	static const int order[] = {3, 1, 4, 0, 2};
	struct thread *threads[5];

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	thread_stop(pair.client);
	world_thread(pair.client_process,
		1); /* keeps the machine from idling, and so time from passing */
	for (int i = 0; i < 5; i++) {
		threads[i] = world_thread(pair.client_process, priorities[i]);
		world_run_as(threads[i]);
		world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 0), NULL);
	}
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), pair.server);
	for (int i = 0; i < 5; i++) {
		world_syscall(SYS_recv, pair.receive, 0, NULL);
		assert_ptr_equal(pair.server->caller, threads[order[i]]);
		world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	}
}

static void
test_timeout(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_deadline, 5000, 0, NULL);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	thread_stop(pair.client);
	assert_ptr_equal(world_run(), pair.server);
	assert_int_equal(arch_clock_ns(), 5000);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_TIMEOUT);
}

/* The server could not know that its caller left: its answer goes nowhere and is no offence, once.
 */
static void
answer_nobody(void)
{
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_CANCELLED);
	assert_int_equal(fake_monitor.refusals, 0);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.server), E_STATE);
	assert_int_equal(fake_monitor.refusals, 1);
}

/* A caller's deadline holds while its request waits, and while the server works on it. */
static void
test_call_timeout(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	world_run_as(pair.client);
	world_syscall(SYS_deadline, 3000, 0, NULL);
	assert_ptr_equal(pair_call(2, 1), pair.server);
	fake_clock_advance(3000);
	assert_ptr_equal(world_interrupt(), pair.server);
	assert_int_equal(world_status(pair.client), E_TIMEOUT);
	assert_null(pair.server->caller);
	answer_nobody();
	/* The deadline was for that one call. */
	assert_int_equal(pair.client->deadline_ns, 0);
}

static void
test_client_dies(void **state)
{
	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(1, 1);
	while (process_stop_step(pair.client_process)) {
	}
	assert_null(pair.server->caller);
	answer_nobody();
}

static void
test_reply_object(void **state)
{
	const struct slot *slot = slot_find(&pair.server_process->table, pair.reply);
	struct thread *second = world_thread(pair.client_process, 9);

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(1, 1);
	world_syscall(SYS_call, pair.reply, info_make(1, 0), NULL); /* hold */
	assert_int_equal(world_status(pair.server), E_OK);
	assert_null(pair.server->caller);
	/* The next caller is served first, then the one that waited. */
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	world_run_as(second);
	world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 0), NULL);
	world_syscall(SYS_call, pair.reply, info_make(1, 0), NULL);
	assert_int_equal(world_status(pair.server), E_STATE); /* it holds one already */
	world_syscall(SYS_reply, pair.reply, info_make(0, 0), NULL);
	assert_int_equal(world_status(pair.client), E_OK);
	assert_int_equal(second->state, THREAD_CALLING);
	world_syscall(SYS_call, pair.reply, info_make(1, 0), NULL);
	assert_int_equal(world_status(pair.server), E_OK);
	/* With the object its caller's hope ends. */
	world_delete(slot_find(&pair.server_process->table, pair.reply));
	assert_int_equal(second->state, THREAD_CALLING); /* init's capability is left */
	assert_non_null(slot->object == NULL ? slot : NULL);
}

static void
test_fault(void **state)
{
	struct arch_fault fault = {.kind = FAULT_WRITE, .status = 7, .address = 0x1234};
	const struct endpoint *supervisor = (const struct endpoint *)world.endpoint->object;

	(void)state;
	world_run_as(pair.server);
	kernel_fault(&pair.server->context, &fault);
	assert_int_equal(pair.server->state, THREAD_QUEUED);
	assert_false(queue_is_empty(&supervisor->senders));
	assert_int_equal(get_u64(pair.server->stage), 0x1234);
	/* It stays where it is, whatever the supervisor answers. */
	thread_wake(pair.server, E_OK);
	assert_int_equal(pair.server->state, THREAD_INACTIVE);
	world_run_as(pair.client);
	assert_null(world_syscall(99, 0, 0, NULL));
	assert_int_equal(pair.client->state, THREAD_QUEUED);
	while (process_stop_step(pair.client_process)) {
	}
}

/* Whom nobody supervises is not faulted by a server that says so: its call is denied. */
static void
test_fault_of_nobody(void **state)
{
	uint32_t refusals;

	(void)state;
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(5, 1);
	pair.client_process->supervisor = NULL;
	refusals = fake_monitor.refusals;
	assert_ptr_equal(world_syscall(SYS_reply, 0, info_make(REPLY_FAULT, 0), NULL), pair.server);
	assert_int_equal(world_status(pair.server), E_DENIED);
	assert_int_equal(fake_monitor.refusals, refusals + 1);
	assert_int_equal(pair.client->state, THREAD_READY);
	assert_int_equal(world_status(pair.client), E_DENIED);
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, pair_start, world_end),                              \
		cmocka_unit_test_setup_teardown(name, pair_start_plain, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_server_first),
		TEST(test_client_first),
		TEST(test_held_bytes),
		TEST(test_lengths),
		TEST(test_bad_info),
		cmocka_unit_test_setup_teardown(test_denied, pair_start, world_end),
		TEST(test_new_epoch),
		TEST(test_denied_while_receiving),
		TEST(test_bad_handles),
		TEST(test_reply_owed_to_nobody),
		TEST(test_senders_by_priority),
		TEST(test_timeout),
		TEST(test_call_timeout),
		TEST(test_client_dies),
		TEST(test_reply_object),
		TEST(test_fault),
		TEST(test_fault_of_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
