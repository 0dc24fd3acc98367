/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Capabilities in messages: what arrives, what stays, and what happens if something goes in
 * between.
 */
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
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "ksm/engine/ksm.h"
#include "ksm/format_shape.h"
#include "tests/host/support/kernel_world.h"

#define LINE      40u
#define INTERFACE 16u
#define FILE      17u
#define METHOD    3u
/* One lease, then a handle; a reply has a handle. */
#define LENT  16u
#define CALL  (2u << FORMAT_SHAPE_MORE_SHIFT | 1u << FORMAT_SHAPE_CALL_HANDLES | 8u)
#define REPLY (1u << FORMAT_SHAPE_REPLY_HANDLES | 4u)
#define TWO   (2u << FORMAT_SHAPE_REPLY_HANDLES | 8u)

static struct process *server_process, *client_process;
static struct thread *server, *client;
static struct slot *endpoint, *files;
static uint32_t receive_handle, call_handle, reply_handle, process_handle;
static uint32_t client_file, server_file; /* the same endpoint, other badges */

static int
setup(void **state)
{
	world_start(state);
	fake_monitor.shapes[KSM_CALL] = CALL;
	fake_monitor.shapes[KSM_REPLY] = REPLY;
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	files = world_make(KIND_ENDPOINT, 0, 9);
	server_process = world_process(1);
	client_process = world_process(2);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	reply_handle = world_grant(server_process, world_make(KIND_REPLY, 0, 3), 8, 7, 0);
	call_handle = world_grant(client_process, endpoint, INTERFACE, RIGHT_SEND, 77);
	client_file = world_grant(client_process, files, FILE, RIGHT_SEND, 5);
	server_file = world_grant(server_process, files, FILE, RIGHT_SEND, 6);
	process_handle = HANDLE_INITIAL(1);
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	return 0;
}

static struct thread *
call_with(uint32_t handle)
{
	const uint32_t payload[4] = {LENT, handle};

	world_run_as(client);
	return world_syscall(SYS_call, call_handle, info_make(METHOD, 8), payload);
}

static void
serve(void)
{
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
}

/* Lets the client call while the server does something else. */
static void
call_queued(uint32_t handle)
{
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	call_with(handle);
	assert_int_equal(client->state, THREAD_QUEUED);
}

static uint32_t
used(const struct process *process)
{
	uint32_t count = 0;

	for (uint32_t i = 1; i < process->table.fresh; i++) {
		count += process->table.slots[i].object != NULL;
	}
	return count;
}

/* The handle that stands in a thread's payload names a copy with this badge. */
static uint32_t
check_arrived(struct thread *thread, uint32_t offset, uint32_t badge)
{
	uint32_t handle = get_u32(thread->context.payload + offset);
	const struct slot *slot = slot_find(&thread->process->table, handle);

	assert_non_null(slot);
	assert_ptr_equal(slot->object, files->object);
	assert_int_equal(slot->badge, badge);
	assert_int_equal(slot->label, 9);
	assert_int_equal(slot->rights & RIGHTS_ALL, RIGHT_SEND);
	assert_int_equal(monitor_edge_at(slot->edge)->interface, FILE);
	assert_int_equal(monitor_edge_at(slot->edge)->holder, thread->process->label);
	return handle;
}

static void
test_request(void **state)
{
	(void)state;
	serve();
	assert_ptr_equal(call_with(client_file), server);
	assert_int_equal(world_received_info(server), info_make(METHOD, 8));
	assert_int_equal(get_u32(server->context.payload), LENT);
	check_arrived(server, 4, 5);
	/* Judged by what it is, not by its number. */
	assert_int_equal(get_u32(fake_monitor.request + 4), FILE << 16 | 9);
	assert_int_equal(client->sent_numbers[0], 5);
	assert_non_null(slot_find(&client_process->table, client_file));
}

static void
test_queued(void **state)
{
	(void)state;
	call_queued(client_file);
	assert_ptr_equal(world_interrupt(), server);
	serve();
	check_arrived(server, 4, 5);
	assert_int_equal(get_u32(server->context.payload), LENT);
}

/* It goes when the server receives again, by either call. */
static void
test_lands_for_one_request(void **state)
{
	uint32_t before = used(server_process);

	(void)state;
	for (int way = 0; way < 2; way++) {
		serve();
		call_with(client_file);
		uint32_t handle = check_arrived(server, 4, 5);
		assert_int_equal(used(server_process), before + 1);
		fake_monitor.shapes[KSM_REPLY] = 0;
		if (way == 0) {
			world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
		} else {
			world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
			assert_int_equal(used(server_process), before + 1);
			world_syscall(SYS_recv, receive_handle, 0, NULL);
		}
		assert_null(slot_find(&server_process->table, handle));
		assert_int_equal(used(server_process), before);
		assert_int_equal(server->slow & SLOW_LANDED, 0);
		thread_wake(server, E_CANCELLED);
	}
}

/* One with many descendants that others have deleted is in the way, and an interrupt waits: the
 * thread receives again afterwards, and has what landed until then. */
static void
test_drop_is_interrupted(void **state)
{
	struct capability copy = {.object = endpoint->object, .label = 3, .rights = 7};
	struct slot *parent, *child;
	uint32_t interrupted = 0;

	(void)state;
	serve();
	call_with(client_file);
	uint32_t handle = check_arrived(server, 4, 5);
	fake_monitor.shapes[KSM_REPLY] = 0;
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	assert_int_equal(slot_place(world.init, &copy, endpoint, &parent), E_OK);
	for (uint32_t i = 0; i < 3 * LEAVE_STEPS; i++) {
		assert_int_equal(slot_place(world.init, &copy, parent, &child), E_OK);
	}
	assert_false(capability_delete_step(parent));
	arch_irq_unmask(LINE);
	fake_irq_raise(LINE);
	do {
		assert_non_null(slot_find(&server_process->table, handle));
		world_syscall(SYS_recv, receive_handle, 0, NULL);
		interrupted += server->context.answer == FAKE_RESTART;
	} while (server->context.answer == FAKE_RESTART);
	arch_irq_mask(LINE);
	assert_true(interrupted > 1);
	assert_int_equal(server->state, THREAD_RECEIVING);
	assert_null(slot_find(&server_process->table, handle));
}

static void
test_moved_stays(void **state)
{
	uint32_t payload[4] = {0};
	uint32_t before = used(server_process);
	uint32_t own = world_grant(server_process, world.made[1], 0, 7, 0);

	(void)state;
	(void)own;
	serve();
	call_with(client_file);
	payload[0] = check_arrived(server, 4, 5);
	uint32_t self = 0;
	for (uint32_t i = 1; i < world.init->table.fresh; i++) {
		if (world.init->table.slots[i].object == &server_process->object) {
			self = world_grant(
				server_process, &world.init->table.slots[i], KIND_PROCESS, 7, 0);
		}
	}
	world_syscall(SYS_call, self, info_make(PROCESS_MOVE, PROCESS_MOVE_CALL_BYTES), payload);
	assert_int_equal(world_status(server), E_OK);
	fake_monitor.shapes[KSM_REPLY] = 0;
	uint32_t kept = get_u32(server->context.payload);
	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	assert_non_null(slot_find(&server_process->table, kept));
	assert_int_equal(used(server_process), before + 3);
}

static void
test_reply(void **state)
{
	const uint32_t payload[4] = {server_file};

	(void)state;
	serve();
	call_with(client_file);
	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 4), payload);
	assert_int_equal(world_status(client), E_OK);
	uint32_t handle = check_arrived(client, 0, 6);
	/* It is the client's for good. */
	call_with(client_file);
	assert_non_null(slot_find(&client_process->table, handle));
}

static void
test_bad_handle(void **state)
{
	const uint32_t payload[4] = {0xdead};

	(void)state;
	serve();
	assert_ptr_equal(call_with(0xdead), client);
	assert_int_equal(world_status(client), E_HANDLE);
	assert_int_equal(fake_monitor.refused_handle, 0xdead);
	assert_int_equal(server->state, THREAD_RECEIVING);
	/* What is only received from has no interface by which it could be judged. */
	call_with(client_file);
	world_syscall(SYS_reply, 0, info_make(0, 4), payload);
	assert_int_equal(world_status(server), E_HANDLE);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_DENIED);
}

/* Too short for a handle: nothing is looked up, the monitor says no. */
static void
test_short(void **state)
{
	const uint32_t payload[4] = {LENT, 0xdead};

	(void)state;
	serve();
	fake_monitor.deny_requests = true;
	world_run_as(client);
	world_syscall(SYS_call, call_handle, info_make(METHOD, 7), payload);
	assert_int_equal(world_status(client), E_DENIED);
	assert_int_equal(fake_monitor.refusals, 0);
}

static void
test_gone_while_queued(void **state)
{
	(void)state;
	call_queued(client_file);
	while (capability_delete_step(slot_find(&client_process->table, client_file))) {
	}
	world_interrupt();
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_HANDLE);
	assert_int_equal(server->state, THREAD_RECEIVING);
}

static void
test_revoked_while_queued(void **state)
{
	(void)state;
	call_queued(client_file);
	while (capability_revoke_step(files)) {
	}
	world_interrupt();
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_HANDLE);
}

static void
test_frozen(void **state)
{
	(void)state;
	serve();
	files->object->frozen = 1;
	assert_ptr_equal(call_with(client_file), client);
	assert_int_equal(world_status(client), E_STATE);
	files->object->frozen = 0;
}

static void
test_sender_dies_while_queued(void **state)
{
	uint32_t before = used(server_process);

	(void)state;
	call_queued(client_file);
	thread_stop(client);
	world_interrupt();
	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(used(server_process), before);
}

/* No edge for the receiver: the capability may not be placed, and nothing is delivered. */
static void
test_no_edge(void **state)
{
	uint32_t before = used(server_process);

	(void)state;
	serve();
	fake_monitor.closed_interface = FILE;
	assert_ptr_equal(call_with(client_file), client);
	assert_int_equal(world_status(client), E_DENIED);
	assert_int_equal(server->state, THREAD_RECEIVING);
	assert_int_equal(fake_monitor.refused_reason, KSM_DEFAULT);
	assert_int_equal(fake_monitor.refused_handle, client_file);
	assert_int_equal(used(server_process), before);
}

/* A limit lets one of two come: it is taken back, and may come the next time. */
static void
test_limit(void **state)
{
	const uint32_t payload[4] = {server_file, server_file};
	uint32_t before = used(client_process);
	uint32_t went = fake_monitor.went;

	(void)state;
	serve();
	call_with(client_file);
	fake_monitor.shapes[KSM_REPLY] = TWO;
	fake_monitor.places = 2;
	world_syscall(SYS_reply, 0, info_make(0, 8), payload);
	assert_int_equal(world_status(server), E_DENIED);
	assert_int_equal(used(client_process), before);
	assert_int_equal(fake_monitor.went, went + 1);
	assert_int_equal(files->object->capabilities, 4);
	assert_int_equal(slot_child(slot_find(&server_process->table, server_file)) != NULL, 0);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_DENIED);
}

/* What comes is told once, what goes is told once, however it goes. */
static void
test_counted(void **state)
{
	uint32_t came = fake_monitor.came;
	uint32_t went = fake_monitor.went;

	(void)state;
	serve();
	call_with(client_file);
	assert_int_equal(fake_monitor.came, came + 1);
	uint32_t handle = check_arrived(server, 4, 5);
	struct slot *moved;
	assert_int_equal(slot_move(slot_find(&server_process->table, handle), &moved), E_OK);
	assert_int_equal(fake_monitor.went, went);
	while (capability_delete_step(moved)) {
	}
	assert_int_equal(fake_monitor.went, went + 1);
}

/* One of two cannot be placed: neither is. */
static void
test_full_table(void **state)
{
	const uint32_t payload[4] = {
		server_file, world_grant(server_process, files, FILE, RIGHT_SEND, 7)};
	struct slot_table *table = &client_process->table;

	(void)state;
	serve();
	call_with(client_file);
	fake_monitor.shapes[KSM_REPLY] = TWO;
	while (table->fresh < table->count - 1) {
		assert_int_equal(slot_skip(table), E_OK);
	}
	uint32_t before = used(client_process);
	world_syscall(SYS_reply, 0, info_make(0, 8), payload);
	assert_int_equal(world_status(server), E_LIMIT);
	assert_int_equal(server->sent_numbers[0], 6); /* a rule that counts sees both */
	assert_int_equal(server->sent_numbers[1], 7);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(world_status(client), E_LIMIT);
	assert_int_equal(used(client_process), before);
}

static void
test_denied_reply(void **state)
{
	const uint32_t payload[4] = {server_file};
	uint32_t before = used(client_process);

	(void)state;
	serve();
	call_with(client_file);
	fake_monitor.deny_replies = true;
	world_syscall(SYS_reply, 0, info_make(0, 4), payload);
	assert_int_equal(world_status(server), E_DENIED);
	assert_int_equal(used(client_process), before);
}

/* A server makes capabilities of its own endpoint for others, and of nobody else's. */
static void
test_mint(void **state)
{
	const uint8_t both = RIGHT_SEND | RIGHT_RECEIVE;
	const struct capability wanted = {
		.badge = 4, .label = 9, .interface = FILE, .rights = RIGHT_SEND};
	uint32_t own = world_grant(server_process, files, 0, both, 0);
	uint32_t minted = 0;

	(void)state;
	assert_int_equal(
		process_grant(server_process, server_process, own, &wanted, &minted), E_OK);
	serve();
	call_with(client_file);
	const uint32_t payload[4] = {minted};
	world_syscall(SYS_reply, 0, info_make(0, 4), payload);
	assert_int_equal(world_status(server), E_OK);
	check_arrived(client, 0, 4);
	/* What it may only send through stays what it is. */
	assert_int_equal(
		process_grant(server_process, server_process, server_file, &wanted, &minted),
		E_HANDLE);
	assert_int_equal(
		process_grant(server_process, server_process, minted, &wanted, &minted), E_HANDLE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_request),
		TEST(test_queued),
		TEST(test_lands_for_one_request),
		TEST(test_drop_is_interrupted),
		TEST(test_moved_stays),
		TEST(test_reply),
		TEST(test_bad_handle),
		TEST(test_short),
		TEST(test_gone_while_queued),
		TEST(test_revoked_while_queued),
		TEST(test_frozen),
		TEST(test_sender_dies_while_queued),
		TEST(test_no_edge),
		TEST(test_limit),
		TEST(test_counted),
		TEST(test_full_table),
		TEST(test_denied_reply),
		TEST(test_mint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
