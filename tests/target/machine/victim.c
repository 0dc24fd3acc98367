/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tries what it is told to; whoever asks knows from `plan` what must come of it. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "machine/attempt.h"
#include "process_victim.h"

static const struct attempt *
attempt_find(uint32_t number)
{
	if (number < attempts_memory_count) {
		return &attempts_memory[number];
	}
	number -= attempts_memory_count;
	return number < attempts_machine_count ? &attempts_machine[number] : NULL;
}

static uintptr_t
argument_of(const struct attempt *attempt)
{
	return attempt->place != NULL ? attempt->place() : attempt->argument;
}

/* The lowest bit of a function's address is the instruction set of ARMv7, not an address. */
static uint64_t
address_of(const struct attempt *attempt)
{
	switch (attempt->where) {
	case AT_ARGUMENT:
		return argument_of(attempt);
	case AT_ENTRY:
		return (uintptr_t)attempt->run & ~(uintptr_t)1;
	default:
		return 0;
	}
}

static uint32_t
plan(void *context, const struct caller *caller, uint32_t number, uint64_t *out_low,
	uint64_t *out_high, uint64_t *out_value, uint32_t *out_status, uint16_t *out_instance,
	uint8_t *out_kind, uint8_t *out_where, void *out_name, uint32_t out_name_capacity,
	uint32_t *out_name_bytes)
{
	const struct attempt *attempt = attempt_find(number);

	(void)context;
	(void)caller;
	if (attempt == NULL) {
		return ATTEMPT_ERROR_ABSENT;
	}
	bool is_range = attempt->where == AT_ARGUMENT && attempt->value != 0;
	*out_low = address_of(attempt);
	*out_high = *out_low + (is_range ? attempt->value - 1 : 0);
	*out_value = attempt->value;
	*out_status = attempt->where == AT_NOTHING ? (uint32_t)attempt->value : attempt->denials;
	*out_instance = process_info()->instance;
	*out_kind = attempt->kind;
	*out_where = attempt->where;
	size_t length = strlen(attempt->name);
	*out_name_bytes = length < out_name_capacity ? (uint32_t)length : out_name_capacity;
	memcpy(out_name, attempt->name, *out_name_bytes);
	return E_OK;
}

static uint32_t
run(void *context, const struct caller *caller, uint32_t number, uint64_t *out_value)
{
	const struct attempt *attempt = attempt_find(number);

	(void)context;
	(void)caller;
	*out_value = attempt == NULL ? 0 : attempt->run(argument_of(attempt));
	return E_OK;
}

static uint32_t
mark(void *context, const struct caller *caller, uint64_t key, uint64_t *out_key)
{
	(void)context;
	(void)caller;
	*out_key = key;
	return E_OK;
}

/* A bit for each check that fails. */
static void
must(uint32_t *wrong, uint32_t number, bool holds)
{
	*wrong |= holds ? 0 : UINT32_C(1) << number;
}

/* Waits with an end, which would never come, are refused; what is there is had all the same. */
static uint32_t
wait_wrong(void)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
	const struct timespec soon = {.tv_nsec = 1000000};
	struct timeval little = {.tv_usec = 1000};
	struct timeval none = {0};
	timer_t timer;
	sem_t semaphore;
	uint32_t wrong = 0;

	sem_init(&semaphore, 0, 1);
	must(&wrong, 0, sem_timedwait(&semaphore, &soon) == 0);
	must(&wrong, 1, sem_timedwait(&semaphore, &soon) == -1 && errno == EPERM);
	pthread_mutex_lock(&mutex);
	must(&wrong, 2, pthread_cond_timedwait(&condition, &mutex, &soon) == EPERM);
	must(&wrong, 3, pthread_mutex_unlock(&mutex) == 0); /* it is held as before */
	must(&wrong, 4, poll(NULL, 0, 0) == 0);
	must(&wrong, 5, poll(NULL, 0, 1) == -1 && errno == EPERM);
	must(&wrong, 6, select(0, NULL, NULL, NULL, &none) == 0);
	must(&wrong, 7, select(0, NULL, NULL, NULL, &little) == -1 && errno == EPERM);
	must(&wrong, 8, nanosleep(&soon, NULL) == -1 && errno == EPERM);
	must(&wrong, 9, clock_nanosleep(CLOCK_MONOTONIC, 0, &soon, NULL) == EPERM);
	must(&wrong, 10, sleep(3) == 3);
	must(&wrong, 11, timer_create(CLOCK_MONOTONIC, NULL, &timer) == -1 && errno == EPERM);
	must(&wrong, 12, alarm(1) == 0);
	return wrong;
}

static uint32_t
waits(void *context, const struct caller *caller, uint32_t *out_wrong)
{
	(void)context;
	(void)caller;
	*out_wrong = wait_wrong();
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct attempt_server attempt = {
		.plan = plan, .run = run, .mark = mark, .waits = waits};

	return victim_serve(caller, message, &attempt);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	uint32_t status = attempts_prepare();

	if (status != E_OK) {
		return (int)status;
	}
	server_run(&server);
}
