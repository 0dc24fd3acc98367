/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Calls, receives, replies: every way that a call can begin, wait and end. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "ksm/engine/ksm.h"
#include "tests/host/support/kernel_world.h"

#define INTERFACE 16u
#define METHOD    3u
#define LONG      200u

/* A server of high priority and a client of low priority, and what they hold. */
static struct process *server_process, *client_process;
static struct thread *server, *client;
static struct slot *endpoint;
static uint32_t receive_handle, call_handle, reply_handle;

static int
setup(void **state)
{
	world_start(state);
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	server_process = world_process(1);
	client_process = world_process(2);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	reply_handle = world_grant(server_process, world_make(KIND_REPLY, 0, 3), 8, 7, 0);
	call_handle = world_grant(client_process, endpoint, INTERFACE, RIGHT_SEND, 77);
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	return 0;
}

static void
fill(uint8_t *bytes, size_t length, uint8_t first)
{
	for (size_t i = 0; i < length; i++) {
		bytes[i] = (uint8_t)(first + i);
	}
}

/* The client calls with a message of this length; `first` is its first byte. */
static struct thread *
call(uint32_t length, uint8_t first)
{
	uint8_t bytes[MESSAGE_BYTES_MAX];

	world_run_as(client);
	fill(bytes, sizeof(bytes), first);
	memcpy(client->buffer, bytes, sizeof(bytes));
	return world_syscall(SYS_call, call_handle, info_make(METHOD, length), bytes);
}

static void
check_received(const struct thread *thread, uint32_t length, uint8_t first)
{
	uint8_t bytes[MESSAGE_BYTES_MAX];
	uint32_t head = length < ARCH_PAYLOAD_BYTES ? length : ARCH_PAYLOAD_BYTES;

	fill(bytes, sizeof(bytes), first);
	assert_int_equal(world_received_info(thread), info_make(METHOD, length));
	assert_int_equal(thread->context.badge, 77);
	assert_int_equal(thread->context.label, LABEL_INIT + 2);
	assert_int_equal(thread->context.instance, 2);
	assert_memory_equal(thread->context.payload, bytes, head);
	assert_memory_equal(thread->buffer + head, bytes + head, length - head);
	for (uint32_t i = head; i < ARCH_PAYLOAD_BYTES; i++) {
		assert_int_equal(thread->context.payload[i], 0);
	}
}

static void
test_server_first(void **state)
{
	const uint8_t answer[ARCH_PAYLOAD_BYTES] = {9, 8, 7};

	(void)state;
	world_run_as(server);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), client);
	assert_ptr_equal(call(5, 40), server);
	check_received(server, 5, 40);
	assert_int_equal(client->state, THREAD_CALLING);
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 3), answer), client);
	assert_int_equal(world_status(client), E_OK);
	assert_int_equal(client->context.info, info_make(0, 3));
	assert_memory_equal(client->context.payload, answer, 3);
	assert_int_equal(fake_monitor.requests + fake_monitor_plain(KSM_CALL), 1);
	assert_int_equal(fake_monitor.replies + fake_monitor_plain(KSM_REPLY), 1);
}

static void
test_client_first(void **state)
{
	(void)state;
	world_run_as(server);
	assert_ptr_equal(world_syscall(SYS_deadline, 1000, 0, NULL), server);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), client);
	assert_null(call(LONG, 1) == client ? client : NULL);
	assert_ptr_equal(world_interrupt(), server);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), server);
	check_received(server, LONG, 1);
}

/* What is judged is what arrives: the sender's buffer changes while its message waits. */
static void
test_held_bytes(void **state)
{
	uint8_t expected[64];

	(void)state;
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	call(LONG, 1);
	fill(expected, sizeof(expected), 1);
	assert_memory_equal(fake_monitor.request, expected, sizeof(expected));
	memset(client->buffer, 0xff, PAGE_BYTES);
	assert_ptr_equal(world_interrupt(), server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	check_received(server, LONG, 1);
}

/* Each length arrives exactly, and not one byte more. */
static void
test_lengths(void **state)
{
	static const uint32_t lengths[] = {0, 1, 15, 16, 17, 31, 1023, 1024};

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		world_run_as(server);
		memset(server->buffer, 0xcc, PAGE_BYTES);
		world_syscall(SYS_recv, receive_handle, 0, NULL);
		assert_ptr_equal(call(lengths[i], 3), server);
		check_received(server, lengths[i], 3);
		assert_int_equal(server->buffer[lengths[i] < 16 ? 16 : lengths[i]], 0xcc);
		world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
		assert_int_equal(world_status(server), E_OK);
	}
}

static void
test_bad_info(void **state)
{
	static const uint32_t infos[] = {UINT32_C(1) << 27, UINT32_C(1) << 30, UINT32_C(1) << 31,
		1025u << INFO_LENGTH_SHIFT, INFO_LENGTH_MASK << INFO_LENGTH_SHIFT};

	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	for (uint32_t i = 0; i < 5; i++) {
		assert_ptr_equal(
			world_syscall(SYS_call, call_handle, infos[i] | METHOD, NULL), client);
		assert_int_equal(world_status(client), E_DENIED);
		assert_int_equal(fake_monitor.refused_reason, KSM_SHAPE);
		assert_int_equal(fake_monitor.refusals, i + 1);
	}
	assert_int_equal(server->state, THREAD_RECEIVING);
}

static void
test_denied(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	fake_monitor.deny_requests = true;
	assert_ptr_equal(call(5, 1), client);
	assert_int_equal(world_status(client), E_DENIED);
	assert_int_equal(server->state, THREAD_RECEIVING);
	fake_monitor.deny_requests = false;
	assert_ptr_equal(call(5, 1), server);
	fake_monitor.deny_replies = true;
	/* A denied answer ends the call for both, and nobody owes anything. */
	assert_ptr_equal(world_syscall(SYS_reply, 0, info_make(0, 4), "abcdefghijklmnop"), server);
	assert_int_equal(world_status(server), E_DENIED);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_DENIED);
	assert_true(client->context.payload[0] == 0);
}

/* The endpoint closes while its server works: the answer arrives, and then nobody is left there. */
static void
test_closed_while_serving(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_ptr_equal(call(5, 1), server);
	while (endpoint_close_step((struct endpoint *)endpoint->object)) {
	}
	assert_ptr_equal(
		world_syscall(SYS_reply_recv, receive_handle, info_make(0, 3), NULL), server);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_CANCELLED);
	assert_int_equal(world_status(client), E_OK);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), client);
	assert_ptr_equal(call(5, 1), client);
	assert_int_equal(world_status(client), E_DIED);
	endpoint_restart(endpoint);
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), server);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), client);
	call(5, 1);
	assert_int_equal(world_status(client), E_RESTARTED);
	assert_ptr_equal(call(5, 1), server);
	check_received(server, 5, 1);
}

/* A queued request is judged again by the policy that is in force when it is received. */
static void
test_new_epoch(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	call(LONG, 1);
	fake_monitor.epoch++;
	fake_monitor.deny_requests = true;
	assert_ptr_equal(world_interrupt(), server);
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), client);
	assert_int_equal(world_status(client), E_DENIED);
	assert_int_equal(fake_monitor.requests, 2);
}

/* The server reads the records itself: a denial while it looks for a request does not let it sleep.
 */
static void
test_denied_while_receiving(void **state)
{
	struct notification *told =
		(struct notification *)world_make(KIND_NOTIFICATION, 0, 3)->object;

	(void)state;
	assert_int_equal(notification_bind(told, server), E_OK);
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	call(LONG, 1);
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), server);
	fake_monitor.epoch++;
	fake_monitor.deny_requests = true;
	fake_monitor.told = told;
	assert_ptr_equal(world_syscall(SYS_recv, receive_handle, 0, NULL), server);
	assert_int_equal(world_received_info(server), INFO_NOTIFICATION);
	assert_int_equal(world_status(client), E_DENIED);
}

static void
test_bad_handles(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle + 1, 0, NULL); /* the reply object */
	assert_int_equal(world_received_info(server), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_recv, 0xdead, 0, NULL);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_call, receive_handle, info_make(METHOD, 0), NULL);
	assert_int_equal(world_status(server), E_HANDLE); /* may receive, may not send */
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	world_run_as(client);
	world_syscall(SYS_recv, call_handle, 0, NULL);
	assert_int_equal(world_received_info(client), INFO_FAILED | E_HANDLE);
	world_syscall(SYS_signal, call_handle, 0, NULL);
	assert_int_equal(world_status(client), E_HANDLE);
	assert_int_equal(fake_monitor.refusals, 5);
	assert_int_equal(fake_monitor.requests, 0);
}

static void
test_reply_owed_to_nobody(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_STATE);
	world_syscall(SYS_reply, reply_handle, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_STATE);
	world_syscall(SYS_reply, receive_handle, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_HANDLE);
	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_STATE);
	assert_int_equal(fake_monitor.refusals, 4);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_ptr_equal(call(1, 1), server);
	/* Who owes an answer cannot take another request. */
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_STATE);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_OK);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_STATE);
}

static void
test_senders_by_priority(void **state)
{
	static const uint8_t priorities[] = {5, 9, 5, 12, 9};
	static const int order[] = {3, 1, 4, 0, 2};
	struct thread *threads[5];

	(void)state;
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	thread_stop(client);
	world_thread(
		client_process, 1); /* keeps the machine from idling, and so time from passing */
	for (int i = 0; i < 5; i++) {
		threads[i] = world_thread(client_process, priorities[i]);
		world_run_as(threads[i]);
		world_syscall(SYS_call, call_handle, info_make(METHOD, 0), NULL);
	}
	fake_clock_advance(1000);
	assert_ptr_equal(world_interrupt(), server);
	for (int i = 0; i < 5; i++) {
		world_syscall(SYS_recv, receive_handle, 0, NULL);
		assert_ptr_equal(server->caller, threads[order[i]]);
		world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	}
}

static void
test_timeout(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_deadline, 5000, 0, NULL);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	thread_stop(client);
	assert_ptr_equal(world_run(), server);
	assert_int_equal(arch_clock_ns(), 5000);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_TIMEOUT);
}

/* The server could not know that its caller left: its answer goes nowhere and is no offence, once.
 */
static void
answer_nobody(void)
{
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_CANCELLED);
	assert_int_equal(fake_monitor.refusals, 0);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(world_status(server), E_STATE);
	assert_int_equal(fake_monitor.refusals, 1);
}

/* A caller's deadline holds while its request waits, and while the server works on it. */
static void
test_call_timeout(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	world_run_as(client);
	world_syscall(SYS_deadline, 3000, 0, NULL);
	assert_ptr_equal(call(2, 1), server);
	fake_clock_advance(3000);
	assert_ptr_equal(world_interrupt(), server);
	assert_int_equal(world_status(client), E_TIMEOUT);
	assert_null(server->caller);
	answer_nobody();
	/* The deadline was for that one call. */
	assert_int_equal(client->deadline_ns, 0);
}

static void
test_restarted_once(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	endpoint_restart(endpoint);
	assert_ptr_equal(call(1, 1), client);
	assert_int_equal(world_status(client), E_RESTARTED);
	assert_int_equal(fake_monitor.requests, 0);
	assert_ptr_equal(call(1, 1), server);
	/* Only clients learn it: the receiver's own capability still works. */
	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	assert_int_equal(server->state, THREAD_RECEIVING);
}

static void
test_server_dies(void **state)
{
	struct thread *second = world_thread(client_process, 9);

	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	call(1, 1);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	world_run_as(second);
	world_syscall(SYS_call, call_handle, info_make(METHOD, 0), NULL);
	assert_int_equal(second->state, THREAD_QUEUED);
	while (process_stop_step(server_process)) {
	}
	world_run_as(client);
	assert_int_equal(world_status(client), E_DIED);
	while (endpoint_close_step((struct endpoint *)endpoint->object)) {
	}
	assert_int_equal(world_status(second), E_DIED);
	assert_ptr_equal(call(1, 1), client);
	assert_int_equal(world_status(client), E_DIED);
}

static void
test_client_dies(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	call(1, 1);
	while (process_stop_step(client_process)) {
	}
	assert_null(server->caller);
	answer_nobody();
}

static void
test_reply_object(void **state)
{
	const struct slot *slot = slot_find(&server_process->table, reply_handle);
	struct thread *second = world_thread(client_process, 9);

	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	call(1, 1);
	world_syscall(SYS_call, reply_handle, info_make(1, 0), NULL); /* hold */
	assert_int_equal(world_status(server), E_OK);
	assert_null(server->caller);
	/* The next caller is served first, then the one that waited. */
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	world_run_as(second);
	world_syscall(SYS_call, call_handle, info_make(METHOD, 0), NULL);
	world_syscall(SYS_call, reply_handle, info_make(1, 0), NULL);
	assert_int_equal(world_status(server), E_STATE); /* it holds one already */
	world_syscall(SYS_reply, reply_handle, info_make(0, 0), NULL);
	assert_int_equal(world_status(client), E_OK);
	assert_int_equal(second->state, THREAD_CALLING);
	world_syscall(SYS_call, reply_handle, info_make(1, 0), NULL);
	assert_int_equal(world_status(server), E_OK);
	/* With the object its caller's hope ends. */
	world_delete(slot_find(&server_process->table, reply_handle));
	assert_int_equal(second->state, THREAD_CALLING); /* init's capability is left */
	assert_non_null(slot->object == NULL ? slot : NULL);
}

static void
test_endpoint_destroyed(void **state)
{
	(void)state;
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	while (slot_child(endpoint) != NULL) {
		world_delete(slot_child(endpoint));
	}
	world_delete(endpoint);
	assert_ptr_equal(world_run(), server);
	assert_int_equal(world_received_info(server), INFO_FAILED | E_CANCELLED);
}

static void
test_fault(void **state)
{
	struct arch_fault fault = {.kind = FAULT_WRITE, .status = 7, .address = 0x1234};
	const struct endpoint *supervisor = (const struct endpoint *)world.endpoint->object;

	(void)state;
	world_run_as(server);
	kernel_fault(&server->context, &fault);
	assert_int_equal(server->state, THREAD_QUEUED);
	assert_false(queue_is_empty(&supervisor->senders));
	assert_int_equal(get_u64(server->stage), 0x1234);
	/* It stays where it is, whatever the supervisor answers. */
	thread_wake(server, E_OK);
	assert_int_equal(server->state, THREAD_INACTIVE);
	world_run_as(client);
	assert_null(world_syscall(99, 0, 0, NULL));
	assert_int_equal(client->state, THREAD_QUEUED);
	while (process_stop_step(client_process)) {
	}
}

/* The same by the short way: nobody may notice a difference. */
static int
setup_plain(void **state)
{
	setup(state);
	fake_monitor_set_plain();
	return 0;
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, setup, world_end),                                   \
		cmocka_unit_test_setup_teardown(name, setup_plain, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_server_first),
		TEST(test_client_first),
		TEST(test_held_bytes),
		TEST(test_lengths),
		TEST(test_bad_info),
		cmocka_unit_test_setup_teardown(test_denied, setup, world_end),
		TEST(test_closed_while_serving),
		TEST(test_new_epoch),
		TEST(test_denied_while_receiving),
		TEST(test_bad_handles),
		TEST(test_reply_owed_to_nobody),
		TEST(test_senders_by_priority),
		TEST(test_timeout),
		TEST(test_call_timeout),
		TEST(test_restarted_once),
		TEST(test_server_dies),
		TEST(test_client_dies),
		TEST(test_reply_object),
		TEST(test_endpoint_destroyed),
		TEST(test_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
