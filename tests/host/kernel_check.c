/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The check of the kernel's state finds what is wrong, and says what; and it keeps books. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "kernel/destroy.h"
#include "kernel/endpoint.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/reply.h"
#include "kernel/scheduler.h"
#include "kernel/timer.h"
#include "kernel/untyped.h"
#include "tests/check/check.h"
#include "tests/check/check_that.h"
#include "tests/check/parts.h"
#include "tests/host/support/kernel_world.h"

/* One server that owes an answer, a caller, a queued one, a waiter with a deadline, a reader. */
static struct thread *server, *caller, *queued, *waiter, *runner;
static struct slot *endpoint, *notification, *account, *frame;

static struct thread *
start(struct process *process, uint8_t priority)
{
	struct thread *thread = world_thread(process, priority);

	world_run_as(thread);
	return thread;
}

static void
build(void)
{
	struct process *left = world_process(1);
	struct process *right = world_process(2);

	endpoint = world_make(KIND_ENDPOINT, 0, 3);
	notification = world_make(KIND_NOTIFICATION, 0, 3);
	account = world_make(KIND_UNTYPED, 8 * PAGE_BYTES, 3);
	assert_int_equal(world_retype(account, KIND_FRAME, 2, 3, &frame), E_OK);
	uint32_t call = world_grant(left, endpoint, INTERFACE_USER, RIGHT_SEND, 0);
	uint32_t serve = world_grant(right, endpoint, 0, RIGHT_RECEIVE, 0);
	uint32_t wait = world_grant(left, notification, 0, RIGHT_RECEIVE, 0);
	runner = world_thread(left, 5); /* somebody always runs, so that no time passes */
	waiter = start(left, 9);
	timer_set(waiter, arch_clock_ns() + 1000000);
	world_syscall(SYS_wait, wait, 0, NULL);
	server = start(right, 8);
	world_syscall(SYS_recv, serve, 0, NULL);
	caller = start(left, 7);
	world_syscall(SYS_call, call, info_make(1, 0), NULL);
	server->priority = 1; /* it works on while others call */
	queued = start(left, 6);
	world_syscall(SYS_call, call, info_make(1, 0), NULL);
	world_run_as(runner);
}

static void
enter_check(void *argument)
{
	(void)argument;
	kernel_check(scheduler_current());
}

/* A field that is wrong for as long as the check looks. */
static void
expect_found(void *field, const void *wrong, size_t bytes, const char *what)
{
	uint8_t right[16];

	memcpy(right, field, bytes);
	memcpy(field, wrong, bytes);
	check_found = NULL;
	int end = fake_call(enter_check, NULL);
	memcpy(field, right, bytes);
	assert_true(end >= FAKE_RESET);
	assert_non_null(check_found);
	assert_string_equal(check_found, what);
	assert_int_equal(fake_call(enter_check, NULL), FAKE_RETURNED);
}

#define EXPECT(field, value, what)                                                                 \
	do {                                                                                       \
		__typeof__(field) wrong = (value);                                                 \
		expect_found(&(field), &wrong, sizeof(wrong), what);                               \
	} while (0)

static void
test_threads(void **state)
{
	(void)state;
	build();
	assert_int_equal(fake_call(enter_check, NULL), FAKE_RETURNED);
	EXPECT(runner->state, THREAD_INACTIVE, "who runs is not ready");
	EXPECT(runner->is_parked, true, "who runs stands in a queue");
	EXPECT(runner->call.kept, (struct reply *)(void *)fake_ram, "a ready thread has a call");
	EXPECT(server->state, THREAD_INACTIVE, "a ready queue holds another");
	EXPECT(server->priority, 2, "a ready queue holds another");
	EXPECT(server->caller, NULL, "a server knows nothing of its caller");
	EXPECT(caller->call.server, NULL, "a caller knows nothing of its server");
	EXPECT(caller->state, THREAD_READY, "a caller knows nothing of its server");
	EXPECT(queued->call.endpoint, NULL, "an endpoint holds another's call");
	EXPECT(queued->state, THREAD_WAITING, "an endpoint holds another's call");
	EXPECT(waiter->state, THREAD_INACTIVE, "a notification holds another's waiter");
	EXPECT(waiter->deadline_ns, 0, "the reason for the long way: a deadline");
	EXPECT(waiter->slow, 0, "the reason for the long way: a deadline");
	EXPECT(runner->slow, SLOW_SIGNAL, "the reason for the long way: bits");
	EXPECT(waiter->is_timed, false, "deadlines are out of order");
	EXPECT(queued->is_timed, true, "a deadline is awaited by nobody");
	EXPECT(waiter->sibling_before, NULL, "a process does not know its thread");
	EXPECT(waiter->slot_mask, 7, "a thread has another table");
	EXPECT(waiter->process, server->process, "a thread stands in another process");
	EXPECT(runner->process->is_stopped, true, "a stopped process has threads");
}

static void
test_queues(void **state)
{
	struct endpoint *at;
	struct notification *bell;

	(void)state;
	build();
	at = (struct endpoint *)endpoint->object;
	bell = (struct notification *)notification->object;
	EXPECT(at->senders.last, NULL, "a queue ends elsewhere");
	EXPECT(queued->link.previous, &queued->link, "a queue is not linked both ways");
	EXPECT(queued->link.next, &queued->link, "a queue is not linked both ways");
	EXPECT(at->is_closed, true, "a closed endpoint has a mark in its queue");
	EXPECT(bell->bits, 1, "bits are pending and somebody waits for them");
	EXPECT(bell->bound, runner, "a thread knows nothing of its notification");
	EXPECT(scheduler.ready_map, 0, "the map of ready queues");
	EXPECT(check_timers()->first, NULL, "a queue ends elsewhere");
}

static void
test_slots(void **state)
{
	struct untyped *memory;

	(void)state;
	build();
	memory = (struct untyped *)account->object;
	EXPECT(frame->depth, 250, "a derivation skips a level");
	EXPECT(frame->previous, 0, "a derivation is not linked both ways");
	EXPECT(world.memory->depth, 1, "what was derived comes first");
	EXPECT(frame->rights, 7 | SLOT_CLIENT, "not a client's rights");
	EXPECT(frame->badge, 0x20000001, "a frame is mapped nowhere");
	EXPECT(endpoint->rights, 7, "not a server's rights");
	EXPECT(account->object->capabilities, 2, "an object's capabilities");
	EXPECT(frame->object, NULL, "an empty slot means something");
	EXPECT(memory->low, memory->start, "an object lies beside its account");
	EXPECT(memory->high, memory->low - 1, "an account's ends");
	EXPECT(memory->high, memory->end, "a frame lies beside its account");
	EXPECT(memory->clean, memory->end + 1, "what is clean of an account");
	EXPECT(world.init->table.free_first, 2, "a free slot is in use");
	EXPECT(world.init->table.free_last, 2, "the last free slot is another");
	EXPECT(world.init->table.slots[0].object, NULL, "a table leads to another process");
	EXPECT(frame->object->kind, 77, "an object of no kind");
}

/* What is made and taken away again leaves the books as they were; each thing shows in them. */
static void
test_books(void **state)
{
	struct check_books before, with, after;

	(void)state;
	check_count(&before);
	build();
	check_count(&with);
	while (untyped_reset_step(world.memory)) {
	}
	(void)world_run();
	check_count(&after);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(with.objects[KIND_THREAD] - before.objects[KIND_THREAD], 5);
	assert_int_equal(with.objects[KIND_PROCESS] - before.objects[KIND_PROCESS], 2);
	assert_int_equal(with.objects[KIND_ENDPOINT] - before.objects[KIND_ENDPOINT], 1);
	assert_int_equal(with.objects[KIND_NOTIFICATION], 1);
	assert_int_equal(with.objects[KIND_FRAME], 1);
	/* Five threads, two processes with their accounts, three more, a frame; three grants. */
	assert_int_equal(with.slots - before.slots, 5 + 4 + 3 + 1 + 3);
	assert_true(with.free_bytes < before.free_bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_threads, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_queues, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_slots, world_start, world_end),
		cmocka_unit_test_setup_teardown(test_books, world_start, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
