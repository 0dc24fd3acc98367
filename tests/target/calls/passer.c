/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The part of the server that takes and gives capabilities. */
#include "calls/passer.h"

#include "process_server.h"

static uint32_t last_bell;
static uint32_t last_told;

static uint32_t
take(void *context, const struct caller *caller, uint32_t bell, uint32_t *out_status)
{
	(void)context;
	(void)caller;
	last_bell = bell;
	*out_status = sys_signal(bell);
	return E_OK;
}

static uint32_t
take_ring(void *context, const struct caller *caller, uint32_t ring)
{
	(void)context;
	(void)caller;
	(void)ring;
	return E_OK;
}

static uint32_t
taken(void *context, const struct caller *caller, uint32_t *out_status)
{
	(void)context;
	(void)caller;
	*out_status = sys_signal(last_bell);
	return E_OK;
}

static uint32_t
give(void *context, const struct caller *caller, bool nothing, uint32_t *out_bell)
{
	(void)context;
	(void)caller;
	*out_bell = nothing ? 0 : SERVER_BELL;
	return E_OK;
}

static uint32_t
blame(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return GATE_FAULT;
}

static uint32_t
tell(void *context, const struct caller *caller, uint32_t value)
{
	(void)context;
	(void)caller;
	last_told = value;
	return E_OK;
}

static uint32_t
told(void *context, const struct caller *caller, uint32_t *out_value)
{
	(void)context;
	(void)caller;
	*out_value = last_told;
	return E_OK;
}

const struct pass_server passer = {
	.take = take,
	.take_ring = take_ring,
	.taken = taken,
	.give = give,
	.blame = blame,
	.tell = tell,
	.told = told,
};
