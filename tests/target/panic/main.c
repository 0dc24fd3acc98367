/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* In init's place: dies, or, when it finds the record of a death, reads it and ends. */
#include "abi/abi.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/audit.h"
#include "gen/core/power.h"
#include "objects/serial.h"
#include "objects/tests.h"

#define NO_SERIAL 9 /* exit code */
#define NOWHERE   UINT64_C(0x123450)
#define NOBODY    HANDLE_INITIAL(99)
#define CANARY    UINT32_C(0x5eca12e7) /* tests/boot/panic searches for it */

/* Where the kernel enters. */
_Noreturn void _start(const struct boot_info *boot);

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

struct panic {
	uint64_t time_ns;
	uint64_t value;
	uint64_t pc;
	uint64_t text;
	uint16_t instance;
	bool found;
};

static void
recall(uint8_t offset, struct panic *panic)
{
	*panic = (struct panic){0};
	expect_equal(audit_panic(HANDLE_AUDIT, offset, &panic->time_ns, &panic->value, &panic->pc,
			     &panic->text, &panic->instance, &panic->found),
		E_OK);
}

static void
record_test(void)
{
	struct panic panic;

	check_test("the record of the panic before");
	recall(0, &panic);
	expect(panic.found);
	expect_equal(panic.value, NOWHERE);
	expect_equal(panic.instance, 0);
	expect(panic.pc >= PROCESS_TEXT && panic.pc < PROCESS_HEAP);
	expect(panic.time_ns != 0);
	expect_equal(panic.text, UINT64_C(0x7561662074696e69)); /* "init fau" */
	recall(95, &panic);
	expect_equal(panic.text, 0);
}

/* What was sent last, and what registers hold, is nobody's business afterwards. */
static void
die(void)
{
	struct message message = {.info = info_make(1, MESSAGE_BYTES_MAX)};

	for (uint32_t i = 0; i < MESSAGE_BYTES_MAX; i++) {
		message.bytes[i] = (uint8_t)(CANARY >> 8 * (i % sizeof(CANARY)));
	}
	(void)ipc_call(NOBODY, 1, &message);
	*(volatile uint32_t *)(uintptr_t)NOWHERE = CANARY;
}

_Noreturn void
_start(const struct boot_info *boot)
{
	struct panic panic;
	uint8_t failed = NO_SERIAL;

	(void)boot;
	if (serial_open()) {
		recall(0, &panic);
		if (!panic.found) {
			check_write("nothing before; dying\n", 22);
			die();
		}
		record_test();
		failed = check_finish();
	}
	power_off(HANDLE_POWER, failed);
	__builtin_trap();
}
