/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own few lines on the console: at boot, on refusal, at a panic. */
#include "kernel/print.h"

#include <stdbool.h>

#include "arch/arch.h"

void
print(const char *text)
{
	for (; *text != '\0'; text++) {
		arch_console_put(*text);
	}
}

/* By subtraction of powers of ten: the common ARMv7 base has no division. */
void
print_decimal(uint64_t value, uint32_t places)
{
	uint64_t power = UINT64_C(10000000000000000000);
	uint64_t rest = value;
	bool started = false;

	for (uint32_t digits = 20; digits > 0; digits--) {
		char digit = '0';
		for (; rest >= power; rest -= power) {
			digit++;
		}
		started = started || digit != '0' || digits <= places + 1;
		if (started) {
			arch_console_put(digit);
		}
		if (digits == places + 1 && places > 0) {
			arch_console_put('.');
		}
		/* power / 10, exactly: halved, then multiplied by the inverse of 5. */
		power = (power >> 1) * UINT64_C(0xcccccccccccccccd);
	}
}

void
print_number(uint64_t value)
{
	print_decimal(value, 0);
}

void
print_hex(uint64_t value)
{
	print("0x");
	for (int shift = 60; shift >= 0; shift -= 4) {
		if (value >> shift != 0 || shift == 0) {
			arch_console_put("0123456789abcdef"[value >> shift & 15]);
		}
	}
}
