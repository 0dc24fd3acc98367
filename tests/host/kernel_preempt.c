/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Long methods while an interrupt waits: one bounded step for each call, judged once, to the end.
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
#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/timer.h"
#include "kernel/untyped.h"
#include "tests/host/support/kernel_world.h"

#define LINE  40u
#define PAGES 200u
#define AT    UINT64_C(0x500000)

static struct process *process;
static struct thread *thread;
static struct slot *account; /* init's, and the process's in `memory` */
static uint32_t memory;

static int
setup(void **state)
{
	world_start(state);
	process = world_process(1);
	thread = world_thread(process, 9);
	account = world_make(KIND_UNTYPED, (PAGES + 8) * PAGE_BYTES, 3);
	memory = world_grant(process, account, KIND_UNTYPED, RIGHT_MANAGE, 0);
	/* What was in the memory before must not be seen. */
	struct untyped *untyped = (struct untyped *)account->object;
	memset(untyped->low, 0xee, untyped_free_bytes(untyped));
	arch_irq_unmask(LINE);
	fake_irq_raise(LINE);
	return 0;
}

/* Calls a method until it has a result: how many times it was interrupted. */
static uint32_t
call(uint32_t handle, uint32_t method, const uint8_t *bytes, uint32_t length, uint32_t status)
{
	uint32_t interrupted = 0;
	uint32_t judged = fake_monitor.requests;

	world_run_as(thread);
	do {
		uint8_t words[ARCH_PAYLOAD_BYTES] = {0};
		memcpy(words, bytes, length < sizeof(words) ? length : sizeof(words));
		assert_ptr_equal(
			world_syscall(SYS_call, handle, info_make(method, length), words), thread);
		interrupted += thread->context.answer == FAKE_RESTART;
		assert_true(interrupted < 1000);
	} while (thread->context.answer == FAKE_RESTART);
	assert_int_equal(world_status(thread), status);
	assert_int_equal(fake_monitor.requests - judged, 1);
	return interrupted;
}

static uint32_t
make_frame(uint32_t pages)
{
	uint8_t bytes[UNTYPED_RETYPE_CALL_BYTES] = {0};

	put_u32(bytes + UNTYPED_RETYPE_SIZE_OFFSET, pages);
	bytes[UNTYPED_RETYPE_KIND_OFFSET] = KIND_FRAME;
	uint32_t interrupted = call(memory, UNTYPED_RETYPE, bytes, sizeof(bytes), E_OK);
	assert_int_equal(interrupted, (pages - 1) / CLEAR_PAGES);
	return get_u32(thread->context.payload + UNTYPED_RETYPE_OUT_HANDLE_OFFSET);
}

static void
map_bytes(uint8_t bytes[FRAME_MAP_CALL_BYTES], uint64_t address, uint8_t rights)
{
	memset(bytes, 0, FRAME_MAP_CALL_BYTES);
	put_u64(bytes + FRAME_MAP_VADDR_OFFSET, address);
	bytes[FRAME_MAP_RIGHTS_OFFSET] = rights;
}

static void
test_clear(void **state)
{
	(void)state;
	const struct slot *slot = slot_find(&process->table, make_frame(PAGES));
	const uint8_t *bytes = arch_pointer(((struct frame *)slot->object)->address);

	for (size_t i = 0; i < PAGES * PAGE_BYTES; i++) {
		assert_int_equal(bytes[i], 0);
	}
}

static void
test_map(void **state)
{
	uint8_t bytes[FRAME_MAP_CALL_BYTES];
	uint32_t frame = make_frame(PAGES);

	(void)state;
	map_bytes(bytes, AT, RIGHT_READ | RIGHT_WRITE);
	assert_int_equal(
		call(frame, FRAME_MAP, bytes, sizeof(bytes), E_OK), (PAGES - 1) / MAP_PAGES);
	assert_int_equal(fake_space_pages(&process->space), PAGES + 1); /* and its buffer */
	call(frame, FRAME_MAP, bytes, sizeof(bytes), E_STATE);
	assert_int_equal(call(frame, FRAME_UNMAP, bytes, 0, E_OK), (PAGES - 1) / MAP_PAGES);
	assert_int_equal(fake_space_pages(&process->space), 1);
	assert_int_equal(call(frame, FRAME_SEAL, bytes, 0, E_OK), (PAGES - 1) / SEAL_PAGES);
	assert_int_equal(fake_executable_bytes(), PAGES * PAGE_BYTES);
	map_bytes(bytes, AT, RIGHT_READ | RIGHT_WRITE);
	call(frame, FRAME_MAP, bytes, sizeof(bytes), E_ARGUMENT);
}

/* What stands in the way is found late: all that was mapped by then is taken back. */
static void
test_map_fails_late(void **state)
{
	uint8_t bytes[FRAME_MAP_CALL_BYTES];
	uint32_t obstacle = make_frame(1);
	uint32_t frame = make_frame(PAGES);

	(void)state;
	map_bytes(bytes, AT + (PAGES - 1) * PAGE_BYTES, RIGHT_READ);
	call(obstacle, FRAME_MAP, bytes, sizeof(bytes), E_OK);
	map_bytes(bytes, AT, RIGHT_READ);
	assert_true(call(frame, FRAME_MAP, bytes, sizeof(bytes), E_STATE) > 3);
	assert_int_equal(fake_space_pages(&process->space), 2);
	call(obstacle, FRAME_UNMAP, bytes, 0, E_OK);
	call(frame, FRAME_MAP, bytes, sizeof(bytes), E_OK);
}

/* Written to while a seal was interrupted: it begins anew. */
static void
test_seal_begins_anew(void **state)
{
	uint8_t bytes[FRAME_MAP_CALL_BYTES] = {0};
	uint32_t handle = make_frame(PAGES);
	struct slot *slot = slot_find(&process->table, handle);

	(void)state;
	assert_int_equal(frame_seal(slot), STATUS_AGAIN);
	map_bytes(bytes, AT, RIGHT_READ | RIGHT_WRITE);
	call(handle, FRAME_MAP, bytes, sizeof(bytes), E_OK);
	call(handle, FRAME_UNMAP, bytes, 0, E_OK);
	assert_int_equal(call(handle, FRAME_SEAL, bytes, 0, E_OK), (PAGES - 1) / SEAL_PAGES);
}

/* The registers of an interrupted call are judged if they are not those of the call. */
static void
test_another_call(void **state)
{
	uint8_t bytes[ARCH_PAYLOAD_BYTES] = {0};
	uint32_t frame = make_frame(PAGES);
	uint32_t judged = fake_monitor.requests;

	(void)state;
	map_bytes(bytes, AT, RIGHT_READ);
	world_syscall(SYS_call, frame, info_make(FRAME_MAP, FRAME_MAP_CALL_BYTES), bytes);
	assert_int_equal(thread->context.answer, FAKE_RESTART);
	assert_int_equal(fake_monitor.requests, judged + 1);
	fake_monitor.deny_requests = true;
	world_syscall(SYS_call, frame, info_make(FRAME_UNMAP, 0), NULL);
	assert_int_equal(world_status(thread), E_DENIED);
	world_syscall(SYS_call, frame, info_make(FRAME_MAP, FRAME_MAP_CALL_BYTES), bytes);
	assert_int_equal(world_status(thread), E_DENIED); /* it is a new one */
}

/* Many wait at an endpoint whose last capability goes: one a step, and nobody comes back. */
static void
test_retire(void **state)
{
	struct slot *slot = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t receive = world_grant(process, slot, 0, RIGHT_RECEIVE, 0);
	struct thread *threads[5];

	(void)state;
	for (int i = 0; i < 5; i++) {
		threads[i] = world_thread(process, 20);
		world_run_as(threads[i]);
		world_syscall(SYS_recv, receive, 0, NULL);
		assert_int_equal(threads[i]->state, THREAD_RECEIVING);
	}
	world_delete(slot_find(&process->table, receive));
	for (int i = 0; i < 4; i++) {
		assert_true(capability_delete_step(slot));
		assert_int_equal(threads[i]->state, THREAD_READY);
		assert_int_equal(threads[i + 1]->state, THREAD_RECEIVING);
	}
	endpoint_receive((struct endpoint *)slot->object, threads[0]);
	assert_int_equal(world_received_info(threads[0]), INFO_FAILED | E_CANCELLED);
	world_delete(slot);
	assert_null(slot->object);
}

/* Who was given a copy of memory may use it, not empty it for all others. */
static void
test_copy_resets_nothing(void **state)
{
	(void)state;
	make_frame(1);
	assert_int_equal(call(memory, UNTYPED_RESET, (const uint8_t *)"", 0, E_STATE), 0);
}

/* Nothing new is derived while a revoke lasts; afterwards it is. */
static void
test_revoke_freezes(void **state)
{
	struct slot *original = world_make(KIND_ENDPOINT, 0, 3);
	struct capability copy = {.object = original->object, .label = 3, .rights = 7};
	struct slot *parent = original;
	struct slot *placed;
	uint32_t steps = 0;

	(void)state;
	for (int i = 0; i < 8; i++) {
		assert_int_equal(slot_place(world.init, &copy, parent, &placed), E_OK);
		parent = i % 2 == 0 ? placed : original;
	}
	while (capability_revoke_step(original)) {
		assert_int_equal(slot_place(world.init, &copy, original, &placed), E_STATE);
		steps++;
	}
	assert_int_equal(steps, 8);
	assert_null(slot_child(original));
	assert_int_equal(slot_place(world.init, &copy, original, &placed), E_OK);
}

/* One that has many descendants goes: they become its parent's, a bounded number a step. */
static void
test_many_orphans(void **state)
{
	const uint32_t many = 3 * LEAVE_STEPS + 1;
	struct slot *root = world_make(KIND_ENDPOINT, 0, 3);
	struct capability copy = {.object = root->object, .label = 3, .rights = 7};
	struct slot *older, *parent, *child;
	uint32_t count = 0, steps = 0;

	(void)state;
	assert_int_equal(slot_place(world.init, &copy, root, &parent), E_OK);
	for (uint32_t i = 0; i < many; i++) {
		assert_int_equal(slot_place(world.init, &copy, parent, &child), E_OK);
	}
	/* In front of it in the list, and not to become their parent. */
	assert_int_equal(slot_place(world.init, &copy, root, &older), E_OK);
	assert_false(capability_delete_step(parent));
	assert_int_equal(parent->rights, 0); /* nothing goes through it any more */
	while (slot_leave_step()) {
		steps++;
	}
	assert_true(steps >= 2);
	for (child = slot_child(root); child != NULL; child = world_descendant_after(root, child)) {
		assert_int_equal(child->depth, root->depth + 1);
		count++;
	}
	assert_int_equal(count, many + 1);
	assert_null(slot_child(older));
}

static struct slot *
make_supervised(struct slot *endpoint, uint16_t instance)
{
	const uint16_t identity[2] = {(uint16_t)(LABEL_INIT + instance), instance};
	struct slot *slot = world_make(KIND_PROCESS, 16, identity[0]);

	assert_int_equal(process_configure((struct process *)slot->object, world.init,
				 endpoint->handle, instance, identity, 31),
		E_OK);
	return slot;
}

/* Whom an endpoint supervised learns of its end, a bounded number of instances a step. */
static void
test_supervisor_ends(void **state)
{
	const uint16_t identity[2] = {9, 9};
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	struct process *first = (struct process *)make_supervised(endpoint, 2)->object;
	struct process *last =
		(struct process *)make_supervised(endpoint, FAKE_INSTANCES - 1)->object;
	struct process *late = (struct process *)world_make(KIND_PROCESS, 16, 9)->object;
	uint32_t steps = 0;

	(void)state;
	assert_ptr_equal(process_find(FAKE_INSTANCES - 1), last);
	while (capability_delete_step(endpoint)) {
		/* Nobody comes under it any more, least of all whom it has passed. */
		assert_int_equal(
			process_configure(late, world.init, endpoint->handle, 1, identity, 31),
			E_STATE);
		steps++;
	}
	assert_int_equal(steps, (FAKE_INSTANCES - 1) / FORGET_STEPS);
	assert_null(first->supervisor);
	assert_null(last->supervisor);
	assert_ptr_equal(process->supervisor, world.endpoint->object);
}

static uint32_t
stale_children(const struct slot *server)
{
	uint32_t count = 0;

	for (struct slot *slot = slot_child(server); slot != NULL;
		slot = world_descendant_after(server, slot)) {
		count += (slot->rights & SLOT_STALE) != 0;
	}
	return count;
}

/* A server with clients, the last of which is a client of a client. */
static struct slot *
make_server(uint32_t clients, struct slot **last)
{
	struct slot *server = world_make(KIND_ENDPOINT, 0, 3);
	struct capability client = {.object = server->object,
		.label = 3,
		.interface = INTERFACE_USER,
		.rights = RIGHT_SEND};
	struct slot *oldest;

	assert_int_equal(slot_place(world.init, &client, server, &oldest), E_OK);
	assert_int_equal(slot_place(world.init, &client, oldest, last), E_OK);
	for (uint32_t i = 2; i < clients; i++) {
		struct slot *slot;
		assert_int_equal(slot_place(world.init, &client, server, &slot), E_OK);
	}
	return server;
}

/* Each client of a new server learns it, whoever comes and goes in between; others' do not. */
static void
test_restart(void **state)
{
	const uint32_t many = 3 * STALE_SLOTS + 1;
	struct slot *last, *other_last;
	struct slot *server = make_server(many, &last);
	struct slot *other = make_server(many, &other_last);
	struct endpoint *endpoint = (struct endpoint *)server->object;
	uint32_t steps = 1;

	(void)state;
	while (endpoint_close_step(endpoint)) {
	}
	assert_true(endpoint_restart_step(server));
	assert_int_equal(stale_children(server), STALE_SLOTS);
	/* Where the walk stands is deleted, and whose supervisor it is has others to tell first. */
	struct slot *at = slot_child(server);
	for (uint32_t i = 1; i < STALE_SLOTS; i++) {
		at = world_descendant_after(server, at);
	}
	world_delete(at);
	while (endpoint_restart_step(other)) {
		steps++;
	}
	assert_int_equal(steps, 2 * (many / STALE_SLOTS) + 1);
	assert_int_equal(stale_children(server), many - 1);
	assert_int_equal(stale_children(other), many);
	assert_true(last->rights & SLOT_STALE);
	assert_true(endpoint->is_closed);
	while (endpoint_restart_step(server)) {
	}
	assert_false(endpoint->is_closed);
	/* The server's own capability goes in the middle of it. */
	assert_true(endpoint_restart_step(other));
	world_delete(other);
	for (steps = 0; endpoint_restart_step(server); steps++) {
	}
	assert_int_equal(steps, (many - 1) / STALE_SLOTS); /* nothing of that is left to do */
}

/* Records are looked for in a bounded number of rings a step. */
static void
test_audit(void **state)
{
	struct audit_record record = {
		.instance = FAKE_INSTANCES - 1, .event = KSM_CALL, .reason = 1};
	struct audit_record first = {.instance = 1, .event = KSM_CALL, .reason = 1};
	uint32_t lost;

	(void)state;
	audit_write(&record, SLOT_NO_EDGE);
	for (uint32_t step = 0; step < (FAKE_INSTANCES - 1) / SEEK_LOGS; step++) {
		assert_true(audit_seek_step());
		audit_write(&first, SLOT_NO_EDGE); /* where it was already */
	}
	assert_false(audit_seek_step());
	assert_true(audit_take(&record, &lost));
	assert_int_equal(record.instance, FAKE_INSTANCES - 1);
	while (audit_seek_step()) {
	}
	assert_true(audit_take(&record, &lost));
	assert_int_equal(record.instance, 1);
	while (world_audit_take(&record, &lost)) {
	}
}

/* What the policy remembers of an instance is forgotten in steps; then the process has its label.
 */
static void
test_configure(void **state)
{
	const uint16_t identity[2] = {9, 7};
	struct process *made = (struct process *)world_make(KIND_PROCESS, 16, 9)->object;
	uint32_t restarts = fake_monitor.restarts;

	(void)state;
	fake_monitor.restart_steps = 3;
	for (uint32_t step = 0; step < 3; step++) {
		assert_int_equal(process_configure(
					 made, world.init, world.endpoint->handle, 1, identity, 31),
			STATUS_AGAIN);
		assert_int_equal(made->label, LABEL_NONE);
	}
	assert_int_equal(
		process_configure(made, world.init, world.endpoint->handle, 1, identity, 31), E_OK);
	fake_monitor.restart_steps = 0;
	assert_int_equal(fake_monitor.restarts, restarts + 1);
	assert_int_equal(made->label, 9);
}

/* Many deadlines end at once, and an interrupt waits: one thread at a time is woken. */
static void
test_deadlines(void **state)
{
	struct thread *threads[5];
	uint32_t ready = 0;

	(void)state;
	for (int i = 0; i < 5; i++) {
		threads[i] = world_thread(process, 20);
		world_run_as(threads[i]);
		world_syscall(SYS_deadline, 1000, 0, NULL);
		world_syscall(SYS_wait, 0, 0, NULL);
		assert_int_equal(threads[i]->state, THREAD_WAITING);
	}
	fake_clock_advance(1000 - arch_clock_ns());
	timer_expire();
	for (int i = 0; i < 5; i++) {
		ready += threads[i]->state == THREAD_READY;
	}
	assert_int_equal(ready, 1);
	assert_true(fake_timer_deadline() == 1000 + EXPIRE_REST_NS);
	arch_irq_mask(LINE);
	fake_clock_advance(EXPIRE_REST_NS);
	timer_expire();
	for (int i = 0; i < 5; i++) {
		assert_int_equal(threads[i]->state, THREAD_READY);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_clear),
		TEST(test_map),
		TEST(test_map_fails_late),
		TEST(test_seal_begins_anew),
		TEST(test_another_call),
		TEST(test_retire),
		TEST(test_revoke_freezes),
		TEST(test_copy_resets_nothing),
		TEST(test_many_orphans),
		TEST(test_supervisor_ends),
		TEST(test_restart),
		TEST(test_audit),
		TEST(test_configure),
		TEST(test_deadlines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
