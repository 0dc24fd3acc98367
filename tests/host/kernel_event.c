/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Notifications, interrupts, time, and who runs when. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/irq.h"
#include "kernel/notification.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"

#define LINE 33u

static struct process *process;
static struct thread *high, *low;
static struct slot *slot;
static uint32_t wait_handle, signal_handle;

static int
setup(void **state)
{
	world_start(state);
	process = world_process(1);
	slot = world_make(KIND_NOTIFICATION, 0, 3);
	wait_handle = world_grant(process, slot, 0, RIGHT_RECEIVE, 0);
	signal_handle = world_grant(process, slot, INTERFACE_SIGNAL, RIGHT_SEND, 0x100);
	high = world_thread(process, 20);
	low = world_thread(process, 10);
	return 0;
}

static struct notification *
notification(void)
{
	return (struct notification *)slot->object;
}

static void
test_wait_then_signal(void **state)
{
	(void)state;
	world_run_as(high);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), low);
	assert_ptr_equal(world_syscall(SYS_signal, signal_handle, 0, NULL), high);
	assert_int_equal(world_status(high), E_OK);
	assert_int_equal(high->context.info, 0x100);
	assert_int_equal(world_status(low), E_OK);
	assert_int_equal(notification()->bits, 0);
}

static void
test_signal_then_wait(void **state)
{
	(void)state;
	world_run_as(high);
	notification_signal(notification(), 2);
	world_syscall(SYS_signal, signal_handle, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), high);
	assert_int_equal(high->context.info, 0x102);
	world_syscall(SYS_poll, wait_handle, 0, NULL);
	assert_int_equal(world_status(high), E_OK);
	assert_int_equal(high->context.info, 0);
}

static void
test_rights(void **state)
{
	(void)state;
	world_run_as(high);
	world_syscall(SYS_wait, signal_handle, 0, NULL);
	assert_int_equal(world_status(high), E_HANDLE);
	world_syscall(SYS_poll, signal_handle, 0, NULL);
	assert_int_equal(world_status(high), E_HANDLE);
	world_syscall(SYS_signal, wait_handle, 0, NULL);
	assert_int_equal(world_status(high), E_HANDLE);
	assert_int_equal(fake_monitor.refusals, 3);
	fake_monitor.deny_signals = true;
	world_syscall(SYS_signal, signal_handle, 0, NULL);
	assert_int_equal(world_status(high), E_DENIED);
	assert_int_equal(notification()->bits, 0);
}

static void
test_sleep(void **state)
{
	(void)state;
	world_run_as(high);
	world_syscall(SYS_wait, 0, 0, NULL);
	assert_int_equal(world_status(high), E_ARGUMENT); /* no deadline: it would never end */
	world_syscall(SYS_deadline, 500, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, 0, 0, NULL), low);
	assert_int_equal(fake_timer_deadline(), 500);
	fake_clock_advance(499);
	assert_ptr_equal(world_interrupt(), low);
	fake_clock_advance(1);
	assert_ptr_equal(world_interrupt(), high);
	assert_int_equal(world_status(high), E_TIMEOUT);
	assert_true(fake_timer_deadline() == UINT64_MAX);
}

static void
test_deadline_is_for_one_wait(void **state)
{
	(void)state;
	world_run_as(high);
	world_syscall(SYS_deadline, 500, 0, NULL);
	/* What never blocks leaves it alone. */
	world_syscall(SYS_poll, wait_handle, 0, NULL);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	assert_true(fake_timer_deadline() == 500);
	fake_clock_advance(500);
	assert_ptr_equal(world_interrupt(), high);
	assert_int_equal(world_status(high), E_TIMEOUT);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	assert_true(fake_timer_deadline() == UINT64_MAX);
	/* A deadline in the past ends the wait at once. */
	fake_clock_advance(500);
	world_run_as(low);
	world_syscall(SYS_deadline, 500, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), low);
	assert_int_equal(world_status(low), E_TIMEOUT);
}

static void
test_interrupt(void **state)
{
	struct irq irq = {.object = {.kind = KIND_IRQ}};

	(void)state;
	assert_int_equal(irq_init(&irq, LINE, 0), E_OK);
	assert_int_equal(irq_acknowledge(&irq), E_STATE);
	assert_int_equal(irq_bind(&irq, notification(), 0), E_ARGUMENT);
	assert_int_equal(irq_bind(&irq, notification(), 4), E_OK);
	assert_true(fake_irq_is_masked(LINE));
	assert_int_equal(irq_acknowledge(&irq), E_OK);
	world_run_as(high);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	fake_irq_raise(LINE);
	assert_ptr_equal(world_interrupt(), high);
	assert_int_equal(high->context.info, 4);
	/* The line stays masked until its driver is done. */
	assert_true(fake_irq_is_masked(LINE));
	fake_irq_raise(LINE);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	assert_ptr_equal(world_interrupt(), low);
	/* Too soon: it stays masked until its interval is over. */
	irq_acknowledge(&irq);
	assert_true(fake_irq_is_masked(LINE));
	assert_int_equal(irq.held, 1);
	fake_clock_advance(IRQ_INTERVAL_NS);
	assert_ptr_equal(world_interrupt(), high);
	irq_destroy(&irq);
}

/* A driver that is gone leaves its line masked, and its interrupts harm nobody. */
static void
test_interrupt_without_driver(void **state)
{
	struct irq irq = {.object = {.kind = KIND_IRQ}};

	(void)state;
	assert_int_equal(irq_init(&irq, LINE, 0), E_OK);
	irq_bind(&irq, notification(), 4);
	irq_acknowledge(&irq);
	while (slot_child(slot) != NULL) {
		world_delete(slot_child(slot));
	}
	world_delete(slot);
	assert_true(fake_irq_is_masked(LINE));
	assert_null(irq.notification);
	arch_irq_unmask(LINE);
	fake_irq_raise(LINE);
	world_interrupt();
	assert_int_equal(irq.unowned, 1);
	assert_true(fake_irq_is_masked(LINE));
	irq_destroy(&irq);
}

/* A driver dies: its capability goes, and the line is masked until the next driver has reset the
 * device, also if it was to open again by itself. */
static void
test_interrupt_of_dead_driver(void **state)
{
	static struct irq irq; /* which the kernel may still know when a check has failed */
	const struct capability line = {
		.object = &irq.object, .label = 3, .interface = KIND_IRQ, .rights = RIGHT_MANAGE};
	struct slot *kept, *drivers;

	(void)state;
	irq = (struct irq){.object = {.kind = KIND_IRQ}};
	assert_int_equal(irq_init(&irq, LINE, 0), E_OK);
	assert_int_equal(slot_place(world.init, &line, NULL, &kept), E_OK);
	irq_bind(&irq, notification(), 4);
	for (int is_held = 0; is_held <= 1; is_held++) {
		assert_int_equal(slot_place(process, &line, kept, &drivers), E_OK);
		fake_clock_advance(IRQ_INTERVAL_NS);
		irq_acknowledge(&irq);
		assert_false(fake_irq_is_masked(LINE));
		if (is_held) {
			fake_irq_raise(LINE);
			world_interrupt();
			irq_acknowledge(&irq);
			assert_int_equal(irq.held, 1);
		}
		world_delete(drivers);
		assert_true(fake_irq_is_masked(LINE));
		fake_clock_advance(IRQ_INTERVAL_NS);
		world_interrupt();
		assert_true(fake_irq_is_masked(LINE));
	}
	irq_acknowledge(&irq);
	assert_false(fake_irq_is_masked(LINE));
	world_delete(kept);
	/* With the last one the kernel forgets whom it told. */
	notification()->bits = 0;
	fake_irq_raise(LINE);
	arch_irq_unmask(LINE);
	world_interrupt();
	assert_int_equal(notification()->bits, 0);
	assert_int_equal(irq.unowned, 0);
}

static void
test_bound(void **state)
{
	const struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t receive = world_grant(process, endpoint, 0, RIGHT_RECEIVE, 0);

	(void)state;
	assert_int_equal(notification_bind(notification(), high), E_OK);
	assert_int_equal(notification_bind(notification(), low), E_STATE);
	world_run_as(high);
	assert_ptr_equal(world_syscall(SYS_recv, receive, 0, NULL), low);
	assert_ptr_equal(world_syscall(SYS_signal, signal_handle, 0, NULL), high);
	assert_int_equal(world_received_info(high), INFO_NOTIFICATION);
	assert_int_equal(high->context.badge, 0x100);
	world_syscall(SYS_signal, signal_handle, 0, NULL);
	assert_ptr_equal(world_syscall(SYS_recv, receive, 0, NULL), high);
	assert_int_equal(high->context.badge, 0x100);
	thread_stop(high);
	assert_null(notification()->bound);
}

/* Bits that came before the binding reach a thread that receives already. */
static void
test_bound_late(void **state)
{
	const struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t receive = world_grant(process, endpoint, 0, RIGHT_RECEIVE, 0);

	(void)state;
	world_run_as(high);
	assert_ptr_equal(world_syscall(SYS_recv, receive, 0, NULL), low);
	assert_ptr_equal(world_syscall(SYS_signal, signal_handle, 0, NULL), low);
	assert_int_equal(notification_bind(notification(), high), E_OK);
	assert_ptr_equal(world_run(), high);
	assert_int_equal(world_received_info(high), INFO_NOTIFICATION);
	assert_int_equal(high->context.badge, 0x100);
	assert_int_equal(notification()->bits, 0);
}

static void
test_destroyed(void **state)
{
	(void)state;
	world_run_as(high);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	while (slot_child(slot) != NULL) {
		world_delete(slot_child(slot));
	}
	world_delete(slot);
	world_run_as(high);
	assert_int_equal(world_status(high), E_CANCELLED);
}

/* Bits that came before it began: a thread that starts again finds them, and no others. */
static void
test_bound_before_start(void **state)
{
	const struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t receive = world_grant(process, endpoint, 0, RIGHT_RECEIVE, 0);

	(void)state;
	for (uint32_t bits = 0; bits <= 4; bits += 4) {
		thread_stop(high);
		assert_int_equal(notification_bind(notification(), high), E_OK);
		if (bits != 0) {
			notification_signal(notification(), bits);
		}
		assert_int_equal(thread_start(high, 0x400000, 0x3d0000, 0, 7), E_OK);
		world_run_as(high);
		assert_ptr_equal(world_syscall(SYS_recv, receive, 0, NULL), bits != 0 ? high : low);
	}
	assert_int_equal(world_received_info(high), INFO_NOTIFICATION);
	assert_int_equal(high->context.badge, 4);
}

/* Waiters are woken one by one as it goes, and nobody begins to wait meanwhile. */
static void
test_retired(void **state)
{
	(void)state;
	world_run_as(high);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	world_run_as(low);
	world_syscall(SYS_wait, wait_handle, 0, NULL);
	while (slot_child(slot) != NULL) {
		world_delete(slot_child(slot));
	}
	assert_true(capability_delete_step(slot));
	assert_int_equal(high->state, THREAD_READY);
	assert_int_equal(world_status(high), E_CANCELLED);
	assert_int_equal(low->state, THREAD_WAITING);
	high->context.answer = 0;
	notification_wait(notification(), high);
	assert_int_equal(high->state, THREAD_READY);
	assert_int_equal(world_status(high), E_CANCELLED);
	world_delete(slot);
	assert_int_equal(world_status(low), E_CANCELLED);
}

/* Equals take turns of SLICE_NS; nobody of lower priority ever runs before them. */
static void
test_turns(void **state)
{
	struct thread *second = world_thread(process, 20);
	struct thread *third = world_thread(process, 20);

	(void)state;
	world_run_as(high);
	for (int round = 0; round < 3; round++) {
		fake_clock_advance(SLICE_NS - 1);
		assert_ptr_equal(world_interrupt(), high);
		fake_clock_advance(1);
		assert_ptr_equal(world_interrupt(), second);
		fake_clock_advance(SLICE_NS);
		assert_ptr_equal(world_interrupt(), third);
		fake_clock_advance(SLICE_NS);
		assert_ptr_equal(world_interrupt(), high);
	}
	/* Who yields gives its turn away, not what is left of it. */
	fake_clock_advance(SLICE_NS - 1);
	assert_ptr_equal(world_syscall(SYS_yield, 0, 0, NULL), second);
	fake_clock_advance(SLICE_NS - 1);
	assert_ptr_equal(world_interrupt(), second);
	fake_clock_advance(1);
	assert_ptr_equal(world_interrupt(), third);
	thread_stop(second);
	thread_stop(third);
	world_run_as(high);
}

/* A turn that ends while somebody more important runs is over all the same: who keeps that one busy
 * has no turns without end. */
static void
test_turn_ends_above(void **state)
{
	struct thread *second = world_thread(process, 10);

	(void)state;
	world_run_as(high);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), low);
	assert_ptr_equal(world_syscall(SYS_signal, signal_handle, 0, NULL), high);
	fake_clock_advance(SLICE_NS);
	assert_ptr_equal(world_interrupt(), high);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), second);
	assert_ptr_equal(world_syscall(SYS_signal, signal_handle, 0, NULL), high);
	fake_clock_advance(SLICE_NS);
	assert_ptr_equal(world_interrupt(), high);
	assert_ptr_equal(world_syscall(SYS_wait, wait_handle, 0, NULL), low);
}

static void
test_priorities(void **state)
{
	struct thread *threads[PRIORITIES];

	(void)state;
	thread_stop(high);
	thread_stop(low);
	for (uint8_t i = 0; i < PRIORITIES; i++) {
		uint8_t priority = (uint8_t)(i * 7 % PRIORITIES);

		threads[priority] = world_thread(process, priority);
	}
	for (int i = PRIORITIES - 1; i >= 0; i--) {
		world_run_as(threads[i]);
		thread_stop(threads[i]);
	}
	assert_null(world_run());
	assert_true(fake_timer_deadline() == UINT64_MAX);
}

static void
test_clock(void **state)
{
	(void)state;
	world_run_as(high);
	fake_clock_advance(UINT64_C(0x123456789a));
	world_syscall(SYS_clock, 0, 0, NULL);
	assert_int_equal(world_status(high), E_OK);
	assert_memory_equal(high->context.payload, "\x9a\x78\x56\x34\x12\0\0\0", 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, world_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_wait_then_signal),
		TEST(test_signal_then_wait),
		TEST(test_rights),
		TEST(test_sleep),
		TEST(test_deadline_is_for_one_wait),
		TEST(test_interrupt),
		TEST(test_interrupt_without_driver),
		TEST(test_interrupt_of_dead_driver),
		TEST(test_bound),
		TEST(test_bound_late),
		TEST(test_bound_before_start),
		TEST(test_retired),
		TEST(test_destroyed),
		TEST(test_turns),
		TEST(test_turn_ends_above),
		TEST(test_priorities),
		TEST(test_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
