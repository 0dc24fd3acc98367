/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One capability in a request the short way: it lands and goes in one step each, and whatever that
 * step does not know takes the long way, with the long way's answer.
 */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/derivation.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"

#define FILE  40u
#define HANDS 8u /* the method of a shut edge that carries one handle and is for a program */

static struct process *server_process, *client_process;
static struct thread *server, *client;
static struct slot *endpoint, *files, *file;
static uint32_t receive_handle, call_handle;

static struct slot *
slot_in(const struct process *process, uint32_t handle)
{
	return slot_find(&process->table, handle);
}

/* A client's capability over an edge whose rows run programs (fake_monitor.c: is_shut). */
static uint32_t
grant_judged(void)
{
	uint32_t handle;
	uint16_t interface = INTERFACE_USER;

	do {
		handle = world_grant(client_process, endpoint, interface++, RIGHT_SEND, 77);
	} while (slot_in(client_process, handle)->edge % 5 < 3);
	return handle;
}

static int
setup(void **state)
{
	world_start(state);
	fake_monitor_set_plain();
	fake_short_way(true);
	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	files = world_make(KIND_ENDPOINT, 0, 9);
	server_process = world_process(1);
	client_process = world_process(2);
	receive_handle = world_grant(server_process, endpoint, 0, RIGHT_RECEIVE, 0);
	call_handle = grant_judged();
	file = slot_in(client_process, world_grant(client_process, files, FILE, RIGHT_SEND, 5));
	server = world_thread(server_process, 20);
	client = world_thread(client_process, 10);
	return 0;
}

static int
teardown(void **state)
{
	slot_lists.are_counted = false;
	return world_end(state);
}

/* The server waits, and the client calls with this handle. Returns how often that was short. */
static uint32_t
hand(uint32_t handle, uint32_t length)
{
	const uint32_t payload[4] = {handle};
	uint32_t before = fake_short_direct(FAKE_LANDED);

	if (server->state != THREAD_RECEIVING) {
		world_run_as(server);
		world_syscall(SYS_recv, receive_handle, 0, NULL);
	}
	world_run_as(client);
	world_syscall(SYS_call, call_handle, info_make(HANDS, length), payload);
	return fake_short_direct(FAKE_LANDED) - before;
}

/* The server answers and waits. Returns how often what landed went the short way. */
static uint32_t
drop(void)
{
	uint32_t before = fake_short_direct(FAKE_DROPPED);

	world_syscall(SYS_reply_recv, receive_handle, info_make(0, 0), NULL);
	assert_int_equal(server->state, THREAD_RECEIVING);
	assert_int_equal(server->slow, 0);
	assert_int_equal(server->landed_count, 0);
	return fake_short_direct(FAKE_DROPPED) - before;
}

/* What the server has of it, under the handle in its payload. */
static struct slot *
arrived(void)
{
	struct slot *copy = slot_in(server_process, get_u32(server->context.payload));

	assert_non_null(copy);
	assert_ptr_equal(copy->object, files->object);
	assert_int_equal(copy->badge, 5);
	assert_int_equal(copy->label, 9);
	assert_int_equal(copy->rights, SLOT_CLIENT | RIGHT_SEND);
	assert_int_equal(copy->depth, file->depth + 1);
	assert_ptr_equal(slot_child(file), copy);
	assert_int_equal(monitor_edge_at(copy->edge)->interface, FILE);
	assert_int_equal(monitor_edge_at(copy->edge)->holder, server_process->label);
	return copy;
}

/* Again and again, until each slot of the table had its turn: handles are never the same. */
static void
test_lands_and_goes(void **state)
{
	uint32_t capabilities = files->object->capabilities;
	uint32_t seen[256];

	(void)state;
	for (uint32_t round = 0; round < 256; round++) {
		assert_int_equal(hand(file->handle, 4), 1);
		assert_int_equal(get_u32(fake_monitor.request), FILE << 16 | 9);
		const struct slot *copy = arrived();
		assert_int_equal(files->object->capabilities, capabilities + 1);
		seen[round] = copy->handle;
		for (uint32_t i = 0; i < round; i++) {
			assert_int_not_equal(seen[i], copy->handle);
		}
		assert_int_equal(drop(), 1);
		assert_null(slot_in(server_process, seen[round]));
		assert_int_equal(files->object->capabilities, capabilities);
		assert_null(slot_child(file));
		assert_int_equal(world_status(client), E_OK);
	}
}

/* Generation 0 is never valid. */
static void
test_generation_wraps(void **state)
{
	struct slot_table *table = &server_process->table;

	(void)state;
	while (table->fresh < table->count) {
		assert_int_equal(slot_skip(table), E_OK);
	}
	struct slot *last = &table->slots[table->count - 1];
	last->handle |= ~HANDLE_INDEX_MASK;
	slot_give(table, last);
	assert_int_equal(hand(file->handle, 4), 1);
	assert_int_equal(arrived()->handle, HANDLE_INITIAL(table->count - 1));
	assert_int_equal(drop(), 1);
}

/* The call with the client's file takes the long way and ends like this. */
static void
expect_refused(enum status status)
{
	client->slow = 0; /* SLOW_STAGED is left over of the call before */
	assert_int_equal(hand(file->handle, 4), 0);
	assert_int_equal(world_status(client), status);
	assert_int_equal(server->state, THREAD_RECEIVING);
	assert_null(slot_child(file));
}

static void
test_refused(void **state)
{
	(void)state;
	files->object->frozen = 1;
	expect_refused(E_STATE);
	files->object->frozen = 0;
	fake_monitor.deny_requests = true;
	expect_refused(E_DENIED);
	fake_monitor.deny_requests = false;
	fake_monitor.closed_interface = FILE;
	expect_refused(E_DENIED);
	fake_monitor.closed_interface = 0;
	slot_lists.are_counted = true;
	fake_monitor.places = 1; /* the limit is reached */
	expect_refused(E_DENIED);
	fake_monitor.places = 0;
	slot_lists.are_counted = false;
	assert_int_equal(hand(0xdead, 4), 0);
	assert_int_equal(world_status(client), E_HANDLE);
	client->slow = 0;
	assert_int_equal(hand(file->handle + HANDLE_INITIAL(0), 4), 0); /* another generation */
	assert_int_equal(world_status(client), E_HANDLE);
	client->slow = 0;
	assert_int_equal(hand(file->handle, 3), 0); /* too short for a handle */
	assert_int_equal(world_status(client), E_DENIED);
	client->slow = 0;
	assert_int_equal(hand(file->handle, 4), 1);
	assert_int_equal(drop(), 1);
}

/* No room for it. */
static void
test_full(void **state)
{
	struct slot_table *table = &server_process->table;

	(void)state;
	while (table->fresh < table->count) {
		assert_int_equal(slot_skip(table), E_OK);
	}
	expect_refused(E_LIMIT);
}

/* Nothing of a chain is deeper than a slot can say. */
static void
test_deepest(void **state)
{
	const struct capability copy = {.object = files->object,
		.label = 9,
		.rights = RIGHT_SEND,
		.interface = FILE,
		.badge = 5};
	struct slot *deepest = files;

	(void)state;
	while (deepest->depth < DEPTH_MAX - 1) {
		assert_int_equal(slot_place(world.init, &copy, deepest, &deepest), E_OK);
	}
	assert_int_equal(slot_place(client_process, &copy, deepest, &file), E_OK);
	expect_refused(E_LIMIT);
}

/* A server was restarted since: the mark stays with the one that used it. */
static void
test_stale(void **state)
{
	(void)state;
	file->rights |= SLOT_STALE;
	assert_int_equal(hand(file->handle, 4), 0);
	(void)arrived();
	assert_int_equal(drop(), 1);
	assert_int_equal(file->rights, SLOT_CLIENT | RIGHT_SEND | SLOT_STALE);
}

/* A policy that counts is told of each that comes and goes. */
static void
test_counted(void **state)
{
	uint32_t came = fake_monitor.came, went = fake_monitor.went;

	(void)state;
	slot_lists.are_counted = true;
	assert_int_equal(hand(file->handle, 4), 0);
	assert_int_equal(fake_monitor.came, came + 1);
	assert_int_equal(drop(), 0);
	assert_int_equal(fake_monitor.went, went + 1);
	/* The policy came into force in between. */
	slot_lists.are_counted = false;
	assert_int_equal(hand(file->handle, 4), 1);
	slot_lists.are_counted = true;
	assert_int_equal(drop(), 0);
	assert_int_equal(fake_monitor.went, went + 2);
}

/* Somebody derived from it: that becomes the client's. */
static void
test_derived(void **state)
{
	const struct capability copy = {.object = files->object,
		.label = 9,
		.rights = RIGHT_SEND,
		.interface = FILE,
		.badge = 5};
	struct slot *child;

	(void)state;
	assert_int_equal(hand(file->handle, 4), 1);
	assert_int_equal(slot_place(world.init, &copy, arrived(), &child), E_OK);
	assert_int_equal(drop(), 0);
	assert_int_equal(child->depth, file->depth + 1);
	assert_ptr_equal(slot_child(file), child);
}

/* The others went: with the last one the object goes, too. */
static void
test_last(void **state)
{
	(void)state;
	assert_int_equal(hand(file->handle, 4), 1);
	struct slot *copy = slot_in(server_process, get_u32(server->context.payload));
	world_delete(file);
	world_delete(files);
	assert_int_equal(copy->object->capabilities, 1);
	world_run_as(server);
	assert_int_equal(drop(), 0);
	assert_null(copy->object);
}

/* The server kept it, or it was revoked: there is nothing to drop, whoever has the slot by now. */
static void
test_gone(void **state)
{
	struct slot_table *table = &server_process->table;
	struct slot *moved;

	(void)state;
	assert_int_equal(hand(file->handle, 4), 1);
	assert_int_equal(slot_move(arrived(), &moved), E_OK);
	while (table->fresh < table->count) {
		assert_int_equal(slot_skip(table), E_OK);
	}
	uint32_t other = world_grant(server_process, files, FILE, RIGHT_SEND, 6);
	assert_int_equal(other & HANDLE_INDEX_MASK, server->landed[0] & HANDLE_INDEX_MASK);
	assert_int_equal(drop(), 0);
	assert_non_null(slot_in(server_process, other));
	world_delete(slot_in(server_process, other));
	assert_ptr_equal(moved->object, files->object);
	assert_int_equal(hand(file->handle, 4), 1);
	world_delete(slot_child(file));
	assert_int_equal(drop(), 0);
}

/* Who walks over the clients stands at it. */
static void
test_walked_over(void **state)
{
	(void)state;
	assert_int_equal(hand(file->handle, 4), 1);
	slot_lists.walker = files;
	slot_lists.walker_at = arrived();
	assert_int_equal(drop(), 0);
	assert_ptr_equal(slot_lists.walker_at, file);
	slot_lists.walker = NULL;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_lands_and_goes),
		TEST(test_generation_wraps),
		TEST(test_refused),
		TEST(test_full),
		TEST(test_deepest),
		TEST(test_stale),
		TEST(test_counted),
		TEST(test_derived),
		TEST(test_last),
		TEST(test_gone),
		TEST(test_walked_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
