/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The panic record: written once, found by the next run, told once, believed only if it is whole.
 */
/* test: kernel */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "boards/board.h"
#include "core_abi.h"
#include "fake_arch.h"
#include "kernel/audit.h"
#include "kernel/memory.h"
#include "kernel/panic.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "tests/host/support/kernel_world.h"

#define WHAT_BYTES 300

static struct panic_record *
kept(void)
{
	return (struct panic_record *)(void *)(fake_ram + FAKE_RAM_BYTES - PANIC_BYTES);
}

static void
panic(void *what)
{
	kernel_panic(what, 0xbad);
}

static int
setup(void **state)
{
	memset(kept(), 0, PANIC_BYTES);
	return world_start(state);
}

/* No record, and RAM as it comes up. */
static void
test_none(void **state)
{
	(void)state;
	panic_recall();
	assert_null(panic_last());
	for (int fill = 0; fill < 256; fill++) {
		memset(kept(), fill, sizeof(*kept()));
		panic_recall();
		assert_null(panic_last());
	}
	assert_string_equal(fake_console(), "");
}

/* One that holds the audit asks for the record, eight bytes of the sentence at a time. */
static void
ask(struct thread *reader, uint32_t handle, uint8_t offset, const char *text)
{
	uint8_t in[ARCH_PAYLOAD_BYTES] = {[AUDIT_PANIC_OFFSET_OFFSET] = offset};
	uint8_t out[AUDIT_PANIC_REPLY_BYTES];

	world_run_as(reader);
	world_syscall(SYS_call, handle, info_make(AUDIT_PANIC, AUDIT_PANIC_CALL_BYTES), in);
	assert_int_equal(world_status(reader), E_OK);
	memcpy(out, reader->context.payload, ARCH_PAYLOAD_BYTES);
	memcpy(out + ARCH_PAYLOAD_BYTES, reader->buffer + ARCH_PAYLOAD_BYTES,
		sizeof(out) - ARCH_PAYLOAD_BYTES);
	assert_int_equal(out[AUDIT_PANIC_OUT_FOUND_OFFSET], 1);
	assert_int_equal(get_u64(out + AUDIT_PANIC_OUT_VALUE_OFFSET), 0xbad);
	assert_int_equal(get_u64(out + AUDIT_PANIC_OUT_TIME_NS_OFFSET), 1500000000);
	assert_int_equal(get_u16(out + AUDIT_PANIC_OUT_INSTANCE_OFFSET), 3);
	assert_int_equal(get_u64(out + AUDIT_PANIC_OUT_PC_OFFSET), 0x400000);
	assert_memory_equal(out + AUDIT_PANIC_OUT_TEXT_OFFSET, text, 8);
}

static void
test_record(void **state)
{
	static char what[WHAT_BYTES + 1];
	struct process *process = world_process(3);
	struct thread *thread = world_thread(process, 10);
	struct capability audit = {.object = audit_object(),
		.label = 5,
		.interface = KIND_AUDIT,
		.rights = RIGHT_MANAGE};
	struct slot *slot;

	(void)state;
	assert_int_equal(slot_place(process, &audit, NULL, &slot), E_OK);
	world_run_as(thread);
	fake_clock_advance(1500000000);
	memset(what, 'x', WHAT_BYTES);
	assert_int_equal(fake_call(panic, what), FAKE_RESET);
	assert_non_null(strstr(fake_console(), "\npanic: xxxx"));
	/* A panic while one is being told keeps the first. */
	assert_int_equal(fake_call(panic, (char[]){"another"}), FAKE_OFF + PANIC_EXIT_CODE);
	assert_int_equal(kept()->what[0], 'x');

	/* Each changed byte makes it no record. */
	struct panic_record good = *kept();
	for (size_t i = 0; i < sizeof(good); i++) {
		((uint8_t *)kept())[i] ^= 0x10;
		panic_recall();
		assert_null(panic_last());
		*kept() = good;
	}

	fake_arch_reset();
	panic_recall();
	const char *line = "last panic: xxxx";
	assert_memory_equal(fake_console(), line, strlen(line));
	assert_non_null(strstr(fake_console(),
		"x 0xbad; running: instance 3 pc 0x400000; uptime 1.500000000 s\n"));
	ask(thread, slot->handle, 0, "xxxxxxxx");
	ask(thread, slot->handle, 88, "xxxxxxx\0");
	ask(thread, slot->handle, 250, "\0\0\0\0\0\0\0\0");

	/* It is told once. */
	fake_arch_reset();
	panic_recall();
	assert_string_equal(fake_console(), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_none, setup, world_end),
		cmocka_unit_test_setup_teardown(test_record, setup, world_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
