/* SPDX-License-Identifier: 0BSD */
/* The command `trace`: what the kernel did, event by event. */
#include "trace.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/abi.h"
#include "process_shell.h"

#define LINE_BYTES       120
#define MILLISECONDS_MAX 60000

static bool
start(void)
{
	uint32_t status = events_start(SHELL_EVENTS);

	if (status == E_RESTARTED) {
		status = events_start(SHELL_EVENTS);
	}
	if (status != E_OK) {
		printf("the trace server does not answer; type ps to see how it is\n");
	}
	return status == E_OK;
}

static void
print_events(void)
{
	static char line[LINE_BYTES];
	uint32_t events, lost, bytes;

	if (events_stop(SHELL_EVENTS, &events, &lost) != E_OK) {
		printf("the trace server does not answer; type ps to see how it is\n");
		return;
	}
	printf("trace: %lu events\n", (unsigned long)events);
	for (uint32_t i = 1; i <= events; i++) {
		if (events_line(SHELL_EVENTS, i, line, sizeof(line), &bytes) != E_OK) {
			break;
		}
		printf("%.*s\n", (int)bytes, line);
	}
	printf("trace: end; %lu older events were overwritten\n", (unsigned long)lost);
}

void
run_trace(const char *argument)
{
	char *end;
	unsigned long milliseconds = strtoul(argument, &end, 10);

	if (strcmp(argument, "on") == 0) {
		if (start()) {
			printf("tracing; type trace off to see it\n");
		}
	} else if (strcmp(argument, "off") == 0) {
		print_events();
	} else if (*argument < '1' || *argument > '9' || *end != '\0' ||
		   milliseconds > MILLISECONDS_MAX) {
		printf("trace what? milliseconds, on, or off\n");
	} else if (start()) {
		const struct timespec time = {.tv_sec = (time_t)(milliseconds / 1000),
			.tv_nsec = (long)(milliseconds % 1000 * 1000000)};
		nanosleep(&time, NULL);
		print_events();
	}
}
