/* SPDX-License-Identifier: 0BSD */
/* The boss: starts as many workers as there can be, one more, and one that is not its own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_boss.h"

#define NAME_BYTES 31

const uint32_t gatehouse_console_handle = BOSS_CONSOLE;

static uint32_t
look(uint16_t number, char name[NAME_BYTES + 1], enum supervisor_life *life)
{
	uint32_t starts;
	uint16_t place;
	uint32_t bytes = 0;
	uint32_t status = supervisor_look(
		BOSS_MANAGER, number, &starts, &place, life, name, NAME_BYTES, &bytes);

	name[bytes] = '\0';
	return status;
}

/* The number of an instance, or 0: there is none of that name. */
static uint16_t
find(const char *wanted)
{
	enum supervisor_life life;
	char name[NAME_BYTES + 1];

	for (uint16_t number = 1; look(number, name, &life) == E_OK; number++) {
		if (strcmp(name, wanted) == 0) {
			return number;
		}
	}
	return 0;
}

static void
wait_for(uint16_t number)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	enum supervisor_life life;
	char name[NAME_BYTES + 1];

	while (look(number, name, &life) == E_OK && life == SUPERVISOR_LIFE_RUNNING) {
		nanosleep(&pause, NULL);
	}
}

int
main(void)
{
	uint16_t worker = find("worker1"); /* any instance names its template */
	uint16_t who[2] = {0};
	uint16_t more;
	bool is_good = true;

	for (int i = 0; i < 2; i++) {
		is_good = supervisor_spawn(BOSS_MANAGER, worker, &who[i]) == E_OK && is_good;
	}
	printf("spawn: two workers %s\n", is_good ? "run" : "do not run");
	uint32_t third = supervisor_spawn(BOSS_MANAGER, worker, &more);
	printf("spawn: a third is %s\n", third == SUPERVISOR_ERROR_FULL ? "one too many" : "odd");
	uint32_t other = supervisor_spawn(BOSS_MANAGER, find("other1"), &more);
	printf("spawn: somebody else's is %s\n", other == E_DENIED ? "denied" : "odd");
	wait_for(who[0]);
	wait_for(who[1]);
	uint32_t again = supervisor_spawn(BOSS_MANAGER, worker, &who[0]);
	wait_for(who[0]);
	printf("spawn: after their end there is %s\n", again == E_OK ? "room again" : "no room");
	fflush(stdout);
	is_good = is_good && third == SUPERVISOR_ERROR_FULL && other == E_DENIED && again == E_OK;
	(void)power_off(BOSS_POWER, is_good ? 0 : 1);
	return EXIT_FAILURE;
}
