/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a thread takes of the memory that it is made of: its buffer's page, which others share, and
 * more when it needs it. */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake_arch.h"
#include "kernel/config.h"
#include "kernel/destroy.h"
#include "kernel/process.h"
#include "kernel/slot.h"
#include "kernel/thread.h"
#include "kernel/untyped.h"
#include "tests/check/check.h"
#include "tests/host/support/kernel_pair.h"
#include "tests/host/support/kernel_world.h"

#define BUFFERS UINT64_C(0x21000000)
#define SHARERS (PAGE_BYTES / MESSAGE_BYTES_MAX)
#define LENGTH  200u /* neither in registers nor brief */
#define CYCLES  (THREADS_MAX + 20u)

static struct process *process;
static uint32_t process_handle;

static struct untyped *
memory(void)
{
	return (struct untyped *)world.memory->object;
}

static int
start(void **state)
{
	world_start(state);
	process = world_process(1);
	process_handle = world.made[world.made_count - 1]->handle;
	return 0;
}

static struct thread *
make(struct slot *from)
{
	struct slot *slot = NULL;

	assert_int_equal(world_retype(from, KIND_THREAD, 0, 3, &slot), E_OK);
	return (struct thread *)slot->object;
}

static enum status
configure(struct thread *thread, uint64_t buffer)
{
	return thread_configure(thread, world.init, process_handle, buffer, 1);
}

static void
unbind(struct thread *thread)
{
	thread_stop(thread);
	thread_unbind(thread);
}

/* Nothing but enough for small objects is left. */
static void
burn(void)
{
	size_t keep = MESSAGE_BYTES_MAX / 2;

	assert_non_null(untyped_take_dirty(memory(), untyped_free_bytes(memory()) - keep));
}

/* Whoever comes first has the page, whoever leaves last unmaps it. */
static void
test_page(void **state)
{
	struct thread *threads[SHARERS];
	paddr_t first = 0;
	paddr_t other = 0;
	enum arch_access access;

	(void)state;
	for (uint32_t i = 0; i < SHARERS; i++) {
		uint64_t buffer = BUFFERS + i * MESSAGE_BYTES_MAX;
		threads[i] = make(world.memory);
		size_t before = untyped_free_bytes(memory());
		assert_int_equal(configure(threads[i], buffer), E_OK);
		assert_int_equal(before - untyped_free_bytes(memory()), i == 0 ? PAGE_BYTES : 0);
		assert_true(fake_space_lookup(&process->space, BUFFERS, &first, &access));
		assert_int_equal(access, ARCH_READ_WRITE);
		assert_ptr_equal(
			threads[i]->buffer, (uint8_t *)arch_pointer(first) + buffer % PAGE_BYTES);
	}
	struct thread *late = make(world.memory);
	assert_int_equal(configure(late, BUFFERS + MESSAGE_BYTES_MAX), E_STATE); /* taken */
	assert_int_equal(configure(late, BUFFERS + MESSAGE_BYTES_MAX / 2), E_ARGUMENT);
	assert_int_equal(configure(late, BUFFERS + PAGE_BYTES), E_OK);
	assert_true(fake_space_lookup(&process->space, BUFFERS + PAGE_BYTES, &other, &access));
	assert_int_not_equal(first, other);
	for (uint32_t i = 0; i < SHARERS; i++) {
		assert_true(fake_space_lookup(&process->space, BUFFERS, &other, &access));
		assert_int_equal(first, other);
		unbind(threads[i]);
	}
	assert_false(fake_space_lookup(&process->space, BUFFERS, &other, &access));
}

/* Memory that can be taken back is not another's buffer. */
static void
test_page_of_another(void **state)
{
	struct slot *nested = world_make(KIND_UNTYPED, 4 * PAGE_BYTES, 3);
	struct thread *mine = make(world.memory);
	struct thread *other = make(nested);
	enum arch_access access;
	paddr_t address;

	(void)state;
	assert_int_equal(configure(other, BUFFERS), E_OK);
	assert_int_equal(configure(mine, BUFFERS + MESSAGE_BYTES_MAX), E_STATE);
	while (untyped_reset_step(nested)) {
	}
	assert_false(fake_space_lookup(&process->space, BUFFERS, &address, &access));
	assert_int_equal(configure(mine, BUFFERS + MESSAGE_BYTES_MAX), E_OK);
}

/* A thread that comes and goes costs its page once, and finds it empty each time. */
static void
test_again(void **state)
{
	struct thread *thread = make(world.memory);
	size_t before = 0;

	(void)state;
	for (uint32_t i = 0; i < CYCLES; i++) {
		assert_int_equal(configure(thread, BUFFERS + i % 7 * PAGE_BYTES), E_OK);
		for (uint32_t at = 0; at < MESSAGE_BYTES_MAX; at++) {
			assert_int_equal(thread->buffer[at], 0);
		}
		memset(thread->buffer, 0xee, MESSAGE_BYTES_MAX);
		assert_true(i == 0 || untyped_free_bytes(memory()) == before);
		before = untyped_free_bytes(memory());
		unbind(thread);
	}
}

static void
test_limit(void **state)
{
	struct slot *slot = NULL;

	(void)state;
	for (uint32_t i = 0; i <= THREADS_MAX; i++) {
		struct thread *thread = make(world.memory);
		assert_int_equal(configure(thread, BUFFERS + i * MESSAGE_BYTES_MAX),
			i < THREADS_MAX ? E_OK : E_LIMIT);
	}
	assert_int_equal(world_retype(world.memory, KIND_THREAD, 1, 3, &slot), E_ARGUMENT);
}

static void
test_no_page(void **state)
{
	struct thread *thread = make(world.memory);

	(void)state;
	burn();
	assert_int_equal(configure(thread, BUFFERS), E_MEMORY);
}

/* No memory for a long message: the call did not happen, and shorter ones go on. */
static void
test_no_stage(void **state)
{
	(void)state;
	burn();
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	pair_call(LENGTH, 1);
	assert_int_equal(world_status(pair.client), E_MEMORY);
	assert_ptr_equal(pair_call(STAGE_BRIEF_BYTES, 1), pair.server);
	pair_check_received(pair.server, STAGE_BRIEF_BYTES, 1);
	world_syscall(SYS_reply, 0, info_make(0, LENGTH), NULL);
	assert_int_equal(world_status(pair.server), E_MEMORY);
	assert_ptr_equal(pair.server->caller, pair.client); /* it can answer shorter */
	world_syscall(SYS_reply, 0, info_make(0, STAGE_BRIEF_BYTES), NULL);
	assert_int_equal(world_status(pair.server), E_OK);
	assert_int_equal(world_status(pair.client), E_OK);
}

/* The stage of a thread is taken once. */
static void
test_stage(void **state)
{
	size_t before = untyped_free_bytes(memory());

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		world_run_as(pair.server);
		world_syscall(SYS_recv, pair.receive, 0, NULL);
		pair_call(LENGTH, (uint8_t)i);
		pair_check_received(pair.server, LENGTH, (uint8_t)i);
		world_syscall(SYS_reply, 0, info_make(0, 0), NULL);
		assert_int_equal(before - untyped_free_bytes(memory()), MESSAGE_BYTES_MAX);
	}
}

static void
test_floating_point(void **state)
{
	struct thread *thread = make(world.memory);
	const uint8_t *registers = kernel_fp_take(&thread->context);

	(void)state;
	assert_non_null(registers);
	for (uint32_t i = 0; i < ARCH_FP_BYTES; i++) {
		assert_int_equal(registers[i], 0);
	}
	burn();
	assert_null(kernel_fp_take(&thread->context));
}

static void
test_configured_once(void **state)
{
	struct thread *thread = make(world.memory);

	(void)state;
	assert_int_equal(configure(thread, BUFFERS), E_OK);
	assert_int_equal(configure(thread, BUFFERS + MESSAGE_BYTES_MAX), E_STATE);
	while (process_stop_step(process)) {
	}
	assert_int_equal(configure(make(world.memory), BUFFERS + MESSAGE_BYTES_MAX), E_STATE);
}

/* Whatever it blocks in ends, once; what it does not block in does not. */
static void
test_cancelled(void **state)
{
	struct thread *second = world_thread(pair.client_process, 9);

	(void)state;
	(void)world_thread(
		pair.client_process, 1); /* so that somebody runs, and no deadline comes */
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_int_equal(thread_cancel(pair.server), E_OK);
	assert_int_equal(world_received_info(pair.server), INFO_FAILED | E_CANCELLED);
	assert_int_equal(thread_cancel(pair.server), E_STATE);
	world_run_as(pair.server);
	world_syscall(SYS_recv, pair.receive, 0, NULL);
	assert_ptr_equal(pair_call(1, 1), pair.server);
	world_syscall(SYS_deadline, 1000, 0, NULL);
	world_syscall(SYS_wait, 0, 0, NULL);
	world_run_as(second);
	world_syscall(SYS_call, pair.call, info_make(PAIR_METHOD, 0), NULL);
	assert_int_equal(second->state, THREAD_QUEUED);
	assert_int_equal(thread_cancel(second), E_OK);
	assert_int_equal(world_status(second), E_CANCELLED);
	assert_int_equal(pair.client->state, THREAD_CALLING);
	assert_int_equal(thread_cancel(pair.client), E_OK);
	assert_int_equal(world_status(pair.client), E_CANCELLED);
	assert_null(pair.server->caller);
	assert_int_equal(thread_cancel(pair.server), E_OK);
	assert_int_equal(world_status(pair.server), E_CANCELLED);
	assert_ptr_equal(world_run(), pair.server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_page, start, world_end),
		cmocka_unit_test_setup_teardown(test_page_of_another, start, world_end),
		cmocka_unit_test_setup_teardown(test_again, start, world_end),
		cmocka_unit_test_setup_teardown(test_limit, start, world_end),
		cmocka_unit_test_setup_teardown(test_no_page, start, world_end),
		cmocka_unit_test_setup_teardown(test_no_stage, pair_start, world_end),
		cmocka_unit_test_setup_teardown(test_stage, pair_start, world_end),
		cmocka_unit_test_setup_teardown(test_floating_point, start, world_end),
		cmocka_unit_test_setup_teardown(test_configured_once, start, world_end),
		cmocka_unit_test_setup_teardown(test_cancelled, pair_start, world_end),
		cmocka_unit_test_setup_teardown(test_cancelled, pair_start_plain, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
