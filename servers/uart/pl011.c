/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The PL011 serial device: registers and FIFOs, no policy. Offsets and bits: PrimeCell UART (PL011)
 * Technical Reference Manual, ARM DDI 0183, section 3.3.
 */
#include "pl011.h"

#include "gatehouse/device.h"

#define UARTDR   0x000u /* data, 3.3.1 */
#define UARTFR   0x018u /* flags, 3.3.3 */
#define UARTLCRH 0x02cu /* line control, 3.3.7 */
#define UARTCR   0x030u /* control, 3.3.8 */
#define UARTIFLS 0x034u /* FIFO levels that interrupt, 3.3.9 */
#define UARTIMSC 0x038u /* interrupt mask, 3.3.10 */
#define UARTICR  0x044u /* interrupt clear, 3.3.13 */

#define FR_RXFE (1u << 4)
#define FR_TXFF (1u << 5)

#define LCRH_FEN    (1u << 4) /* FIFOs on */
#define LCRH_8_BITS (3u << 5)
#define CR_UARTEN   (1u << 0)
#define CR_TXE      (1u << 8)
#define CR_RXE      (1u << 9)

#define INT_RX  (1u << 4)
#define INT_TX  (1u << 5)
#define INT_RT  (1u << 6) /* receive timeout: bytes below the level */
#define INT_ALL 0x7ffu

#define RX_FIFO_BYTES 32

void
pl011_reset(struct pl011 *device)
{
	uint8_t dropped;

	reg_write32(device->registers, UARTIMSC, 0);
	reg_write32(device->registers, UARTLCRH, LCRH_FEN | LCRH_8_BITS);
	reg_write32(device->registers, UARTIFLS, 0);
	reg_write32(device->registers, UARTCR, CR_UARTEN | CR_TXE | CR_RXE);
	for (int i = 0; i < RX_FIFO_BYTES && pl011_get(device, &dropped); i++) {
	}
	pl011_quiet(device);
}

bool
pl011_put(struct pl011 *device, uint8_t byte)
{
	if (reg_read32(device->registers, UARTFR) & FR_TXFF) {
		return false;
	}
	reg_write32(device->registers, UARTDR, byte);
	return true;
}

void
pl011_wait_room(struct pl011 *device)
{
	reg_write32(device->registers, UARTIMSC, INT_RX | INT_RT | INT_TX);
}

bool
pl011_get(struct pl011 *device, uint8_t *byte)
{
	if (reg_read32(device->registers, UARTFR) & FR_RXFE) {
		return false;
	}
	*byte = (uint8_t)reg_read32(device->registers, UARTDR);
	return true;
}

void
pl011_quiet(struct pl011 *device)
{
	reg_write32(device->registers, UARTIMSC, INT_RX | INT_RT);
	reg_write32(device->registers, UARTICR, INT_ALL);
}
