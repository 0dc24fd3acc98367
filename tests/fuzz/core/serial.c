/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text and numbers over the serial line. */
#include "fuzz/core/serial.h"

#include "abi/process.h"
#include "gatehouse/device.h"
#include "gen/core/frame.h"

/* PL011, DDI 0183G 3.3. */
#define DATA        0x00u
#define FLAGS       0x18u
#define FLAGS_EMPTY 0x10u
#define FLAGS_FULL  0x20u

#define REGISTERS (PROCESS_TOP - PAGE_BYTES)

static volatile void *
registers(void)
{
	return (volatile void *)(uintptr_t)REGISTERS;
}

bool
serial_open(uint32_t frame)
{
	return frame_map(frame, REGISTERS, RIGHT_READ | RIGHT_WRITE) == E_OK;
}

void
serial_text(const char *text)
{
	for (; *text != '\0'; text++) {
		while ((reg_read32(registers(), FLAGS) & FLAGS_FULL) != 0) {
		}
		reg_write32(registers(), DATA, (uint8_t)*text);
	}
}

void
serial_number(uint64_t number)
{
	char digits[21];
	uint32_t at = sizeof(digits) - 1;

	digits[at] = '\0';
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	serial_text(digits + at);
}

void
serial_hex(uint32_t number)
{
	char digit[2] = {0};
	uint32_t shift = 32;

	while (shift > 8 && number >> (shift - 4) == 0) {
		shift -= 4;
	}
	while (shift > 0) {
		shift -= 4;
		digit[0] = "0123456789abcdef"[number >> shift & 15];
		serial_text(digit);
	}
}

uint64_t
serial_read_number(void)
{
	uint64_t number = 0;

	for (;;) {
		while ((reg_read32(registers(), FLAGS) & FLAGS_EMPTY) != 0) {
		}
		uint32_t byte = reg_read32(registers(), DATA) & 0xff;
		if (byte < '0' || byte > '9') {
			return number;
		}
		number = number * 10 + byte - '0';
	}
}
