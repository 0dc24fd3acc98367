/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A child: does what its arguments say. */
#define _DEFAULT_SOURCE

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "process_child.h"

const uint32_t gatehouse_console_handle = CHILD_CONSOLE;

/* What it was started with, and where it is. */
static int
say(int count, char **words)
{
	char here[256];

	for (int i = 0; i < count; i++) {
		printf("%s|", words[i]);
	}
	printf("%s|%s|%s\n", getenv("NAME"), getenv("LANG") == NULL ? "none" : getenv("LANG"),
		getcwd(here, sizeof(here)));
	fprintf(stderr, "pid %ld\n", (long)getpid());
	return 0;
}

int
main(int count, char **words)
{
	const struct timespec while_ = {.tv_nsec = 50000000};
	const char *what = count > 1 ? words[1] : "";
	volatile uintptr_t nowhere = 16;
	char byte[1];

	if (strcmp(what, "exit") == 0) {
		return atoi(words[2]);
	}
	if (strcmp(what, "sleep") == 0) {
		nanosleep(&while_, NULL);
		return 3;
	}
	while (strcmp(what, "forever") == 0) {
		(void)nowhere;
	}
	if (strcmp(what, "fault") == 0) {
		return *(volatile int *)nowhere;
	}
	if (strcmp(what, "entropy") == 0) {
		return getentropy(byte, sizeof(byte)) == 0 ? 0 : errno;
	}
	if (strcmp(what, "abort") == 0) {
		abort();
	}
	return say(count, words);
}
