/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A sensor that takes its time, to be killed in. */
#include <time.h>

#include "gatehouse/server.h"
#include "process_sensordriver.h"

#define TENTHS 215

static uint32_t
sensor_sample(void *context, const struct caller *caller, int16_t *out_tenths)
{
	static const struct timespec conversion = {.tv_nsec = 80000};

	(void)context;
	(void)caller;
	nanosleep(&conversion, NULL);
	*out_tenths = TENTHS;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct sensor_server sensor = {.read = sensor_sample};

	return sensordriver_serve(caller, message, &sensor);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
