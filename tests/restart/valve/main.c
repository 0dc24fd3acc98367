/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A valve driver that takes its time before and behind what it does, to be killed in. */
#include <time.h>

#include "gatehouse/server.h"
#include "process_valvedriver.h"

static const struct timespec half = {.tv_nsec = 50000};

static uint32_t
valve_move(void *context, const struct caller *caller, uint8_t mover, uint32_t number)
{
	(void)context;
	(void)caller;
	nanosleep(&half, NULL);
	uint32_t status = field_move(VALVEDRIVER_FIELD, mover, number);
	nanosleep(&half, NULL);
	return status;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct valve_server valve = {.set = valve_move};

	return valvedriver_serve(caller, message, &valve);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
