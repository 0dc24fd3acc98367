/* SPDX-License-Identifier: 0BSD */
/* A simulated thermometer: the temperature drifts between 18 and 23 degrees and back. */
#include <time.h>

#include "gatehouse/server.h"
#include "process_sensordriver.h"

#define LOW_TENTHS   180
#define HIGH_TENTHS  230
#define TENTHS_PER_S 2
#define SAMPLES_MAX  16

static int16_t
temperature(time_t seconds)
{
	int32_t span = HIGH_TENTHS - LOW_TENTHS;
	int32_t way = (int32_t)((seconds * TENTHS_PER_S) % (2 * span));

	return (int16_t)(LOW_TENTHS + (way < span ? way : 2 * span - way));
}

static time_t
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static uint32_t
sensor_read_now(void *context, const struct caller *caller, int16_t *out_tenths)
{
	(void)context;
	(void)caller;
	*out_tenths = temperature(now());
	return E_OK;
}

/* The sensor knows its curve, so the last samples need no memory. */
static uint32_t
sensor_mean(void *context, const struct caller *caller, uint8_t samples, int16_t *out_tenths)
{
	int32_t sum = 0;
	time_t last = now() + SAMPLES_MAX;

	(void)context;
	(void)caller;
	for (uint8_t i = 0; i < samples; i++) {
		sum += temperature(last - i);
	}
	*out_tenths = (int16_t)(sum / samples);
	return E_OK;
}

static uint32_t
fail_now(void *context, const struct caller *caller)
{
	static uint32_t *volatile nowhere; /* nothing is mapped at address 0 */

	(void)context;
	(void)caller;
	*nowhere = 0;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct sensor_server temp = {.read = sensor_read_now, .average = sensor_mean};
	static const struct crash_server crash = {.now = fail_now};

	return sensordriver_serve(caller, message, &temp, &crash);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
