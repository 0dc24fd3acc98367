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

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/memory.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/timer.h"
#include "tests/host/support/kernel_history.h"
#include "tests/host/support/kernel_world.h"
#include "tests/host/support/random.h"

#define ROUNDS    600
#define STEPS     600
#define PROCESSES 3
#define THREADS   3
#define BUDGET_NS 20000
#define AUDIT_BIT UINT32_C(0x10000)
#define HANDS     8u /* method that carries one handle (fake_monitor.c) */

static struct process *processes[PROCESSES];

/* How often a call ended with each status: the hammer must not only hit closed doors. */
static uint32_t endings[16];

/* Some capability of the world for a process, with any rights that its original has. */
static void
grant_something(struct process *process)
{
	const struct slot *source = world.made[random_below(world.made_count)];
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
		wanted.interface = wanted.rights == RIGHT_SEND ? INTERFACE_USER : 0;
	}
	if (random_below(10) == 0) {
		wanted.interface = (uint16_t)random_below(INTERFACE_USER + 2);
	}
	(void)process_grant(process, world.init, source->handle, &wanted, &granted);
}

/* Slots 1 to 6 of each process: client and server at each of the three endpoints. */
static void
grant_endpoints(struct slot *const endpoints[PROCESSES])
{
	for (int i = 0; i < PROCESSES; i++) {
		for (uint32_t j = 0; j < PROCESSES; j++) {
			world_grant(processes[i], endpoints[j], INTERFACE_USER, RIGHT_SEND, j);
			world_grant(processes[i], endpoints[j], 0, RIGHT_RECEIVE, j);
		}
	}
}

/* Slots 7 to 12: signals and waits at each of the three notifications. Some are bound. */
static void
grant_notifications(struct slot *const notifications[PROCESSES])
{
	for (int i = 0; i < PROCESSES; i++) {
		for (uint32_t j = 0; j < PROCESSES; j++) {
			world_grant(processes[i], notifications[j], INTERFACE_SIGNAL, RIGHT_SEND,
				i == 0 ? 0 : UINT32_C(1) << (4 * (uint32_t)i + j));
			world_grant(processes[i], notifications[j], 0, RIGHT_RECEIVE, 0);
		}
		if (random_below(2) == 0) {
			(void)notification_bind((struct notification *)notifications[i]->object,
				processes[i]->threads);
		}
	}
	if (random_below(2) == 0) {
		audit_bind((struct notification *)notifications[0]->object, AUDIT_BIT);
	}
	if (random_below(3) == 0) { /* its threads are accounted for */
		(void)budget_declare(processes[0]->budget, BUDGET_NS, 4 * BUDGET_NS, 0);
	}
}

static void
build_round(void)
{
	struct slot *endpoints[PROCESSES];
	struct slot *notifications[PROCESSES];

	for (uint16_t i = 0; i < PROCESSES; i++) {
		processes[i] = world_process((uint16_t)(i + 1));
		endpoints[i] = world_make(KIND_ENDPOINT, 0, 3);
		notifications[i] = world_make(KIND_NOTIFICATION, 0, 3);
		world_make(KIND_REPLY, 0, 3);
		world_make(KIND_THREAD, 0, 3);
		world_make(KIND_FRAME, 1 + i, 3);
		world_make(KIND_UNTYPED, 8 * PAGE_BYTES, 3);
	}
	for (int i = 0; i < PROCESSES * THREADS; i++) {
		world_thread(processes[i % PROCESSES], (uint8_t)random_below(4));
	}
	grant_endpoints(endpoints);
	grant_notifications(notifications);
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
	case 2:
	case 3:
	case 4:
		return HANDLE_INITIAL(1 + (uint32_t)random_below(4 * PROCESSES));
	default:
		for (int i = 0; i < 8 && slot->object == NULL; i++) {
			slot = &table->slots[random_below(table->fresh)];
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
	uint32_t method = (uint32_t)(random_below(2) * random_below(10)), length;

	if (slot != NULL && (slot->rights & SLOT_CLIENT)) {
		method = (uint32_t)random_below(17);
		/* What a program decides about, if it is one of these. */
		if (random_below(2) == 0) {
			if (random_below(3) == 0) {
				return info_make(HANDS, (uint32_t)(2 + random_below(15)));
			}
			method = 4 * (1 + (uint32_t)random_below(4));
			return info_make(method, (uint32_t)random_below(17));
		}
	}

	if (random_below(16) == 0) {
		return (uint32_t)random_next();
	}
	if (slot == NULL || slot->object->kind == KIND_ENDPOINT) {
		uint64_t most = random_below(2) == 0 ? 16 : MESSAGE_BYTES_MAX;
		return info_make(method, (uint32_t)random_below(most + 1));
	}
	length = fake_monitor_length(slot->object->kind, method);
	return info_make(method, length);
}

/* Mostly a call that the object knows. */
static uint32_t
any_number(const struct thread *thread, uint32_t handle)
{
	static const uint8_t for_endpoint[] = {SYS_call, SYS_recv, SYS_reply_recv, SYS_recv};
	static const uint8_t for_server[] = {SYS_reply, SYS_reply_recv, SYS_reply_recv, SYS_recv};
	static const uint8_t for_notification[] = {SYS_signal, SYS_wait, SYS_poll, SYS_call};
	const struct slot *slot = slot_find(&thread->process->table, handle);
	uint64_t choice = random_below(40);

	if (choice == 0) {
		return (uint32_t)random_below(300);
	}
	if (slot == NULL || choice < 10) {
		return (uint32_t)random_below(10);
	}
	if (slot->object->kind == KIND_ENDPOINT && (slot->rights & SLOT_CLIENT)) {
		return SYS_call;
	}
	if (slot->object->kind == KIND_ENDPOINT) {
		return thread->caller != NULL ? for_server[choice % 4] : for_endpoint[choice % 4];
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

	/* One answer in so many comes later, or not at all. */
	uint32_t deferred = thread->landed_count == 0 ? 2 : 12;

	if (thread->caller != NULL && random_below(deferred) != 1) { /* as servers do it */
		number = SYS_reply_recv;
		handle = HANDLE_INITIAL(2 + 2 * (uint32_t)random_below(PROCESSES));
		info = info_make(0, (uint32_t)random_below(random_below(4) == 0 ? 1025 : 17));
	}
	for (size_t i = 0; i < 16; i++) {
		words[i] = any_word(thread->process);
	}
	if (random_below(2) == 0) { /* a handle that travels, alone or behind a lease */
		words[0] = any_handle(thread->process);
		words[1] = any_handle(thread->process);
	}
	if (info_method(info) == HANDS && random_below(8) != 0) { /* a client's */
		words[0] = HANDLE_INITIAL(1 + 2 * (uint32_t)random_below(PROCESSES));
	}
	memcpy(thread->buffer, words, 64);
	if (random_below(deferred + 1) == 0) {
		timer_set(thread, arch_clock_ns() + 1 + random_below(5000));
	}
	if (number == SYS_deadline) {
		handle = (uint32_t)(arch_clock_ns() + random_below(5000));
		info = 0;
	}
	world_syscall(number, handle, info, words);
	history_remember(thread);
	if (thread->context.answer == FAKE_RESULT) {
		endings[thread->context.status % 16]++;
	}
}

static void
enter_fault(void *argument)
{
	struct thread *thread = argument;
	struct arch_fault fault = {.kind = FAULT_READ, .address = random_next()};

	world_resume(kernel_fault(&thread->context, &fault));
}

/* False: nobody ran, nor could. */
static bool
step(void)
{
	struct thread *thread = scheduler_current();
	int end = FAKE_RETURNED;

	if (random_below(60) == 0) {
		/* Another policy comes into force, or has settled: in the kernel, as an alarm does
		 * it. */
		fake_monitor.epoch++;
		fake_monitor.is_stale = random_below(2) == 0;
		thread = world_interrupt();
	}
	fake_clock_advance(random_below(100));
	if (random_below(50) == 0) {
		fake_clock_advance(SLICE_NS);
	}
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

static uint32_t
plain_granted(void)
{
	return fake_monitor_plain(KSM_CALL) + fake_monitor_plain(KSM_REPLY);
}

/* Until the round's steps are done, a process is gone, or all have fallen silent. */
static uint32_t
hammer_round(void **state, uint64_t round, bool is_short)
{
	uint32_t calls = 0, silent = 0;

	world_start(state);
	fake_monitor_set_plain();
	fake_short_way(is_short);
	history = 0;
	random_restart(round);
	build_round();
	world_run();
	for (int i = 0; i < STEPS && all_live() && silent < 10; i++) {
		uint32_t granted = plain_granted();
		bool was_stale = fake_monitor.is_stale;
		bool is_over = !step();

		if (was_stale && fake_monitor.is_stale) {
			assert_int_equal(plain_granted(), granted);
		}
		if (!is_over) {
			calls++;
			silent = 0;
		} else {
			silent++;
		}
		check();
	}
	history_mix(fake_monitor.requests + fake_monitor.signals + fake_monitor_plain(KSM_CALL));
	history_mix(fake_monitor.replies + fake_monitor_plain(KSM_REPLY));
	history_mix(fake_monitor.refusals);
	history_records();
	world_end(state);
	return calls;
}

/* Each round the long way and the short way: the same must happen. */
static void
test_hammer(void **state)
{
	uint32_t calls = 0, plain = 0;
	uint32_t direct[FAKE_WAYS] = {0};
	uint32_t taken[SYSCALL_COUNT] = {0};

	(void)state;
	random_start(9);
	for (uint64_t round = 0; round < ROUNDS; round++) {
		uint64_t by_long_way;

		calls += hammer_round(state, round, false);
		by_long_way = history;
		calls += hammer_round(state, round, true);
		plain += plain_granted();
		for (int i = 0; i < FAKE_WAYS; i++) {
			direct[i] += fake_short_direct((enum fake_way)i);
		}
		for (uint32_t i = 0; i < SYSCALL_COUNT; i++) {
			taken[i] += fake_short_taken(i);
		}
		if (history != by_long_way) {
			fail_msg("round %llu: the short way differs from the long one",
				(unsigned long long)round);
		}
	}
	print_message("%u calls, %u messages granted plainly, with a stack %u judged, %u "
		      "waited, %u turned, %u yielded, %u landed, %u dropped; by status:",
		calls, plain, direct[FAKE_JUDGED], direct[FAKE_WAITED], direct[FAKE_TURNED],
		direct[FAKE_YIELDED], direct[FAKE_LANDED], direct[FAKE_DROPPED]);
	for (int i = 0; i < 16; i++) {
		print_message(" %u", endings[i]);
	}
	print_message("; the short way by system call:");
	for (int i = 0; i < SYSCALL_COUNT; i++) {
		print_message(" %u", taken[i]);
	}
	print_message("\n");
	assert_true(calls > ROUNDS * 20);
	assert_true(endings[E_OK] > calls / 10);
	assert_true(plain > ROUNDS / 2);
	for (int i = 0; i < FAKE_WAYS; i++) {
		assert_true(direct[i] > ROUNDS / 20);
	}
	for (uint32_t i = SYS_signal; i <= SYS_yield; i++) {
		assert_true(taken[i] > ROUNDS / 10);
	}
}

/* The hammer does not come between the steps in which a notification goes. */
static void
test_retired(void **state)
{
	struct process *process = world_process(1);
	struct thread *waiter = world_thread(process, 1);
	struct slot *slot = world_make(KIND_NOTIFICATION, 0, 3);
	uint32_t handle = world_grant(process, slot, 0, RIGHT_RECEIVE, 0);

	(void)state;
	(void)world_thread(process, 1); /* the short way would switch to it */
	world_run_as(waiter);
	assert_false(notification_retire_step((struct notification *)slot->object));
	world_syscall(SYS_wait, handle, 0, NULL);
	assert_int_equal(world_status(waiter), E_CANCELLED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hammer),
		cmocka_unit_test_setup_teardown(test_retired, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
