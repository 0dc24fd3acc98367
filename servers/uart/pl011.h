/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The PL011 serial device: registers and FIFOs, no policy. */
#ifndef SERVERS_UART_PL011_H
#define SERVERS_UART_PL011_H

#include <stdbool.h>
#include <stdint.h>

struct pl011 {
	volatile void *registers;
};

/* Empties and enables the device; received bytes and a drained transmitter raise its interrupt. */
void pl011_reset(struct pl011 *device);

/* Puts a byte into the transmit FIFO. False: it is full, pl011_wait_room makes it interrupt. */
bool pl011_put(struct pl011 *device, uint8_t byte);
/* The device interrupts when its transmit FIFO has room. */
void pl011_wait_room(struct pl011 *device);

/* Takes a received byte. False: there is none. */
bool pl011_get(struct pl011 *device, uint8_t *byte);

/* Clears every interrupt that is raised; transmit interrupts stay off until pl011_wait_room. */
void pl011_quiet(struct pl011 *device);

#endif
