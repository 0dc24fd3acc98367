/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * init as a server. It trusts the shape of what it gets, which the monitor has seen to, and no
 * number in it.
 */
#include "serve.h"

#include "abi/abi.h"
#include "abi/system.h"
#include "gen/init/supervisor.h"
#include "life.h"
#include "memory.h"

/* The index of an instance, or INSTANCES_MAX: there is none of that number. */
static uint32_t
index_of(const struct estate *estate, uint16_t number)
{
	return number >= 1 && number <= estate->layout.instance_count ? number - 1u : INSTANCES_MAX;
}

static uint32_t
serve_start(void *context, const struct caller *caller, uint16_t who)
{
	struct estate *estate = context;
	uint32_t index = index_of(estate, who);

	(void)caller;
	if (index == INSTANCES_MAX) {
		return SUPERVISOR_ERROR_FAILED;
	}
	if (life_is_on(&estate->instances[index])) {
		return SUPERVISOR_ERROR_BUSY;
	}
	return life_start(estate, index) == E_OK ? E_OK : SUPERVISOR_ERROR_FAILED;
}

static uint32_t
serve_stop(void *context, const struct caller *caller, uint16_t who)
{
	struct estate *estate = context;
	uint32_t index = index_of(estate, who);

	(void)caller;
	if (index == INSTANCES_MAX || !life_is_on(&estate->instances[index])) {
		return SUPERVISOR_ERROR_IDLE;
	}
	life_stop(&estate->instances[index]);
	return E_OK;
}

static uint32_t
serve_restart(void *context, const struct caller *caller, uint16_t who)
{
	struct estate *estate = context;
	uint32_t index = index_of(estate, who);

	(void)caller;
	if (index == INSTANCES_MAX) {
		return SUPERVISOR_ERROR_FAILED;
	}
	if (life_is_on(&estate->instances[index])) {
		life_stop(&estate->instances[index]);
	}
	return life_start(estate, index) == E_OK ? E_OK : SUPERVISOR_ERROR_FAILED;
}

static uint32_t
serve_kill(void *context, const struct caller *caller, uint16_t who)
{
	struct estate *estate = context;
	uint32_t index = index_of(estate, who);

	(void)caller;
	if (index == INSTANCES_MAX || estate->instances[index].state != INSTANCE_RUNNING) {
		return SUPERVISOR_ERROR_IDLE;
	}
	life_died(estate, index, true);
	return E_OK;
}

static uint32_t
serve_spawn(void *context, const struct caller *caller, uint16_t of, uint16_t *out_who)
{
	struct estate *estate = context;
	const struct system_instance *all = estate->layout.instances;
	uint32_t index = index_of(estate, of);

	(void)caller;
	if (index == INSTANCES_MAX || all[index].template == 0) {
		return SUPERVISOR_ERROR_ALONE;
	}
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (all[i].template != all[index].template || life_is_on(&estate->instances[i])) {
			continue;
		}
		*out_who = (uint16_t)(i + 1);
		return life_start(estate, i) == E_OK ? E_OK : SUPERVISOR_ERROR_FAILED;
	}
	return SUPERVISOR_ERROR_FULL;
}

static uint32_t
serve_look(void *context, const struct caller *caller, uint16_t number, uint32_t *out_starts,
	uint16_t *out_place, enum supervisor_life *out_life, void *out_name,
	uint32_t out_name_capacity, uint32_t *out_name_bytes)
{
	static const enum supervisor_life lives[] = {
		[INSTANCE_ABSENT] = SUPERVISOR_LIFE_ABSENT,
		[INSTANCE_RUNNING] = SUPERVISOR_LIFE_RUNNING,
		[INSTANCE_WAITING] = SUPERVISOR_LIFE_WAITING,
		[INSTANCE_STOPPED] = SUPERVISOR_LIFE_STOPPED,
	};
	const struct estate *estate = context;
	uint32_t index = index_of(estate, number);

	(void)caller;
	if (index == INSTANCES_MAX) {
		return SUPERVISOR_ERROR_ABSENT;
	}
	const struct system_instance *description = &estate->layout.instances[index];
	const char *name = layout_string(&estate->layout, description->name);
	*out_starts = estate->instances[index].incarnation;
	*out_place =
		description->template == 0 ? 0 : (uint16_t)(number + 1u - description->template);
	*out_life = lives[estate->instances[index].state];
	while (*out_name_bytes < out_name_capacity && name[*out_name_bytes] != '\0') {
		(*out_name_bytes)++;
	}
	memcpy(out_name, name, *out_name_bytes);
	return E_OK;
}

void
serve(struct estate *estate, const struct caller *caller, struct message *message)
{
	const struct supervisor_server server = {
		.context = estate,
		.start = serve_start,
		.stop = serve_stop,
		.restart = serve_restart,
		.kill = serve_kill,
		.spawn = serve_spawn,
		.look = serve_look,
	};

	(void)supervisor_dispatch(&server, caller, message);
}
