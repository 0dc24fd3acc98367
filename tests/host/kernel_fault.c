/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Faults and exits: of processes that have a supervisor, and of those that have none any more. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core_abi.h"
#include "fake_arch.h"
#include "fake_monitor.h"
#include "kernel/memory.h"
#include "kernel/process.h"
#include "kernel/scheduler.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "ksm/format_shape.h"
#include "tests/host/support/kernel_world.h"

static struct process *process;
static struct thread *thread, *other;
static struct slot *supervisor;

static int
setup(void **state)
{
	const uint16_t identity[2] = {4, 2};

	world_start(state);
	supervisor = world_make(KIND_ENDPOINT, 0, LABEL_INIT);
	struct slot *slot = world_make(KIND_PROCESS, 16, 4);
	process = (struct process *)slot->object;
	assert_int_equal(
		process_configure(process, world.init, supervisor->handle, 7, identity, 9), E_OK);
	process->is_started = true;
	thread = world_thread(process, 5);
	other = world_thread(process, 4);
	world_run_as(thread);
	return 0;
}

static void
enter_fault(void *argument)
{
	const struct arch_fault fault = {.kind = FAULT_READ, .address = 0x1234};

	(void)argument;
	world_resume(kernel_fault(&thread->context, &fault));
}

/* It calls its supervisor, with the kernel's label; others of the process go on. */
static void
test_supervised(void **state)
{
	(void)state;
	assert_int_equal(fake_call(enter_fault, NULL), FAKE_RETURNED);
	assert_int_equal(thread->state, THREAD_QUEUED);
	assert_int_equal(thread_call_label(thread), LABEL_KERNEL);
	assert_int_equal(thread->stage[FAULT_REPORT_KIND_OFFSET], FAULT_READ);
	assert_int_equal(get_u64(thread->stage + FAULT_REPORT_ADDRESS_OFFSET), 0x1234);
	assert_ptr_equal(scheduler_current(), other);
	assert_int_equal(thread_cancel(thread), E_STATE);
}

/* Nobody resumes it: whatever its supervisor answers, it has ended where it was. */
static void
test_answered(void **state)
{
	struct thread *init = world_thread(world.init, 20);

	(void)state;
	assert_int_equal(fake_call(enter_fault, NULL), FAKE_RETURNED);
	world_run_as(init);
	assert_ptr_equal(world_syscall(SYS_recv, supervisor->handle, 0, NULL), init);
	assert_int_equal(init->context.badge, 7);
	assert_int_equal(init->context.label, LABEL_KERNEL);
	assert_ptr_equal(world_syscall(SYS_reply, 0, info_make(0, 0), NULL), init);
	assert_int_equal(world_status(init), E_OK);
	assert_int_equal(thread->state, THREAD_INACTIVE);
	assert_ptr_equal(world_syscall(SYS_recv, supervisor->handle, 0, NULL), other);
	assert_null(init->caller);
}

/* A call whose capability was not handed on, since it was denied: nor is it with the report. */
static void
test_denied_handle(void **state)
{
	struct slot *endpoint = world_make(KIND_ENDPOINT, 0, 3);
	uint32_t handle = world_grant(process, endpoint, INTERFACE_USER, RIGHT_SEND, 0);
	const uint32_t payload[ARCH_PAYLOAD_BYTES / 4] = {handle};

	(void)state;
	fake_monitor.shapes[KSM_CALL] = UINT32_C(1) << FORMAT_SHAPE_CALL_HANDLES | 4;
	fake_monitor.deny_requests = true;
	world_syscall(SYS_call, handle, info_make(1, 4), payload);
	assert_int_equal(world_status(thread), E_DENIED);
	fake_monitor.deny_requests = false;
	assert_int_equal(fake_call(enter_fault, NULL), FAKE_RETURNED);
	assert_int_equal(thread->state, THREAD_QUEUED);
	assert_int_equal(thread->slow & SLOW_STAGED, 0);
	assert_int_equal(get_u64(thread->stage + FAULT_REPORT_ADDRESS_OFFSET), 0x1234);
}

/* Nobody could go on with it: all of the process ends. */
static void
test_alone(void **state)
{
	(void)state;
	world_delete(supervisor);
	assert_null(process->supervisor);
	assert_int_equal(fake_call(enter_fault, NULL), FAKE_IDLE);
	assert_true(process->is_stopped);
	assert_int_equal(other->state, THREAD_INACTIVE);
	assert_null(other->process);
}

/* A line that nobody has handled makes the end take several entries; an exit is made again. */
static void
test_interrupted(void **state)
{
	(void)state;
	world_delete(supervisor);
	fake_irq_raise(FAKE_TIMER_IRQ);
	assert_ptr_equal(world_syscall(300, 0, 0, NULL), thread); /* no such call */
	assert_null(other->process);
	assert_false(process->is_stopped);
	assert_ptr_equal(world_interrupt(), thread);
	assert_null(world_syscall(300, 0, 0, NULL));
	assert_true(process->is_stopped);
	assert_null(thread->process);
}

/* A table that was used up: its free slots are counted one by one. */
static void
test_room(void **state)
{
	uint32_t handles[16];
	uint32_t count = 0;

	(void)state;
	while (slot_table_has_room(&process->table, 1)) {
		handles[count] =
			world_grant(process, supervisor, INTERFACE_USER, RIGHT_SEND, count);
		count++;
	}
	assert_int_equal(count, 15);
	for (uint32_t i = 0; i < 3; i++) {
		world_delete(slot_find(&process->table, handles[i * 4]));
		assert_true(slot_table_has_room(&process->table, i + 1));
		assert_false(slot_table_has_room(&process->table, i + 2));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_supervised, setup, world_end),
		cmocka_unit_test_setup_teardown(test_answered, setup, world_end),
		cmocka_unit_test_setup_teardown(test_denied_handle, setup, world_end),
		cmocka_unit_test_setup_teardown(test_alone, setup, world_end),
		cmocka_unit_test_setup_teardown(test_interrupted, setup, world_end),
		cmocka_unit_test_setup_teardown(test_room, setup, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
