/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Kills one victim after the other at random moments, and takes the time of each new life. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "process_killer.h"

#define VICTIMS   3u
#define KILLS_MAX 1000u
#define PAUSE_US  3000u /* at most, between two kills */
#define LOOK_US   50u

static uint32_t times_us[VICTIMS][KILLS_MAX];
static uint16_t numbers[VICTIMS];

static uint32_t
look(uint16_t number, char name[32], enum supervisor_life *life, uint32_t *starts)
{
	uint16_t place;
	uint32_t bytes = 0;
	uint32_t status =
		supervisor_look(KILLER_MANAGER, number, starts, &place, life, name, 31, &bytes);

	name[bytes] = '\0';
	return status;
}

static void
find_all(void)
{
	static const char *const wanted[VICTIMS] = {"valve", "sensor", "console"};
	enum supervisor_life life;
	uint32_t starts;
	char name[32];

	for (uint16_t number = 1; look(number, name, &life, &starts) == E_OK; number++) {
		for (uint32_t i = 0; i < VICTIMS; i++) {
			if (strcmp(name, wanted[i]) == 0) {
				numbers[i] = number;
			}
		}
	}
}

static void
sleep_us(uint32_t us)
{
	const struct timespec time = {.tv_nsec = (long)us * 1000};

	nanosleep(&time, NULL);
}

/* Returns how long it was away. */
static uint32_t
kill_one(uint32_t victim)
{
	enum supervisor_life life = SUPERVISOR_LIFE_RUNNING;
	uint32_t before = 0;
	uint32_t starts = 0;
	char name[32];

	if (look(numbers[victim], name, &life, &before) != E_OK) {
		abort();
	}
	uint64_t start_ns = sys_clock();
	if (supervisor_kill(KILLER_MANAGER, numbers[victim]) != E_OK) {
		abort();
	}
	do {
		sleep_us(LOOK_US);
		if (look(numbers[victim], name, &life, &starts) != E_OK) {
			abort();
		}
	} while (life != SUPERVISOR_LIFE_RUNNING || starts == before);
	return (uint32_t)((sys_clock() - start_ns) / 1000);
}

static int
order(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a;
	uint32_t right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

int
main(void)
{
	uint32_t kills = (uint32_t)atoi(process_attribute("kills"));

	kills = kills > KILLS_MAX ? KILLS_MAX : kills;
	srand((unsigned)atoi(process_attribute("seed")));
	find_all();
	sleep_us(PAUSE_US);
	for (uint32_t k = 0; k < kills; k++) {
		for (uint32_t victim = 0; victim < VICTIMS; victim++) {
			sleep_us((uint32_t)rand() % PAUSE_US);
			times_us[victim][k] = kill_one(victim);
		}
	}
	for (uint8_t victim = 0; victim < VICTIMS; victim++) {
		uint32_t *times = times_us[victim];
		qsort(times, kills, sizeof(*times), order);
		(void)field_stop(KILLER_FIELD, victim, kills, times[kills / 2],
			times[kills * 99 / 100], times[kills - 1]);
	}
	return EXIT_SUCCESS;
}
