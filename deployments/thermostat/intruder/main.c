/* SPDX-License-Identifier: 0BSD */
/* The intruder: a program that was allowed to show the temperature, and wants more. */
#include <stdlib.h>

#include "gatehouse/server.h"
#include "process_intruder.h"

#define GUESSED_INDEX  40u
#define UNKNOWN_METHOD 99u
#define ENOUGH         4u
#define TOO_MANY       9u

/* 1: a handle that it never got. */
static uint32_t
guess_handle(void)
{
	struct message message = {.info = 0};

	return ipc_call(HANDLE_INITIAL(GUESSED_INDEX), 1, &message);
}

/* 2: a method that the interface does not have. */
static uint32_t
unknown_method(void)
{
	struct message message = {.info = 0};

	return ipc_call(INTRUDER_TEMP, UNKNOWN_METHOD, &message);
}

/* 3: somebody whom no rule lets it talk to. */
static uint32_t
forbidden_destination(void)
{
	return valve_set(INTRUDER_VALVE, 0, 1000);
}

/* 4: a method that it may call: first as it may, then with a value that it may not use. */
static uint32_t
argument_out_of_range(void)
{
	int16_t tenths;

	(void)sensor_average(INTRUDER_TEMP, ENOUGH, &tenths);
	return sensor_average(INTRUDER_TEMP, TOO_MANY, &tenths);
}

/* 5: an answer to a call that it is not serving: the object holds nobody. */
static uint32_t
reply_not_owed(void)
{
	const struct message message = {.info = info_make(0, 0)};

	return ipc_reply(HANDLE_REPLY, &message);
}

/* 6: new instructions where it runs. Does not return. */
static uint32_t
write_own_code(void)
{
	*(volatile uint8_t *)(uintptr_t)&reply_not_owed = 0;
	return E_OK;
}

static uint32_t
attack_run_one(void *context, const struct caller *caller, uint8_t kind, uint16_t *out_status)
{
	static uint32_t (*const attacks[])(void) = {guess_handle, unknown_method,
		forbidden_destination, argument_out_of_range, reply_not_owed, write_own_code};

	(void)context;
	(void)caller;
	uint32_t status = attacks[kind - 1]();
	if (status == E_RESTARTED) { /* it was told of a restart, and nothing was judged */
		status = attacks[kind - 1]();
	}
	*out_status = (uint16_t)status;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct attack_server attack = {.run = attack_run_one};

	return intruder_serve(caller, message, &attack);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
