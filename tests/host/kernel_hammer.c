/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Random system calls, faults, interrupts and time in a world of processes that hold capabilities
 * for each other, with a monitor that grants everything: no assert of the kernel may be reached, no
 * broken contract of the machine, and at the end everything can be taken back.
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
#include "kernel/destroy.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define ROUNDS    300
#define STEPS     600
#define PROCESSES 3
#define THREADS   3

/* Exact payload of each method: the monitor lets no other length pass. */
static const uint8_t lengths[KIND_POWER + 1][10] = {
	[KIND_UNTYPED] = {[UNTYPED_RETYPE] = UNTYPED_RETYPE_CALL_BYTES,
		[UNTYPED_RESET] = UNTYPED_RESET_CALL_BYTES,
		[UNTYPED_INFO] = UNTYPED_INFO_CALL_BYTES},
	[KIND_PROCESS] = {[PROCESS_GRANT] = PROCESS_GRANT_CALL_BYTES,
		[PROCESS_MAP] = PROCESS_MAP_CALL_BYTES,
		[PROCESS_UNMAP] = PROCESS_UNMAP_CALL_BYTES,
		[PROCESS_CONFIGURE] = PROCESS_CONFIGURE_CALL_BYTES,
		[PROCESS_START] = PROCESS_START_CALL_BYTES,
		[PROCESS_STOP] = PROCESS_STOP_CALL_BYTES,
		[PROCESS_EXIT] = PROCESS_EXIT_CALL_BYTES},
	[KIND_THREAD] = {[THREAD_CONFIGURE] = THREAD_CONFIGURE_CALL_BYTES,
		[THREAD_START] = THREAD_START_CALL_BYTES,
		[THREAD_STOP] = THREAD_STOP_CALL_BYTES,
		[THREAD_BIND] = THREAD_BIND_CALL_BYTES},
	[KIND_FRAME] = {[FRAME_MAP] = FRAME_MAP_CALL_BYTES,
		[FRAME_UNMAP] = FRAME_UNMAP_CALL_BYTES,
		[FRAME_SEAL] = FRAME_SEAL_CALL_BYTES},
};

static struct process *processes[PROCESSES];

/* How often a call ended with each status: the hammer must not only hit closed doors. */
static uint32_t endings[16];

/* Some capability of the world for a process, with any rights that its original has. */
static void
grant_something(struct process *process)
{
	const struct slot *source =
		&world.init->table.slots[4 + random_below(world.init->table.fresh - 4)];
	struct capability wanted;
	uint32_t granted;

	if (source->object == NULL) {
		return;
	}
	wanted = (struct capability){.badge = (uint32_t)(1u << random_below(12)),
		.label = source->label,
		.interface = source->object->kind,
		.rights = (uint8_t)(source->rights & (1 + random_below(7)))};
	if (source->object->kind == KIND_FRAME) {
		wanted.badge = 0;
	}
	if (source->object->kind == KIND_ENDPOINT && random_below(4) != 0) {
		/* A client's or a server's, so that messages flow. */
		wanted.rights = random_below(2) == 0 ? RIGHT_SEND : RIGHT_RECEIVE;
	}
	(void)process_grant(process, world.init, source->handle, &wanted, &granted);
}

static void
build_round(void)
{
	for (uint16_t i = 0; i < PROCESSES; i++) {
		processes[i] = world_process((uint16_t)(i + 1));
		world_make(KIND_ENDPOINT, 0, 3);
		world_make(KIND_NOTIFICATION, 0, 3);
		world_make(KIND_REPLY, 0, 3);
		world_make(KIND_THREAD, 0, 3);
		world_make(KIND_FRAME, 1 + i, 3);
		world_make(KIND_UNTYPED, 8 * PAGE_BYTES, 3);
	}
	for (int i = 0; i < PROCESSES * THREADS; i++) {
		world_thread(processes[i % PROCESSES], (uint8_t)random_below(4));
	}
	for (int i = 0; i < PROCESSES * 20; i++) {
		grant_something(processes[i % PROCESSES]);
	}
}

static uint32_t
any_handle(const struct process *process)
{
	const struct slot_table *table = &process->table;
	const struct slot *slot = &table->slots[1 + random_below(table->count - 1)];

	switch (random_below(8)) {
	case 0:
		return 0;
	case 1:
		return (uint32_t)random_next();
	default:
		for (int i = 0; i < 8 && slot->object == NULL; i++) {
			slot = &table->slots[1 + random_below(table->fresh)];
		}
		return slot->handle;
	}
}

/* A word of a message: what methods take, and what they do not. */
static uint32_t
any_word(const struct process *process)
{
	switch (random_below(6)) {
	case 0:
		return any_handle(process);
	case 1:
		return (uint32_t)random_below(16);
	case 2:
		return (uint32_t)(random_below(64) * PAGE_BYTES);
	case 3:
		return (uint32_t)(0x10000000 + random_below(64) * PAGE_BYTES);
	case 4:
		return 0;
	default:
		return (uint32_t)random_next();
	}
}

static uint32_t
any_info(const struct thread *thread, uint32_t handle)
{
	const struct slot *slot = slot_find(&thread->process->table, handle);
	uint32_t method = (uint32_t)random_below(10), length;

	if (random_below(16) == 0) {
		return (uint32_t)random_next();
	}
	if (slot == NULL || slot->object->kind == KIND_ENDPOINT ||
		slot->object->kind > KIND_FRAME) {
		return info_make(method, (uint32_t)random_below(1025));
	}
	length = lengths[slot->object->kind][method];
	return info_make(method, length);
}

/* Mostly a call that the object knows. */
static uint32_t
any_number(const struct thread *thread, uint32_t handle)
{
	static const uint8_t for_endpoint[] = {SYS_call, SYS_recv, SYS_reply_recv, SYS_recv};
	static const uint8_t for_notification[] = {SYS_signal, SYS_wait, SYS_poll, SYS_call};
	const struct slot *slot = slot_find(&thread->process->table, handle);
	uint64_t choice = random_below(40);

	if (choice == 0) {
		return (uint32_t)random_below(300);
	}
	if (slot == NULL || choice < 10) {
		return (uint32_t)random_below(10);
	}
	if (slot->object->kind == KIND_ENDPOINT) {
		return thread->caller != NULL && choice < 30 ? SYS_reply : for_endpoint[choice % 4];
	}
	if (slot->object->kind == KIND_NOTIFICATION) {
		return for_notification[choice % 4];
	}
	return slot->object->kind == KIND_REPLY && choice < 25 ? SYS_reply : SYS_call;
}

/* Blocking calls mostly have a deadline, so that the world goes on. */
static void
step_syscall(struct thread *thread)
{
	uint32_t words[MESSAGE_BYTES_MAX / 4];
	uint32_t handle = any_handle(thread->process);
	uint32_t number = any_number(thread, handle);
	uint32_t info = any_info(thread, handle);

	for (size_t i = 0; i < 16; i++) {
		words[i] = any_word(thread->process);
	}
	memcpy(thread->buffer, words, 64);
	if (random_below(4) != 0) {
		thread->deadline_ns = arch_clock_ns() + 1 + random_below(5000);
	}
	if (number == SYS_deadline) {
		handle = (uint32_t)(arch_clock_ns() + random_below(5000));
		info = 0;
	}
	world_syscall(number, handle, info, words);
	if (thread->context.answer == FAKE_RESULT) {
		endings[thread->context.status % 16]++;
	}
}

static void
enter_fault(void *argument)
{
	struct thread *thread = argument;
	struct arch_fault fault = {.kind = FAULT_READ, .address = random_next()};

	kernel_fault(&thread->context, &fault);
}

/* False: nobody ran, nor could. */
static bool
step(void)
{
	struct thread *thread = scheduler_current();
	int end = FAKE_RETURNED;

	fake_clock_advance(random_below(100));
	if (thread == NULL || random_below(10) == 0) {
		/* Nobody runs: time passes, or a device speaks. */
		fake_clock_advance(random_below(2000));
		thread = world_interrupt();
	}
	if (thread == NULL) {
		return false;
	}
	if (random_below(500) == 0) {
		end = fake_call(enter_fault, thread);
	} else {
		step_syscall(thread);
	}
	assert_in_range(end, FAKE_RETURNED, FAKE_IDLE);
	if (random_below(20) == 0) {
		grant_something(processes[random_below(PROCESSES)]);
	}
	return true;
}

/* Whoever runs is ready, alive, and in its own space. */
static void
check(void)
{
	const struct thread *thread = scheduler_current();

	if (thread != NULL) {
		assert_int_equal(thread->state, THREAD_READY);
		assert_non_null(thread->process);
		assert_false(thread->process->is_stopped);
		assert_ptr_equal(fake_space_current(), &thread->process->space);
	}
}

/* Processes that took themselves or each other away are gone: nothing may be granted to them. */
static bool
all_live(void)
{
	for (uint16_t i = 0; i < PROCESSES; i++) {
		if (process_find((uint16_t)(i + 1)) != processes[i]) {
			return false;
		}
	}
	return true;
}

/* Until the round's steps are done, a process is gone, or all have fallen silent. */
static uint32_t
hammer_round(void)
{
	uint32_t calls = 0, silent = 0;

	build_round();
	world_run();
	for (int i = 0; i < STEPS && all_live() && silent < 10; i++) {
		if (step()) {
			calls++;
			silent = 0;
		} else {
			silent++;
		}
		check();
	}
	return calls;
}

static void
test_hammer(void **state)
{
	uint32_t calls = 0;

	(void)state;
	random_start(9);
	for (int round = 0; round < ROUNDS; round++) {
		world_start(state);
		calls += hammer_round();
		world_end(state);
	}
	print_message("%u calls; by status:", calls);
	for (int i = 0; i < 16; i++) {
		print_message(" %u", endings[i]);
	}
	print_message("\n");
	assert_true(calls > ROUNDS * 20);
	assert_true(endings[E_OK] > calls / 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hammer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
