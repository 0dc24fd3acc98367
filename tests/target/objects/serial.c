/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text to the serial line, by waiting: there is no driver beside this test. */
#include "objects/serial.h"

#include "abi/abi.h"
#include "check.h"
#include "gatehouse/device.h"
#include "gen/core/frame.h"
#include "objects/tests.h"

/* PL011, DDI 0183G 3.3. */
#define DATA       0x00u
#define FLAGS      0x18u
#define FLAGS_FULL 0x20u
#define WAIT_MOST  1000000u

#define REGISTERS (PROCESS_TOP - PAGE_BYTES)

bool
serial_open(void)
{
	return frame_map(HANDLE_UART, REGISTERS, RIGHT_READ | RIGHT_WRITE) == E_OK;
}

static void
put(uint32_t byte)
{
	volatile void *registers = (volatile void *)(uintptr_t)REGISTERS;

	for (uint32_t i = 0; i < WAIT_MOST; i++) {
		if ((reg_read32(registers, FLAGS) & FLAGS_FULL) == 0) {
			break;
		}
	}
	reg_write32(registers, DATA, byte);
}

void
check_write(const char *text, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		put((uint8_t)text[i]);
	}
}
