/* SPDX-License-Identifier: 0BSD */
/* A simulated valve block: eight channels, four of them fitted. */
#include "gatehouse/server.h"
#include "process_valvedriver.h"

#define CHANNELS_FITTED 4

static uint16_t openings[CHANNELS_FITTED];

static uint32_t
valve_move(void *context, const struct caller *caller, uint8_t channel, uint16_t opening)
{
	(void)context;
	(void)caller;
	if (channel >= CHANNELS_FITTED) {
		return VALVE_ERROR_UNFITTED;
	}
	openings[channel] = opening;
	return E_OK;
}

static uint32_t
valve_look(void *context, const struct caller *caller, uint8_t channel, uint16_t *out_opening)
{
	(void)context;
	(void)caller;
	if (channel >= CHANNELS_FITTED) {
		return VALVE_ERROR_UNFITTED;
	}
	*out_opening = openings[channel];
	return E_OK;
}

static uint32_t
fail_now(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	__builtin_trap();
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct valve_server valve = {.set = valve_move, .read = valve_look};
	static const struct crash_server crash = {.now = fail_now};

	return valvedriver_serve(caller, message, &valve, &crash);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
