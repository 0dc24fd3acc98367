/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Leases: what a server reaches through them, and every way in which they end. */
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
#include "kernel/frame.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/thread.h"
#include "ksm/format.h"
#include "tests/host/support/kernel_world.h"

#define INTERFACE   16u
#define METHOD      3u
#define CLIENT_AT   UINT64_C(0x20000000)
#define SERVER_AT   UINT64_C(0x30000000)
#define LEASE_BYTES 10000u
/* The first is read, the second written. */
#define SHAPE (UINT32_C(5) << FORMAT_SHAPE_MORE_SHIFT)

static struct process *server_process, *client_process;
static struct thread *server, *client;
static struct slot *endpoint, *client_memory;
static uint32_t receive_handle, call_handle, reply_handle;
static uint8_t *lent, *own;
static uint32_t deadline_ns; /* of the next call; 0 none */

/* Pages of a process, readable and writable; where they are for the test. */
static uint8_t *
map(struct process *process, vaddr_t address, uint32_t pages, struct slot **slot)
{
	struct slot *frame = world_make(KIND_FRAME, pages, process->label);
	struct capability wanted = {.label = process->label, .interface = KIND_FRAME, .rights = 3};
	uint32_t handle = 0;

	assert_int_equal(process_grant(process, world.init, frame->handle, &wanted, &handle), E_OK);
	*slot = slot_find(&process->table, handle);
	assert_int_equal(frame_map(*slot, address, RIGHT_READ | RIGHT_WRITE), E_OK);
	return arch_space_find(&process->space, address, true);
}

static int
setup(void **state)
{
	struct slot *server_memory;

	world_start(state);
	deadline_ns = 0;
	fake_monitor.shapes[0] = SHAPE;
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	server_process = world_process(1);
	client_process = world_process(2);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	reply_handle = world_grant(server_process, world_make(KIND_REPLY, 0, 3), 8, 7, 0);
	call_handle = world_grant(client_process, endpoint, INTERFACE, RIGHT_SEND, 77);
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	lent = map(client_process, CLIENT_AT, 4, &client_memory);
	own = map(server_process, SERVER_AT, 4, &server_memory);
	for (size_t i = 0; i < 4 * PAGE_BYTES; i++) {
		lent[i] = (uint8_t)(i * 7 + (i >> 8));
	}
	memset(own, 0xee, 4 * PAGE_BYTES);
	return 0;
}

/* The client lends LEASE_BYTES at `address`, twice, and the server has the request. */
static void
lend_at(uint64_t address)
{
	const uint32_t addresses[] = {(uint32_t)address, (uint32_t)address};
	const uint32_t payload[4] = {LEASE_BYTES, LEASE_BYTES};

	world_run_as(server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	world_run_as(client);
	world_syscall(SYS_deadline, deadline_ns, 0, NULL);
	memcpy(client->buffer + LEASE_ADDRESSES, addresses, sizeof(addresses));
	assert_ptr_equal(
		world_syscall(SYS_call, call_handle, info_make(METHOD, 8), payload), server);
	memset(client->buffer + LEASE_ADDRESSES, 0xff, sizeof(addresses)); /* too late */
}

static uint32_t
copy(uint32_t number, uint32_t handle, uint32_t index, uint64_t address, uint32_t offset,
	uint32_t length)
{
	struct lease_copy wanted = {address, offset, length};

	world_syscall(number, handle, index, &wanted);
	return world_status(server);
}

static uint32_t
read_lease(uint32_t offset, uint32_t length)
{
	return copy(SYS_lease_read, 0, 0, SERVER_AT, offset, length);
}

static void
test_read(void **state)
{
	(void)state;
	lend_at(CLIENT_AT + 5);
	assert_int_equal(read_lease(0, LEASE_BYTES), E_OK);
	assert_int_equal(server->context.info, LEASE_BYTES);
	assert_memory_equal(own, lent + 5, LEASE_BYTES);
	assert_int_equal(own[LEASE_BYTES], 0xee);
}

static void
test_write(void **state)
{
	(void)state;
	lend_at(CLIENT_AT + 5);
	assert_int_equal(copy(SYS_lease_write, 0, 1, SERVER_AT + 1, 3, LEASE_BYTES - 3), E_OK);
	assert_int_equal(server->context.info, LEASE_BYTES - 3);
	assert_int_equal(lent[7], (uint8_t)(7 * 7));
	assert_int_equal(lent[8], 0xee);
	assert_int_equal(lent[5 + LEASE_BYTES - 1], 0xee);
	assert_int_not_equal(lent[5 + LEASE_BYTES], 0xee);
}

static void
test_wrong(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	assert_int_equal(copy(SYS_lease_write, 0, 0, SERVER_AT, 0, 1), E_LEASE);
	assert_int_equal(copy(SYS_lease_read, 0, 1, SERVER_AT, 0, 1), E_LEASE);
	assert_int_equal(copy(SYS_lease_read, 0, 2, SERVER_AT, 0, 1), E_LEASE);
	assert_int_equal(copy(SYS_lease_read, 0, UINT32_MAX, SERVER_AT, 0, 1), E_LEASE);
	assert_int_equal(read_lease(1, LEASE_BYTES), E_ARGUMENT);
	assert_int_equal(read_lease(UINT32_MAX, 2), E_ARGUMENT);
	assert_int_equal(read_lease(LEASE_BYTES, 0), E_OK);
	assert_int_equal(copy(SYS_lease_read, 0, 0, 0, 0, 1), E_ARGUMENT);
	assert_int_equal(copy(SYS_lease_read, 0, 0, UINT64_MAX - 3, 0, 8), E_ARGUMENT);
	assert_int_equal(copy(SYS_lease_read, receive_handle, 0, SERVER_AT, 0, 1), E_HANDLE);
	assert_int_equal(fake_monitor.refusals, 1);
	assert_int_equal(own[0], 0xee);
}

/* The copy ends where the caller's memory does, and says how far it came. */
static void
test_partial(void **state)
{
	(void)state;
	lend_at(CLIENT_AT + 3 * PAGE_BYTES);
	assert_int_equal(read_lease(0, LEASE_BYTES), E_OK);
	assert_int_equal(server->context.info, PAGE_BYTES);
	assert_int_equal(read_lease(PAGE_BYTES, 1), E_LEASE);
	assert_int_equal(server->context.info, 0);
	while (frame_unmap_step(client_memory)) {
	}
	assert_int_equal(read_lease(0, 1), E_LEASE);
}

/* Registers of a device, and code to be written, are no memory to lend. */
static void
test_device(void **state)
{
	struct slot *slot;
	vaddr_t address = CLIENT_AT + 8 * PAGE_BYTES;
	uint8_t *page = map(client_process, CLIENT_AT + 16 * PAGE_BYTES, 1, &slot);

	(void)state;
	arch_space_map(
		&client_process->space, address, arch_address(page), 1, ARCH_DEVICE, NULL, NULL);
	arch_space_map(&client_process->space, address + PAGE_BYTES, arch_address(page), 1,
		ARCH_READ_EXECUTE, NULL, NULL);
	lend_at(address);
	assert_int_equal(read_lease(0, 8), E_LEASE);
	assert_int_equal(copy(SYS_lease_write, 0, 1, SERVER_AT, 0, 8), E_LEASE);
	assert_int_equal(read_lease(PAGE_BYTES, 8), E_OK);
	assert_int_equal(copy(SYS_lease_write, 0, 1, SERVER_AT, PAGE_BYTES, 8), E_LEASE);
}

/* Between two pages the kernel looks whether something else has to be done. */
static void
test_interrupted(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	arch_irq_unmask(5);
	fake_irq_raise(5);
	assert_int_equal(read_lease(0, LEASE_BYTES), E_OK);
	assert_int_equal(server->context.info, PAGE_BYTES);
	arch_irq_mask(5);
	assert_int_equal(read_lease(PAGE_BYTES, LEASE_BYTES - PAGE_BYTES), E_OK);
	assert_int_equal(server->context.info, LEASE_BYTES - PAGE_BYTES);
}

static void
expect_ended(uint32_t handle)
{
	assert_int_equal(copy(SYS_lease_read, handle, 0, SERVER_AT, 0, 1), E_LEASE);
	assert_int_equal(own[0], 0xee);
}

static void
hold(void)
{
	world_syscall(SYS_call, reply_handle, info_make(1, 0), NULL);
	assert_int_equal(world_status(server), E_OK);
	expect_ended(0); /* the thread itself serves nobody now */
}

static void
test_ends_with_answer(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
	expect_ended(0);
}

static void
test_held(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	hold();
	assert_int_equal(copy(SYS_lease_read, reply_handle, 0, SERVER_AT, 0, 1), E_OK);
	own[0] = 0xee;
	world_syscall(SYS_reply, reply_handle, info_make(0, 0), NULL);
	expect_ended(reply_handle);
}

static void
test_ends_with_deadline(void **state)
{
	(void)state;
	for (int is_held = 0; is_held < 2; is_held++) {
		deadline_ns = (uint32_t)arch_clock_ns() + 1000;
		lend_at(CLIENT_AT);
		if (is_held) {
			hold();
		}
		fake_clock_advance(1000);
		world_interrupt();
		assert_int_equal(world_status(client), E_TIMEOUT);
		expect_ended(is_held ? reply_handle : 0);
		world_syscall(
			SYS_reply, is_held ? reply_handle : 0, info_make(0, 0), NULL); /* once */
	}
}

static void
test_ends_with_caller(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	hold();
	thread_stop(client);
	expect_ended(reply_handle);
}

static void
test_ends_with_process(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	while (process_stop_step(client_process)) {
	}
	expect_ended(0);
}

/* The caller's memory goes while it waits: the lease is there, its memory is not. */
static void
test_revoked_memory(void **state)
{
	(void)state;
	lend_at(CLIENT_AT);
	while (capability_delete_step(client_memory)) {
	}
	assert_int_equal(read_lease(0, 1), E_LEASE);
	assert_int_equal(own[0], 0xee);
}

/* A queued request lends what it lent when it was sent. */
static void
test_queued(void **state)
{
	const uint32_t addresses[] = {CLIENT_AT, CLIENT_AT};
	const uint32_t payload[4] = {16, 16};

	(void)state;
	world_run_as(server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	world_run_as(client);
	memcpy(client->buffer + LEASE_ADDRESSES, addresses, sizeof(addresses));
	world_syscall(SYS_call, call_handle, info_make(METHOD, 8), payload);
	memset(client->buffer + LEASE_ADDRESSES, 0xff, sizeof(addresses));
	assert_ptr_equal(world_interrupt(), server);
	world_syscall(SYS_recv, receive_handle, 0, NULL);
	assert_int_equal(read_lease(0, 16), E_OK);
	assert_memory_equal(own, lent, 16);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_read),
		TEST(test_write),
		TEST(test_wrong),
		TEST(test_partial),
		TEST(test_device),
		TEST(test_interrupted),
		TEST(test_ends_with_answer),
		TEST(test_held),
		TEST(test_ends_with_deadline),
		TEST(test_ends_with_caller),
		TEST(test_ends_with_process),
		TEST(test_revoked_memory),
		TEST(test_queued),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
