/* SPDX-License-Identifier: 0BSD */
/* The boss: starts as many workers as there can be, one more, and one that is not its own. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_boss.h"

#define WORKERS 2 /* product.gate */

const uint32_t gatehouse_console_handle = BOSS_CONSOLE;

static int
start(const char *class, const char *work, pid_t *child)
{
	char *words[] = {(char *)class, (char *)work, NULL};

	return posix_spawn(child, class, NULL, NULL, words, environ);
}

/* Waits for all; returns the sum of their exit codes. */
static int
wait_for_all(void)
{
	int sum = 0;
	int status;

	while (wait(&status) > 0) {
		sum += WIFEXITED(status) ? WEXITSTATUS(status) : 100;
	}
	return sum;
}

int
main(void)
{
	static const char *const work[WORKERS] = {"3", "4"};
	pid_t child;
	int errors = 0;

	for (int i = 0; i < WORKERS; i++) {
		errors += start("worker", work[i], &child);
	}
	printf("spawn: two workers %s\n", errors == 0 ? "run" : "do not run");
	int third = start("worker", "5", &child);
	printf("spawn: a third is one too many: %s\n", strerror(third));
	int other = start("other", "6", &child);
	printf("spawn: somebody else's: %s\n", strerror(other));
	int sum = wait_for_all();
	printf("spawn: their work comes to %d\n", sum);
	int again = start("worker", "5", &child);
	sum += wait_for_all();
	printf("spawn: after their end there is %s\n", again == 0 ? "room again" : "no room");
	fflush(stdout);
	errors += third != EAGAIN || other != EACCES || again != 0 || sum != 3 * 3 + 4 * 4 + 5 * 5;
	(void)power_off(BOSS_POWER, errors == 0 ? 0 : 1);
	return EXIT_FAILURE;
}
