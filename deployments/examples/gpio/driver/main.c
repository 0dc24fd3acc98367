/* SPDX-License-Identifier: 0BSD */
/* The driver of a PL061 (ARM DDI 0190B): eight pins. */
#include <stdlib.h>
#include <time.h>

#include "gatehouse/device.h"
#include "gatehouse/server.h"
#include "process_driver.h"

#define REGISTER_BYTES 4096u
#define GPIODATA       0x000u /* address bits 9:2 are a mask: only those pins are touched */
#define GPIODIR        0x400u /* 1: output */
#define LONG_MS        200u   /* so long it plays before it wants a rest */
#define GPIOPERIPHID0  0xfe0u /* four registers of a byte each */

static volatile void *registers;

static uint32_t
data_of(uint8_t pin)
{
	return GPIODATA + (4u << pin);
}

static uint32_t
pin_write(void *context, const struct caller *caller, uint8_t pin, bool high, uint16_t pulse_ms)
{
	const struct timespec pulse = {pulse_ms / 1000, pulse_ms % 1000 * 1000000L};

	(void)context;
	(void)caller;
	reg_write32(registers, GPIODIR, reg_read32(registers, GPIODIR) | 1u << pin);
	reg_write32(registers, data_of(pin), high ? 1u << pin : 0);
	if (pulse_ms != 0) {
		nanosleep(&pulse, NULL);
		reg_write32(registers, data_of(pin), high ? 0 : 1u << pin);
	}
	return E_OK;
}

static uint32_t
pin_read(void *context, const struct caller *caller, uint8_t pin, bool *out_high)
{
	(void)context;
	(void)caller;
	*out_high = reg_read32(registers, data_of(pin)) != 0;
	return E_OK;
}

static uint32_t
pin_blink(void *context, const struct caller *caller, const struct pins_pattern *pattern,
	bool has_count, uint8_t count)
{
	const struct timespec off = {0, pattern->off_ms * 1000000L};

	for (uint32_t i = 0; i < (has_count ? count : 1u); i++) {
		(void)pin_write(context, caller, pattern->pin, true, pattern->on_ms);
		nanosleep(&off, NULL);
	}
	return E_OK;
}

static uint32_t
pin_play(void *context, const struct caller *caller, uint8_t pin, const uint16_t *ms,
	uint32_t ms_count, uint16_t *out_high, uint32_t out_high_capacity, uint32_t *out_high_count,
	struct pins_play_tired *out_tired)
{
	for (uint32_t i = 0; i < ms_count; i++) {
		out_tired->rest_ms = (uint16_t)(out_tired->rest_ms + ms[i]);
	}
	if (out_tired->rest_ms > LONG_MS) {
		return PINS_ERROR_TIRED;
	}
	for (uint32_t i = 0; i < ms_count && i / 2 < out_high_capacity; i += 2) {
		const struct timespec low = {0, i + 1 < ms_count ? ms[i + 1] * 1000000L : 0};

		(void)pin_write(context, caller, pin, true, ms[i]);
		out_high[i / 2] = ms[i];
		*out_high_count = i / 2 + 1;
		nanosleep(&low, NULL);
	}
	return E_OK;
}

static uint32_t
chip_tell(void *context, const struct caller *caller, uint32_t *out_number)
{
	uint32_t number = 0;

	(void)context;
	(void)caller;
	for (uint32_t i = 0; i < 4; i++) {
		number |= (reg_read32(registers, GPIOPERIPHID0 + 4 * i) & 0xff) << 8 * i;
	}
	*out_number = number;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct pins_server pins = {.write = pin_write,
		.read = pin_read,
		.blink = pin_blink,
		.chip = chip_tell,
		.play = pin_play};

	return driver_serve(caller, message, &pins);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	registers = device_map(DRIVER_GPIO_REGISTERS, REGISTER_BYTES);
	if (registers == NULL) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
