/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * init as a server. It trusts the shape of what it gets, which the monitor has seen to, and no
 * number in it.
 */
#include "serve.h"

#include "abi/abi.h"
#include "abi/system.h"
#include "gen/core/untyped.h"
#include "gen/init/supervisor.h"
#include "life.h"
#include "memory.h"
#include "report.h"

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

/* Finds a free instance of the template that `of` is of. Returns E_OK or an error of the interface.
 */
static uint32_t
find_free(const struct estate *estate, uint16_t of, uint32_t *free)
{
	const struct system_instance *all = estate->layout.instances;
	uint32_t index = index_of(estate, of);

	if (index == INSTANCES_MAX || all[index].template == 0) {
		return SUPERVISOR_ERROR_ALONE;
	}
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (all[i].template == all[index].template && life_is_free(estate, i)) {
			*free = i;
			return E_OK;
		}
	}
	return SUPERVISOR_ERROR_FULL;
}

static uint32_t
serve_spawn(void *context, const struct caller *caller, uint16_t of, uint16_t *out_who)
{
	struct estate *estate = context;
	uint32_t index;
	uint32_t status = find_free(estate, of, &index);

	(void)caller;
	if (status != E_OK) {
		return status;
	}
	*out_who = (uint16_t)(index + 1);
	return life_start(estate, index) == E_OK ? E_OK : SUPERVISOR_ERROR_FAILED;
}

/* What one that was not to be started says about it. */
static uint32_t
start_error(uint32_t status)
{
	switch (status) {
	case E_OK:
		return E_OK;
	case E_DENIED:
		return SUPERVISOR_ERROR_REFUSED;
	case E_MEMORY:
		return SUPERVISOR_ERROR_SCARCE;
	default:
		return SUPERVISOR_ERROR_FAILED;
	}
}

static uint32_t
serve_run(void *context, const struct caller *caller, uint16_t of, uint16_t parent,
	struct lease words, uint32_t *out_child)
{
	struct estate *estate = context;
	uint32_t index;
	uint32_t status = find_free(estate, of, &index);

	if (status != E_OK) {
		return status;
	}
	if (index_of(estate, parent) == INSTANCES_MAX ||
		words.length_bytes > sizeof(estate->words) ||
		lease_read(&words, 0, estate->words, words.length_bytes) != E_OK) {
		return SUPERVISOR_ERROR_FAILED;
	}
	estate->words_bytes = words.length_bytes;
	status = SUPERVISOR_ERROR_LARGE;
	if (instance_has_room(estate, index)) {
		status = start_error(life_start_for(estate, index, parent));
		*out_child = life_id(estate, index);
		estate->listener = caller->instance;
	}
	estate->words_bytes = 0;
	return status;
}

static uint32_t
serve_ended(void *context, const struct caller *caller, uint16_t parent, uint32_t child,
	bool forget, uint32_t *out_child, uint32_t *out_value, enum supervisor_end *out_how)
{
	struct estate *estate = context;
	uint32_t status = SUPERVISOR_ERROR_ABSENT;

	(void)caller;
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		struct instance *instance = &estate->instances[i];

		if (!life_is_child(estate, i, parent) ||
			(child != 0 && child != life_id(estate, i))) {
			continue;
		}
		if (instance->state != INSTANCE_RUNNING) {
			*out_child = life_id(estate, i);
			*out_value = instance->end_value;
			*out_how = (enum supervisor_end)instance->end;
			instance->parent = forget ? 0 : parent;
			return E_OK;
		}
		status = SUPERVISOR_ERROR_RUNNING;
	}
	return status;
}

static uint32_t
serve_kill_child(
	void *context, const struct caller *caller, uint16_t parent, uint32_t child, bool look)
{
	struct estate *estate = context;

	(void)caller;
	for (uint32_t i = 0; i < estate->layout.instance_count; i++) {
		if (!life_is_child(estate, i, parent) || child != life_id(estate, i)) {
			continue;
		}
		if (!look && life_is_on(&estate->instances[i])) {
			life_stop(&estate->instances[i]);
		}
		return E_OK;
	}
	return SUPERVISOR_ERROR_ABSENT;
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

/* What it made of its account, and what init made for it. */
static uint32_t
serve_memory_of(void *context, const struct caller *caller, uint16_t number,
	uint64_t *out_total_bytes, uint64_t *out_used_bytes)
{
	const struct estate *estate = context;
	uint32_t index = index_of(estate, number);

	(void)caller;
	if (index == INSTANCES_MAX) {
		return SUPERVISOR_ERROR_ABSENT;
	}
	const struct instance *instance = &estate->instances[index];
	const uint32_t pieces[] = {instance->own, instance->account};
	for (uint32_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		uint64_t free_bytes = 0;
		uint64_t bytes = 0;

		if (pieces[i] != 0 && untyped_info(pieces[i], &free_bytes, &bytes) == E_OK) {
			*out_total_bytes += bytes;
			*out_used_bytes += bytes - free_bytes;
		}
	}
	return E_OK;
}

static uint32_t
serve_trouble(void *context, const struct caller *caller, uint16_t number, void *out_text,
	uint32_t out_text_capacity, uint32_t *out_text_bytes)
{
	const struct estate *estate = context;
	uint32_t index = index_of(estate, number);

	(void)caller;
	if (index == INSTANCES_MAX) {
		return SUPERVISOR_ERROR_ABSENT;
	}
	if (estate->instances[index].status == E_OK) {
		return SUPERVISOR_ERROR_FINE;
	}
	*out_text_bytes = report_trouble(estate, index, out_text, out_text_capacity);
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
		.memory_of = serve_memory_of,
		.run = serve_run,
		.ended = serve_ended,
		.kill_child = serve_kill_child,
		.trouble = serve_trouble,
	};

	(void)supervisor_dispatch(&server, caller, message);
}
