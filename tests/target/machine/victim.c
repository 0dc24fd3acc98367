/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Tries what it is told to; whoever asks knows from `plan` what must come of it. */
#include <string.h>

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

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct attempt_server attempt = {.plan = plan, .run = run, .mark = mark};

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
