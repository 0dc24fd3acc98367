/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The serial driver: bytes between its one client and the PL011, by interrupt. */
#include <stdlib.h>

#include "gatehouse/device.h"
#include "gatehouse/server.h"
#include "pl011.h"
#include "process_uart.h"

#define IRQ_BIT        1u
#define REGISTER_BYTES 4096u
#define RING_BYTES     512u /* power of two */

static struct pl011 device;

/* Received bytes that the client has not read yet. When it is full, bytes wait in the device. */
static struct {
	uint8_t bytes[RING_BYTES];
	uint32_t head;
	uint32_t tail;
} ring;

/* Takes what the device has and the ring holds; true if that was anything. */
static bool
receive(void)
{
	uint32_t old_head = ring.head;
	uint8_t byte;

	while (ring.head - ring.tail < RING_BYTES && pl011_get(&device, &byte)) {
		ring.bytes[ring.head++ % RING_BYTES] = byte;
	}
	return ring.head != old_head;
}

static void
interrupt(uint32_t bits)
{
	if (bits & IRQ_BIT) {
		pl011_quiet(&device);
		if (receive()) {
			/* A reader that is gone loses nothing: it asks. */
			(void)sys_signal(UART_READER);
		}
		(void)device_irq_acknowledge(UART_UART_IRQ);
	}
}

/* The transmit FIFO is full: sleeps until the device says that it has room. */
static void
wait_room(void)
{
	uint32_t bits;

	pl011_wait_room(&device);
	if (sys_wait(HANDLE_NOTIFICATION, &bits) == E_OK) {
		interrupt(bits);
	}
}

static uint32_t
serial_write_all(void *context, const struct caller *caller, const void *data, uint32_t data_bytes)
{
	const uint8_t *bytes = data;

	(void)context;
	(void)caller;
	for (uint32_t i = 0; i < data_bytes; i++) {
		while (!pl011_put(&device, bytes[i])) {
			wait_room();
		}
	}
	return E_OK;
}

/*
 * The device interrupts when its empty FIFO gets a byte. What a full ring left in the FIFO is
 * therefore taken here: a reader that reads until nothing comes has emptied both.
 */
static uint32_t
serial_read_some(void *context, const struct caller *caller, void *out_data,
	uint32_t out_data_capacity, uint32_t *out_data_bytes)
{
	uint8_t *out = out_data;
	uint32_t count = 0;

	(void)context;
	(void)caller;
	(void)receive();
	for (; count < out_data_capacity && ring.tail != ring.head; count++) {
		out[count] = ring.bytes[ring.tail++ % RING_BYTES];
	}
	*out_data_bytes = count;
	return E_OK;
}

static const struct serial_server serial = {
	.write = serial_write_all,
	.read = serial_read_some,
};

static bool
serve(const struct caller *caller, struct message *message)
{
	return uart_serve(caller, message, &serial);
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = interrupt};

	device.registers = device_map(UART_UART_REGISTERS, REGISTER_BYTES);
	if (device.registers == NULL) {
		return EXIT_FAILURE;
	}
	pl011_reset(&device);
	if (device_irq_bind(UART_UART_IRQ, IRQ_BIT) != E_OK ||
		device_irq_acknowledge(UART_UART_IRQ) != E_OK) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
