/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How a test in init's place ends. */
#include "fuzz/core/verdict.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "fuzz/core/serial.h"
#include "gen/core/power.h"

_Noreturn void
verdict_end(uint8_t code)
{
	power_off(HANDLE_INITIAL(BOOT_SLOT_POWER), code);
	__builtin_trap();
}

void
check(bool is_good, const char *what, uint64_t found, uint64_t expected)
{
	if (is_good) {
		return;
	}
	serial_text("FAIL ");
	serial_text(what);
	serial_text(": ");
	serial_number(found);
	serial_text(", expected ");
	serial_number(expected);
	serial_text("\n");
	verdict_end(1);
}
