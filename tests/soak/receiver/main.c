/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Answers everything that is delivered, as the interface promises or not; counts it. */
#include <string.h>

#include "gatehouse/server.h"
#include "process_receiver.h"

static uint32_t requests;

static uint32_t
load_take(void *context, const struct caller *caller, uint32_t value)
{
	(void)context;
	(void)caller;
	(void)value;
	return E_OK;
}

static uint32_t
load_range(void *context, const struct caller *caller, uint8_t channel, uint16_t level,
	uint16_t *out_level)
{
	(void)context;
	(void)caller;
	(void)channel;
	*out_level = level;
	return E_OK;
}

static uint32_t
load_echo(void *context, const struct caller *caller, const void *data, uint32_t data_bytes,
	void *out_data, uint32_t out_data_capacity, uint32_t *out_data_bytes)
{
	(void)context;
	(void)caller;
	*out_data_bytes = data_bytes < out_data_capacity ? data_bytes : out_data_capacity;
	memmove(out_data, data, *out_data_bytes);
	return E_OK;
}

static uint32_t
load_never(void *context, const struct caller *caller, uint8_t value)
{
	(void)context;
	(void)caller;
	(void)value;
	return E_OK;
}

static uint32_t
load_fail(void *context, const struct caller *caller, uint8_t value)
{
	static const uint32_t answers[] = {E_OK, LOAD_ERROR_BROKEN, LOAD_ERROR_WORN};

	(void)context;
	(void)caller;
	return answers[value];
}

static uint32_t
load_lie(void *context, const struct caller *caller, uint16_t value, uint16_t *out_level)
{
	(void)context;
	(void)caller;
	*out_level = value;
	return E_OK;
}

static uint32_t
load_total(void *context, const struct caller *caller, uint32_t *out_requests)
{
	(void)context;
	(void)caller;
	*out_requests = requests;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct load_server load = {
		.plain = load_take,
		.ranged = load_range,
		.tail = load_echo,
		.refused = load_never,
		.failing = load_fail,
		.lying = load_lie,
		.count = load_total,
	};

	requests++;
	return receiver_serve(caller, message, &load);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
