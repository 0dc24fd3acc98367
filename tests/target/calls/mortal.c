/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server that dies when it is told to. */
#include <pthread.h>
#include <stdlib.h>

#include "gatehouse/clock.h"
#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "gen/core/reply.h"
#include "process_undead.h"

#define EXIT_CODE 42

static void
fault(void)
{
	static volatile uintptr_t nowhere = 8; /* nothing is mapped there */

	*(volatile uint32_t *)nowhere = 0;
}

static void *
fault_thread(void *argument)
{
	fault();
	return argument;
}

static uint32_t
ping(void *context, const struct caller *caller, uint32_t *out_incarnation)
{
	(void)context;
	(void)caller;
	*out_incarnation = process_info()->incarnation;
	return E_OK;
}

static uint32_t
die(void *context, const struct caller *caller, uint32_t how)
{
	pthread_t thread;

	(void)context;
	(void)caller;
	if (how == 1) {
		exit(EXIT_CODE);
	}
	if (how == 2) {
		(void)reply_hold(HANDLE_REPLY);
	}
	if (how == 3 && pthread_create(&thread, NULL, fault_thread, NULL) == 0) {
		pthread_join(thread, NULL);
	}
	if (how == 4) {
		(void)pass_blame(UNDEAD_PASS);
	}
	fault();
	return E_OK;
}

static uint32_t
die_later(void *context, const struct caller *caller, uint64_t time_ns)
{
	(void)context;
	(void)caller;
	clock_sleep_until(sys_clock() + time_ns);
	fault();
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct mortal_server mortal = {
		.ping = ping,
		.die = die,
		.die_later = die_later,
	};

	return undead_serve(caller, message, &mortal);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
