/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Arm PL011 UART (DDI 0183G), polled: the kernel's own few lines, which share it with a driver. */
#include "arch/common/pl011.h"

#include "arch/arch.h"
#include "arch/common/reg.h"

#define UARTDR 0x000u /* DDI 0183G table 3-1 */
#define UARTFR 0x018u
#define UARTCR 0x030u

#define FR_TXFF   0x20u  /* 3.3.3: transmit FIFO full */
#define CR_SENDER 0x101u /* 3.3.8: TXE, UARTEN */

/* A sender that stays full this long is broken: the kernel must not hang on it. At 115200 baud one
 * character takes 87 us, some 1,000 reads of the register. */
#define POLLS_MAX 1000000u

static uintptr_t registers;

static void byte_send(uint8_t byte);

void __attribute__((section(".boot.text"))) pl011_init(uintptr_t address)
{
	registers = address;
}

void
arch_console_put(char c)
{
	if (c == '\n') {
		byte_send('\r');
	}
	byte_send((uint8_t)c);
}

static void
byte_send(uint8_t byte)
{
	uint32_t control;
	uint32_t polls;

	if (registers == 0) {
		return;
	}
	/* The driver may have switched it off; a panic must still be read. */
	control = reg_read32(registers + UARTCR);
	if ((control & CR_SENDER) != CR_SENDER) {
		reg_write32(registers + UARTCR, control | CR_SENDER);
	}
	for (polls = 0; polls < POLLS_MAX; polls++) {
		if ((reg_read32(registers + UARTFR) & FR_TXFF) == 0) {
			reg_write32(registers + UARTDR, byte);
			return;
		}
	}
}
