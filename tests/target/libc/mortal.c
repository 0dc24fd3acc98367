/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Ends in the way that it is told to; says whether it began as C promises. */
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "process_mortal.h"

const uint32_t gatehouse_console_handle = MORTAL_CONSOLE;

static int constructed;
static int with_value = 42;
static int without_value;
static _Thread_local int in_thread = 43;
static _Thread_local int in_thread_zero;

static void __attribute__((constructor(200))) construct_second(void)
{
	constructed = constructed * 10 + 2;
}

static void __attribute__((constructor(101))) construct_first(void)
{
	constructed = constructed * 10 + 1;
}

static void __attribute__((constructor)) construct_last(void)
{
	constructed = constructed * 10 + 3;
}

static void __attribute__((destructor)) destruct(void)
{
	printf("mortal: destructor\n");
}

static void
at_exit(void)
{
	printf("mortal: atexit\n");
}

static void *
exit_in_thread(void *argument)
{
	(void)argument;
	exit(21);
}

static void *
nothing(void *argument)
{
	return argument;
}

static void
handle_signal(int number)
{
	printf("mortal: signal %d\n", number);
	_Exit(33);
}

static void
end_by_thread(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, exit_in_thread, NULL) == 0) {
		pthread_join(thread, NULL);
	}
}

/* The last thread ends: as if main had returned 0. */
static void
end_all_threads(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, nothing, NULL) == 0) {
		pthread_join(thread, NULL);
	}
	pthread_exit(NULL);
}

static uint32_t
end(void *context, const struct caller *caller, uint32_t how)
{
	(void)context;
	(void)caller;
	switch (how) {
	case 0:
		atexit(at_exit);
		printf("mortal: not flushed, but for exit");
		exit(7);
	case 1:
		atexit(at_exit);
		_Exit(9);
	case 2:
		abort();
	case 3:
		assert(how == 0);
		break;
	case 4:
		end_by_thread();
		break;
	case 5:
		end_all_threads();
		break;
	case 6:
		raise(SIGTERM);
		break;
	case 7:
		signal(SIGUSR1, handle_signal);
		raise(SIGUSR1);
		break;
	case 8:
		exit(-1);
	default:
		break;
	}
	return E_OK;
}

static uint32_t
state(void *context, const struct caller *caller, uint32_t *out_starts, uint32_t *out_prepared)
{
	(void)context;
	(void)caller;
	*out_starts = process_info()->incarnation;
	*out_prepared = constructed == 123 && with_value == 42 && without_value == 0 &&
			in_thread == 43 && in_thread_zero == 0;
	/* The next incarnation must not find these. */
	with_value = 1;
	without_value = 1;
	in_thread = 1;
	in_thread_zero = 1;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct ending_server ending = {.end = end, .state = state};

	return mortal_serve(caller, message, &ending);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
