/* SPDX-License-Identifier: 0BSD */
/* Dies on request, each time in another way. */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_frail.h"

typedef void (*function)(void);

/* Uses more stack than there is; the volatile array keeps the compiler from a loop. */
static int
overflow(int depth)
{
	volatile char room[1024];

	room[0] = (char)depth;
	return depth > 100000 ? 0 : overflow(depth + 1) + room[0];
}

static void *
overflow_thread(void *unused)
{
	(void)unused;
	return (void *)(intptr_t)overflow(0);
}

static void
overflow_second(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, overflow_thread, NULL);
	pthread_join(thread, NULL);
}

static uint32_t
die(void *context, const struct caller *caller, uint8_t kind)
{
	static uint32_t not_code[4];
	static volatile uintptr_t nowhere = 16; /* in the page that is never mapped */

	(void)context;
	(void)caller;
	switch (kind) {
	case 0:
		exit(3);
	case 1:
		abort();
	case 2:
		*(volatile uint32_t *)nowhere = 1;
		break;
	case 3:
		*(volatile uint32_t *)(uintptr_t)PROCESS_TEXT = 1;
		break;
	case 4:
		((function)(uintptr_t)not_code)();
		break;
	case 5:
		overflow(0);
		break;
	case 6:
		overflow_second();
		break;
	default:
		__builtin_trap();
	}
	return E_OK;
}

static uint32_t
who(void *context, const struct caller *caller, uint32_t *out_incarnation)
{
	(void)context;
	(void)caller;
	*out_incarnation = process_info()->incarnation;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct fragile_server fragile = {.die = die, .who = who};

	return frail_serve(caller, message, &fragile);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
