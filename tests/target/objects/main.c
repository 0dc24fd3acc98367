/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A test in init's place: the kernel starts it with everything there is. */
#include "abi/abi.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/power.h"
#include "gen/core/untyped.h"
#include "objects/serial.h"
#include "objects/tests.h"

#define NO_SERIAL 9 /* exit code */

/* Where the kernel enters. */
_Noreturn void _start(const struct boot_info *boot);

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

uint32_t
make(uint32_t untyped, uint32_t size, uint16_t label, uint8_t kind)
{
	uint32_t handle = 0;

	expect_equal(untyped_retype(untyped, size, label, kind, &handle), E_OK);
	return handle;
}

uint64_t
free_bytes(uint32_t untyped)
{
	uint64_t free = 0;

	expect_equal(untyped_info(untyped, &free, 0), E_OK);
	return free;
}

static void
boot_test(const struct boot_info *boot)
{
	uint64_t size = 0;

	check_test("what init finds");
	expect_equal(boot->magic, BOOT_INFO_MAGIC);
	expect_equal(boot->version, 1);
	expect(boot->bundle_bytes % PAGE_BYTES == 0 && boot->bundle_bytes != 0);
	expect(boot->device_count >= 2);
	expect_equal(untyped_info(HANDLE_ACCOUNT, 0, &size), E_OK);
	expect(size <= boot->ram_bytes);
	expect(free_bytes(HANDLE_ACCOUNT) <= size);
}

_Noreturn void
_start(const struct boot_info *boot)
{
	uint8_t failed = NO_SERIAL;

	if (serial_open()) {
		boot_test(boot);
		slots_test();
		untyped_test();
		frames_test();
		capabilities_test();
		processes_test();
		program_test();
		random_test();
		events_test();
		failed = check_finish();
	}
	power_off(HANDLE_POWER, failed);
	__builtin_trap();
}
