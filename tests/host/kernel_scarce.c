/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Each allocation of a scenario is refused once: the call that needed it says so and has changed
 * nothing, and all that was made before can be taken back.
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
#include "kernel/destroy.h"
#include "kernel/frame.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/untyped.h"
#include "ksm/format_shape.h"
#include "tests/check/check.h"
#include "tests/check/scarce.h"
#include "tests/host/support/kernel_pair.h"
#include "tests/host/support/kernel_world.h"

#define BADGE 4u
#define CALL  (1u << FORMAT_SHAPE_CALL_HANDLES | 4u) /* one handle */
#define REPLY (1u << FORMAT_SHAPE_REPLY_HANDLES | 4u)

/* A step of a scenario: one call of the kernel, with what came of it. */
typedef enum status (*step_function)(void);

static struct slot *account, *frame, *process_slot, *thread_slot, *moved;
static uint64_t address = 0x20000000; /* another each time: tables stay; above all buffers */
static uint32_t granted, call_handle, reply_handle;

static enum status
retype(struct slot *from, enum object_kind kind, uint32_t size, struct slot **slot)
{
	return world_retype(from, kind, size, 3, slot);
}

static struct process *
process(void)
{
	return (struct process *)process_slot->object;
}

static enum status
make_account(void)
{
	return retype(world.memory, KIND_UNTYPED, 32 * PAGE_BYTES, &account);
}

static enum status
make_frame(void)
{
	return retype(account, KIND_FRAME, 3, &frame);
}

static enum status
make_process(void)
{
	return retype(account, KIND_PROCESS, 16, &process_slot);
}

static enum status
make_thread(void)
{
	return retype(account, KIND_THREAD, 0, &thread_slot);
}

static enum status
make_rest(void)
{
	static const uint8_t kinds[] = {KIND_ENDPOINT, KIND_NOTIFICATION, KIND_REPLY};
	static uint32_t next;
	struct slot *slot;

	return retype(account, kinds[next++ % 3], 0, &slot);
}

static enum status
configure_process(void)
{
	const uint16_t identity[2] = {3, 3};

	return process_configure(
		process(), world.init, world.endpoint->handle, BADGE, identity, 31);
}

static enum status
give(struct slot *slot, uint8_t rights)
{
	struct capability wanted = {.label = 3, .interface = slot->object->kind, .rights = rights};

	return process_grant(process(), world.init, slot->handle, &wanted, &granted);
}

static enum status
give_self(void)
{
	return give(process_slot, 7);
}

static enum status
give_frame(void)
{
	return give(frame, RIGHT_READ);
}

static enum status
burn_slot(void)
{
	return process_grant(process(), world.init, 0, NULL, &granted);
}

static enum status
map_given(void)
{
	return frame_map(slot_find(&process()->table, granted), address, RIGHT_READ);
}

static enum status
configure_thread(void)
{
	return thread_configure((struct thread *)thread_slot->object, world.init,
		process_slot->handle, 0x30000000, 3);
}

static enum status
start_thread(void)
{
	process()->is_started = true;
	return thread_start((struct thread *)thread_slot->object, 0x400000, 0x3d0000, 0, 0);
}

static enum status
reset_account(void)
{
	while (untyped_reset_step(account)) {
	}
	return E_OK;
}

static enum status
map_own(void)
{
	return frame_map(frame, address, RIGHT_READ | RIGHT_WRITE);
}

static enum status
unmap_own(void)
{
	while (frame_unmap_step(frame)) {
	}
	return E_OK;
}

static enum status
map_far(void)
{
	return frame_map(frame, address + 0x200000, RIGHT_READ);
}

static enum status
move_own(void)
{
	enum status status = slot_move(frame, &moved);

	if (status == E_OK) {
		frame = moved;
	}
	return status;
}

static void
listen(void)
{
	if (pair.server->state != THREAD_RECEIVING) {
		world_run_as(pair.server);
		world_syscall(SYS_recv, pair.receive, 0, NULL);
	}
}

/* A request with a handle, or why not: a denied one comes back at once. */
static enum status
call_with_handle(void)
{
	const uint32_t payload[ARCH_PAYLOAD_BYTES / 4] = {call_handle};

	listen();
	world_run_as(pair.client);
	if (world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 4), payload) == pair.server) {
		return E_OK;
	}
	/* The server still waits: nobody was told. */
	assert_int_equal(pair.server->state, THREAD_RECEIVING);
	return (enum status)world_status(pair.client);
}

static enum status
reply_with_handle(void)
{
	const uint32_t payload[ARCH_PAYLOAD_BYTES / 4] = {reply_handle};

	if (pair.server->caller == NULL) {
		assert_int_equal(call_with_handle(), E_OK); /* an answer is refused once */
	}
	world_syscall(SYS_reply, 0, info_make(0, 4), payload);
	return (enum status)world_status(pair.server);
}

static enum status
give_client(void)
{
	struct capability wanted = {.label = 3, .interface = KIND_FRAME, .rights = 3};

	return process_grant(pair.client_process, world.init, frame->handle, &wanted, &granted);
}

static enum status
map_lent(void)
{
	return frame_map(
		slot_find(&pair.client_process->table, granted), address, RIGHT_READ | RIGHT_WRITE);
}

/* The client lends its page, and the server reads it into its own buffer. */
static enum status
lend(void)
{
	const uint32_t lent = (uint32_t)address;
	const uint32_t payload[ARCH_PAYLOAD_BYTES / 4] = {PAGE_BYTES};
	const struct lease_copy copy = {pair.server->buffer_address, 0, MESSAGE_BYTES_MAX};
	uint8_t wanted[ARCH_PAYLOAD_BYTES] = {0};

	fake_monitor.shapes[0] = UINT32_C(2) << FORMAT_SHAPE_MORE_SHIFT;
	listen();
	world_run_as(pair.client);
	memcpy(pair.client->buffer + LEASE_ADDRESSES, &lent, sizeof(lent));
	assert_ptr_equal(world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 4), payload),
		pair.server);
	memcpy(wanted, &copy, sizeof(copy));
	world_syscall(SYS_lease_read, 0, 0, wanted);
	return (enum status)world_status(pair.server);
}

/* What was made is the same as before: for calls that change nothing when they fail. */
static void
run_step(step_function step, uint32_t number)
{
	struct check_books before, after;

	check_count(&before);
	enum status status = step();
	kernel_check(scheduler_current());
	if (scarce_asked < scarce_at) {
		assert_int_equal(status, E_OK);
		return;
	}
	if (status != E_MEMORY && status != E_LIMIT) {
		fail_msg("step %u, allocation %u refused: status %u", number, scarce_at, status);
	}
	check_count(&after);
	assert_memory_equal(&before, &after, sizeof(before));
}

/* Every allocation in turn; a step that was refused is done again, and then all goes well. */
static void
run_scenario(int (*start)(void **state), const step_function *steps)
{
	uint32_t refused = 0;

	do {
		start(NULL);
		address += 0x400000;
		fake_monitor.shapes[KSM_CALL] = CALL;
		fake_monitor.shapes[KSM_REPLY] = REPLY;
		refused++;
		scarce_asked = 0;
		scarce_at = refused;
		for (uint32_t i = 0; steps[i] != NULL; i++) {
			run_step(steps[i], i);
			if (scarce_asked >= scarce_at) {
				scarce_at = SCARCE_NEVER;
				assert_int_equal(steps[i](), E_OK);
			}
		}
		bool is_over = scarce_at != SCARCE_NEVER;
		scarce_at = SCARCE_NEVER;
		world_end(NULL);
		if (is_over) {
			break;
		}
	} while (true);
	print_message("%u allocations, each refused once\n", refused - 1);
	assert_true(refused > 1);
	world_start(NULL);
}

static void
test_retype(void **state)
{
	static const step_function steps[] = {make_account, make_frame, make_process, make_thread,
		make_rest, make_rest, make_rest, NULL};

	(void)state;
	run_scenario(world_start, steps);
}

static void
test_map(void **state)
{
	static const step_function steps[] = {
		make_account, make_frame, map_own, unmap_own, map_far, move_own, NULL};

	(void)state;
	run_scenario(world_start, steps);
}

#define SPAWN                                                                                      \
	make_process, make_thread, make_frame, configure_process, give_self, burn_slot,            \
		give_frame, map_given, configure_thread, start_thread

static void
test_spawn(void **state)
{
	static const step_function steps[] = {make_account, SPAWN, NULL};

	(void)state;
	run_scenario(world_start, steps);
}

static void
test_restart(void **state)
{
	static const step_function steps[] = {make_account, SPAWN, reset_account, SPAWN, NULL};

	(void)state;
	run_scenario(world_start, steps);
}

static int
start_pair(void **state)
{
	pair_start(state);
	call_handle = pair.call;
	reply_handle =
		world_grant(pair.server_process, pair.endpoint, INTERFACE_USER, RIGHT_SEND, 9);
	return 0;
}

static void
test_handles(void **state)
{
	static const step_function steps[] = {call_with_handle, reply_with_handle, NULL};

	(void)state;
	run_scenario(start_pair, steps);
}

static void
test_lease(void **state)
{
	static const step_function steps[] = {
		make_account, make_frame, give_client, map_lent, lend, NULL};

	(void)state;
	run_scenario(start_pair, steps);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_retype, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_map, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_spawn, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_restart, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_handles, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_lease, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
