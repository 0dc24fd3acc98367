/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Spawns workers: as many as there may be, again and again, and one that it may not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_boss.h"

#define WORKERS 3u
#define ROUNDS  100u

const uint32_t gatehouse_console_handle = BOSS_CONSOLE;

static unsigned failed;

static void
check(bool is_right, const char *what, uint32_t found)
{
	if (!is_right) {
		printf("boss: %s: %u\n", what, (unsigned)found);
		failed++;
	}
}

static uint32_t
look(uint16_t number, char name[32], enum supervisor_life *life, uint32_t *starts)
{
	uint16_t place;
	uint32_t bytes = 0;
	uint32_t status =
		supervisor_look(BOSS_MANAGER, number, starts, &place, life, name, 31, &bytes);

	name[bytes] = '\0';
	return status;
}

static uint16_t
find(const char *wanted)
{
	enum supervisor_life life;
	uint32_t starts;
	char name[32];

	for (uint16_t number = 1; look(number, name, &life, &starts) == E_OK; number++) {
		if (strcmp(name, wanted) == 0) {
			return number;
		}
	}
	return 0;
}

/* Waits until an instance runs no more; returns how often it was started. */
static uint32_t
wait_for(uint16_t number)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	enum supervisor_life life = SUPERVISOR_LIFE_RUNNING;
	uint32_t starts = 0;
	char name[32];

	while (look(number, name, &life, &starts) == E_OK && life == SUPERVISOR_LIFE_RUNNING) {
		nanosleep(&pause, NULL);
	}
	check(life == SUPERVISOR_LIFE_STOPPED, "a worker ended as", (uint32_t)life);
	return starts;
}

static void
round_run(uint16_t template)
{
	uint16_t workers[WORKERS];
	uint16_t more;

	for (uint32_t i = 0; i < WORKERS; i++) {
		uint32_t status = supervisor_spawn(BOSS_MANAGER, template, &workers[i]);
		check(status == E_OK, "spawn", status);
		for (uint32_t k = 0; k < i; k++) {
			check(workers[k] != workers[i], "spawned twice", workers[i]);
		}
	}
	uint32_t status = supervisor_spawn(BOSS_MANAGER, template, &more);
	check(status == SUPERVISOR_ERROR_FULL, "one more than there may be", status);
	for (uint32_t i = 0; i < WORKERS; i++) {
		(void)wait_for(workers[i]);
	}
}

int
main(void)
{
	uint16_t template = find("job2"); /* any of its instances names it */
	uint16_t other = find("other1");
	enum supervisor_life life = SUPERVISOR_LIFE_RUNNING;
	uint32_t starts = 1;
	char name[32];
	uint16_t who;

	check(template != 0 && other != 0, "what there is", template);
	check(look(template, name, &life, &starts) == E_OK && life == SUPERVISOR_LIFE_STOPPED &&
			starts == 0,
		"nobody asked for it yet", starts);
	for (uint32_t i = 0; i < ROUNDS; i++) {
		round_run(template);
	}
	check(look(template, name, &life, &starts) == E_OK && starts == ROUNDS, "starts", starts);
	uint32_t status = supervisor_spawn(BOSS_MANAGER, other, &who);
	check(status == E_DENIED, "a template of somebody else", status);
	status = supervisor_spawn(BOSS_MANAGER, template, &who);
	check(status == SUPERVISOR_ERROR_FAILED, "a life more than it has", status);
	printf("boss: %u rounds, %u failed\n", ROUNDS, failed);
	fflush(stdout);
	(void)power_off(BOSS_POWER, failed != 0);
	return EXIT_FAILURE;
}
