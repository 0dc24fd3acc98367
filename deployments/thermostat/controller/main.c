/* SPDX-License-Identifier: 0BSD */
/*
 * The controller: once a second it reads the sensor and moves the valve. One thread regulates, one
 * answers questions; a mutex stands between them.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_controller.h"

#define TARGET_TENTHS 205
#define BAND_TENTHS   50 /* the valve is fully open this far below the target */
#define OPENING_MAX   1000
#define CHANNEL       1
#define PERIOD_S      1

const uint32_t gatehouse_console_handle = CONTROLLER_CONSOLE;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* What `report` tells; written by the regulating thread. */
static struct {
	uint32_t cycles;
	uint32_t restarts; /* how often a driver told that it is new */
	int16_t tenths;
	uint16_t opening;
} state;

static void
note_restart(const char *who)
{
	pthread_mutex_lock(&mutex);
	state.restarts++;
	pthread_mutex_unlock(&mutex);
	printf("controller: the %s was restarted; going on\n", who);
}

/* E_RESTARTED comes once for each restart: told, and asked again. */
static uint32_t
read_temperature(int16_t *tenths)
{
	uint32_t status = sensor_read(CONTROLLER_TEMP, tenths);

	if (status == E_RESTARTED) {
		note_restart("sensor");
		status = sensor_read(CONTROLLER_TEMP, tenths);
	}
	return status;
}

/* Moves the valve if it does not stand so already; returns how it stands then. */
static uint16_t
move_valve(uint16_t opening)
{
	uint16_t held = 0;
	uint32_t status = valve_read(CONTROLLER_VALVE, CHANNEL, &held);

	if (status == E_RESTARTED) {
		note_restart("valve");
		status = valve_read(CONTROLLER_VALVE, CHANNEL, &held);
	}
	if (status == E_OK && held == opening) {
		return held;
	}
	return valve_set(CONTROLLER_VALVE, CHANNEL, opening) == E_OK ? opening : held;
}

/* Proportional: closed at the target, open one band below it. */
static uint16_t
opening_for(int16_t tenths)
{
	int32_t below = TARGET_TENTHS - tenths;
	int32_t opening = below * OPENING_MAX / BAND_TENTHS;

	if (opening < 0) {
		return 0;
	}
	return (uint16_t)(opening > OPENING_MAX ? OPENING_MAX : opening);
}

static void
cycle(void)
{
	int16_t tenths;

	if (read_temperature(&tenths) != E_OK) {
		return; /* the audit has said why; the valve stays as it is */
	}
	uint16_t opening = move_valve(opening_for(tenths));
	pthread_mutex_lock(&mutex);
	state.cycles++;
	state.tenths = tenths;
	state.opening = opening;
	pthread_mutex_unlock(&mutex);
}

static void *
regulate(void *unused)
{
	const struct timespec period = {.tv_sec = PERIOD_S};

	(void)unused;
	do {
		cycle();
	} while (nanosleep(&period, NULL) == 0);
	return NULL;
}

static uint32_t
status_tell(void *context, const struct caller *caller, uint32_t *out_cycles,
	uint32_t *out_restarts, int16_t *out_tenths, int16_t *out_target, uint16_t *out_opening)
{
	(void)context;
	(void)caller;
	pthread_mutex_lock(&mutex);
	*out_cycles = state.cycles;
	*out_restarts = state.restarts;
	*out_tenths = state.tenths;
	*out_target = TARGET_TENTHS;
	*out_opening = state.opening;
	pthread_mutex_unlock(&mutex);
	return E_OK;
}

static uint32_t
fail_now(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	abort();
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct status_server status = {.report = status_tell};
	static const struct crash_server crash = {.now = fail_now};

	return controller_serve(caller, message, &status, &crash);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	pthread_t thread;

	if (pthread_create(&thread, NULL, regulate, NULL) != 0) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
